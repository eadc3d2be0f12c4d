"""From lines to words: parameters filled from memory, rendered in the person's language at the last moment."""

from datetime import date, datetime

from bot.quiet import local_day
from messages.catalogue import get_message
from messages.fitting import LISTS, fit_list, offer_languages
from messages.languages import number_all
from messages.render import format_day, render
from model import Contact, Level, Line, Policy, Urgency
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
        if name not in LISTS
    }
    params |= line.params
    if "languages" in names:
        return offer_languages(line.key, contact.language, contact.level, params)
    if "resources" in names:
        named = contact.level is Level.EXPLICIT or urgency is not Urgency.SCHEDULED
        return write_resources(line.key, contact, params, policy, list_near(tx, contact, named=named))
    return render(line.key, contact.language, contact.level, params)


def find_param(
    tx: Tx, contact: Contact, name: str, policy: Policy, now: datetime, kit_expires_on: date | None
) -> str:
    """One parameter's value; empty when the line itself brings it."""
    if name == "programme":
        return policy.programme_name
    if name == "help_phone":
        return policy.help_phone
    if name == "choices":
        return number_all()
    if name == "next_on":
        at = next_due_at(tx, contact.id) or contact.ends_at or now
        return format_day(local_day(at, contact.zone), contact.language)
    if name == "expires_on" and kit_expires_on:
        return format_day(kit_expires_on, contact.language)
    return ""


def list_near(tx: Tx, contact: Contact, *, named: bool) -> list[str]:
    """The places that help one person, nearest first, as a text lists them."""
    entries = rank_resources(list_resources(tx), contact)[:MOST_RESOURCES]
    return [describe_resource(entry, named=named) for entry in entries]


def write_resources(
    key: str, contact: Contact, params: dict[str, str], policy: Policy, places: list[str]
) -> str:
    """The text with as many places as its budget holds; with none published, the lines that always answer."""
    if places:
        return fit_list(key, contact.language, contact.level, params, "resources", places)
    params["resources"] = f"988, {policy.help_phone}, 211"
    chosen = "resources.none" if key == "resources.list" else key
    return render(chosen, contact.language, contact.level, params)
