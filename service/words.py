"""From lines to words: parameters filled from memory, rendered in the person's language at the last moment."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.quiet import local_day
from messages.catalogue import Budget, get_message
from messages.render import format_day, render
from messages.segments import count_segments
from model import Contact, Level, Line, Policy, Resource, Urgency
from service.nearby import describe_resource, rank_resources
from store.due import next_due_at
from store.engine import Tx
from store.resources import list_resources

MOST_RESOURCES = 5


def write_words(
    tx: Tx,
    contact: Contact,
    line: Line,
    policy: Policy,
    urgency: Urgency,
    now: datetime,
    kit_expires_on: date | None,
) -> str:
    """The text of one line for one person, as it stands in memory now."""
    names = get_message(line.key).params
    params = {
        name: find_param(tx, contact, name, policy, now, kit_expires_on)
        for name in names
        if name != "resources"
    }
    params |= line.params
    if "resources" not in names:
        return render(line.key, contact.language, contact.level, params)
    entries = rank_resources(list_resources(tx), contact)
    named = contact.level is Level.EXPLICIT or urgency is not Urgency.SCHEDULED
    params["resources"] = f"988, {policy.help_phone}, 211"  # what always answers, where nothing is published
    return fit_resources(line.key, contact, params, entries, named=named)


def find_param(
    tx: Tx, contact: Contact, name: str, policy: Policy, now: datetime, kit_expires_on: date | None
) -> str:
    """One parameter's value; empty when the line itself brings it."""
    if name == "programme":
        return policy.programme_name
    if name == "help_phone":
        return policy.help_phone
    if name == "next_on":
        at = next_due_at(tx, contact.id) or contact.ends_at or now
        return format_day(local_day(at, contact.zone), contact.language)
    if name == "expires_on" and kit_expires_on:
        return format_day(kit_expires_on, contact.language)
    return ""


def fit_resources(
    key: str, contact: Contact, params: dict[str, str], entries: Sequence[Resource], *, named: bool
) -> str:
    """The text with as many places as its budget holds; with none published, the lines that always answer."""
    for count in range(min(MOST_RESOURCES, len(entries)), 0, -1):
        listed = "\n".join(describe_resource(entry, named=named) for entry in entries[:count])
        text = render(key, contact.language, contact.level, {**params, "resources": listed})
        if fits(text, get_message(key).budget) or count == 1:
            return text
    return write_without_resources(key, contact, params)


def fits(text: str, budget: Budget) -> bool:
    """Whether a text costs no more segments than it may."""
    size = count_segments(text)
    return size.segments <= (budget.gsm7 if size.encoding == "GSM-7" else budget.ucs2)


def write_without_resources(key: str, contact: Contact, params: dict[str, str]) -> str:
    """Nothing is published for this person: say the sure lines."""
    chosen = "resources.none" if key == "resources.list" else key
    return render(chosen, contact.language, contact.level, params)
