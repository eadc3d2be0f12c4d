"""Decides what a person meant: digits by the question that waits, words by rules weighed against evidence."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.hear.evidence import Suggestion, get_weights, weigh_words
from bot.hear.grammar import Grammar, compile_grammar
from bot.hear.normalise import fold_case, split_tokens
from bot.hear.reading import Reading, read_text
from bot.hear.rules import NAMED, ORDER, SPOKEN, Rule
from bot.hear.scripts import list_scripts
from bot.hear.weigh import CERTAIN, NOTHING, weigh
from messages.lexicons import get_lexicon, list_heads
from model import Hearing, Intent, Question

THIN = 0.5
LONGEST = 1600  # characters: Twilio's longest body
SHORT, MOST_SHORT = 24, 1024  # characters of a remembered text, and how many are; longer ones are personal
LONG_NUMBER = re.compile(r"\d{4}")  # may be somebody's
PLAUSIBLE = 0.1  # the share of a language from which on its rules are tried
SPOKEN_SURELY = 0.8  # the share of a language that is enough to answer in it
SAFETY = ORDER[Intent.STOP]
LONGEST_CHOICE = 2  # digits of a number that may be a choice: there are more than nine languages
DIGITS = {"digit_1": "1", "digit_2": "2", "digit_3": "3"}
ANSWERS = {"1": Intent.YES, "2": Intent.NO}
THIRD = {Question.FEELING: Intent.REPLACEMENT, Question.USED_KIT: Intent.REPLACEMENT}


def hear(text: str, language: str | None = None, context: str | None = None) -> Hearing:
    """What one inbound text means.

    `language` is our code of the contact's language, or None when unknown: a hint, never trusted alone.
    `context` is the value of the model.Question that waits for an answer, or None. Never raises for any text.
    """
    if len(text) > SHORT or LONG_NUMBER.search(text):
        return hear_afresh(text, language, context)
    return recall_hearing(text, language, context)


@lru_cache(MOST_SHORT)
def recall_hearing(text: str, language: str | None, context: str | None) -> Hearing:
    """What a short text means, remembered: most texts are "1", "stop" or "ok thanks"."""
    return hear_afresh(text, language, context)


def hear_afresh(text: str, language: str | None, context: str | None) -> Hearing:
    """What a text means; nothing of it is remembered but its words, each by itself."""
    text = list_whole().get(fold_case(text), text)
    tokens = split_tokens(text[:LONGEST])
    said = weigh_words(tokens)
    grammars = list_grammars(text, said, language)
    heard = [hear_with(grammar, tokens, language, context, said) for grammar in grammars]
    return min(heard, key=lambda hearing: rank(hearing, language), default=NOTHING)


@cache
def list_whole() -> dict[str, str]:
    """The texts that mean something else without their accents ("đúng" is yes, "dừng" is stop), and what to read."""
    return {fold_case(text): plain for one in list_heads() for text, plain in one.whole.items()}


def rank(hearing: Hearing, language: str | None) -> tuple[bool, int, float, bool]:
    """Which of several readings is believed: safety first, then the surest, then the person's own language."""
    urgent = ORDER[hearing.intent] <= SAFETY and hearing.confidence >= THIN
    return (
        not urgent,
        ORDER[hearing.intent] if urgent else 0,
        -hearing.confidence,
        hearing.language != language,
    )


@cache
def list_groups() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """The codes of languages that are read together, because people mix them, and the scripts each group is in."""
    mixed = [one for one in list_heads() if one.mixed]
    groups = [mixed, *([one] for one in list_heads() if not one.mixed)]
    return tuple(
        (tuple(one.code for one in group), frozenset(script for one in group for script in one.scripts))
        for group in groups
    )


@cache
def get_grammar(group: tuple[str, ...]) -> Grammar:
    """The grammar of a group of languages by their codes, made when it is first needed: most are, by few people."""
    return compile_grammar(tuple(map(get_lexicon, group)))


def read_grammars() -> None:
    """Make every grammar now, so that no text has to wait for it."""
    list_whole()
    for codes, _ in list_groups():
        get_grammar(codes)


def list_grammars(text: str, said: Suggestion | None, language: str | None) -> Iterator[Grammar]:
    """The grammars worth trying: the first always, the others for a text in their script that may be theirs."""
    scripts = list_scripts(text)
    for place, (codes, written) in enumerate(list_groups()):
        if place == 0 or (written & scripts and is_plausible(codes, said, language)):
            yield get_grammar(codes)


def is_plausible(codes: tuple[str, ...], said: Suggestion | None, language: str | None) -> bool:
    """Whether a text may be in one of these languages: the person's own, or one the words suggest or do not know."""
    if said is None or language in codes:
        return True
    return any(said.languages.get(code, 1.0) >= PLAUSIBLE for code in codes)


def hear_with(
    grammar: Grammar, tokens: list[str], language: str | None, context: str | None, said: Suggestion | None
) -> Hearing:
    """What the tokens mean when read with one grammar, beside what their words suggest."""
    reading = read_text(grammar, tokens)
    spoken = find_language(grammar, reading, said, language)
    digit, alone = find_digit(reading)
    if digit and alone:
        return answer_digit(digit, context, spoken)
    found = next((rule for rule in grammar.rules if matches(rule, reading, context)), None)
    if digit and context and (found is None or found.late):
        return answer_digit(digit, context, spoken)
    ruled = apply_rule(found, reading, spoken)
    if said is None or ruled.confidence >= CERTAIN or not set(get_weights().languages) & set(grammar.codes):
        return ruled
    answers = context == Question.DANGER or (found is not None and bool(found.contexts))
    return weigh(ruled, said, answers=answers)


def apply_rule(rule: Rule | None, reading: Reading, spoken: str | None) -> Hearing:
    """What the rule that matched says; without one, nothing is understood."""
    if rule is None:
        return Hearing(Intent.OTHER, NOTHING.rule, NOTHING.confidence, None, spoken)
    return Hearing(rule.intent, rule.name, rule.confidence, get_topic(rule, reading, spoken), spoken)


def matches(rule: Rule, reading: Reading, context: str | None) -> bool:
    """Whether a rule's concepts are in the text, all that must stand beside them too, and none that must not."""
    spans = reading.spans
    if rule.name not in spans or rule.unless_name in spans:
        return False
    return all(name in spans for name in rule.beside_names) and (
        not rule.contexts or context in rule.contexts
    )


def get_topic(rule: Rule, reading: Reading, spoken: str | None) -> str | None:
    """The finer subject of a rule that matched."""
    if rule.topic == SPOKEN:
        return spoken
    if rule.topic == NAMED:
        named = (name.removeprefix("lang_") for name in reading.spans if name.startswith("lang_"))
        return next((code for code in named if code != "other"), None)
    return rule.topic


def find_digit(reading: Reading) -> tuple[str | None, bool]:
    """The digit a text opens with, if any, and whether it is all the text says."""
    for name, digit in DIGITS.items():
        lengths = [
            length for length, starts in reading.spans.get(name, {}).items() if starts >> reading.opens & 1
        ]
        if lengths:
            return digit, reading.opens + max(lengths) >= reading.closes
    number = reading.words[reading.opens] if reading.opens < len(reading.words) else ""
    if number.isdecimal() and reading.opens + 1 >= reading.closes and len(number) <= LONGEST_CHOICE:
        return number, True
    return None, False


def answer_digit(digit: str, context: str | None, spoken: str | None) -> Hearing:
    """What a digit means under the question that waits; with none, or when asked for a language, it is passed on."""
    intent = ANSWERS.get(digit)
    if context in THIRD and digit == "3":
        intent = THIRD[Question(context)]
    if context is None or context == Question.LANGUAGE or intent is None:
        return Hearing(Intent.OTHER, "other.digit", 0.9, digit, spoken)
    return Hearing(intent, f"{intent}.digit", 0.95, None, spoken)


def find_language(
    grammar: Grammar, reading: Reading, said: Suggestion | None, language: str | None
) -> str | None:
    """The language a text is surely in; else the person's own, else the one in which most of its words are known."""
    told = (
        len(reading.words) > 1 or language is None
    )  # a single word is no language when we know a better one
    if said and told and said.languages[said.language] >= SPOKEN_SURELY:
        return said.language
    if language in get_weights().languages:
        return language
    counts = {
        code: sum(word in vocabulary for word in reading.words)
        for code, vocabulary in grammar.vocabularies.items()
    }
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else language
