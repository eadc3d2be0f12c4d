"""Weighs a rule's reading against what the words suggest: a rule counts for more the surer it is, a danger for most."""

from bot.hear.evidence import Suggestion
from model import Hearing, Intent

CERTAIN = 0.97  # the carrier's own words and whole answers, which are not weighed against anything
NOTHING = Hearing(Intent.OTHER, "other.nothing", 0.2)
DOUBT, RULE_WEIGHT = 0.02, 0.4
LEARNED = 0.49  # learned evidence is thin evidence
# Shares of the words that are enough to act upon.
ALARMING = {Intent.EMERGENCY: 0.15, Intent.SELF_HARM: 0.18, Intent.STOP: 0.3}
TAKEN = 0.2  # the share of danger beside a wish to die from which on the dose may be taken already
SURE, JUDGED = 0.8, 0.5  # where a rule as sure as that has judged, the words must say more to alarm
CALMING = 0.97  # what the words must at least say before a rule's alarm is called off


def weigh(ruled: Hearing, said: Suggestion, *, answers: bool) -> Hearing:
    """The likelier of what a rule found and what the words suggest.

    `answers` says that the rule took the text for an answer to the question that waits, of which words know nothing.
    """
    shares = weigh_together(ruled, said)
    gravest = max(ALARMING, key=shares.__getitem__)
    if gravest is Intent.SELF_HARM and shares[Intent.EMERGENCY] >= TAKEN:
        gravest = Intent.EMERGENCY
    if answers and gravest is Intent.STOP:
        return ruled
    alarmed = shares[gravest] >= (JUDGED if ruled.confidence >= SURE else ALARMING[gravest])
    calm = ruled.intent if answers else max(shares, key=shares.__getitem__)
    likely = gravest if alarmed else calm
    if likely is ruled.intent or (ruled.intent is Intent.EMERGENCY and shares[likely] < CALMING):
        return ruled
    topic = "thin" if likely is Intent.EMERGENCY else None
    return Hearing(likely, f"{likely}.words", round(min(shares[likely], LEARNED), 2), topic, ruled.language)


def weigh_together(ruled: Hearing, said: Suggestion) -> dict[Intent, float]:
    """The shares of the words, raised for what a rule found; without a rule they stay as they are."""
    shares = dict(said.intents)
    if ruled.rule == NOTHING.rule:
        return shares
    doubt = DOUBT**RULE_WEIGHT
    raised = {intent: share * doubt for intent, share in shares.items()}
    raised[ruled.intent] = shares[ruled.intent] * (DOUBT + ruled.confidence) ** RULE_WEIGHT
    whole = sum(raised.values())
    return {intent: share / whole for intent, share in raised.items()}
