"""People behind the number: who we are, who calls back, and how a stranger is greeted."""

from dataclasses import replace
from datetime import datetime

from model import Contact, Decision, Heard, Line, Talk


def answer_human(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """A person is asked to get in touch."""
    return Decision(talk=Talk(), lines=(Line("human.noted"),), tasks=("human",))


def answer_help(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """Who writes, why, and how to end it; silent when the carrier has answered HELP itself."""
    lines = () if heard.carrier_replied == "HELP" else (Line("help.info"),)
    return Decision(talk=replace(talk, unclear=0), lines=lines)


def greet_stranger(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """A number we never enrolled wrote: one polite text that says what this is, then silence."""
    lines = () if talk.unclear else (Line("stranger.hello"),)
    return Decision(talk=replace(talk, unclear=talk.unclear + 1), lines=lines)


def note_after_stop(contact: Contact, talk: Talk, heard: Heard, now: datetime) -> Decision:
    """Somebody who stopped wrote again: we stay silent as promised, and a person may read it."""
    return Decision(talk=talk, tasks=("wrote_after_stop",))
