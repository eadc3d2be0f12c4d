"""Reads the questions in an address: which places that help, and which days of a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from messages.languages import DEFAULT, find_code, get_language, list_languages
from model import Contact, Resource, Standing
from service.edit_resource import KINDS
from service.nearby import rank_resources

USUAL_DAYS = 90
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class BadQuery(ValueError):
    """`problems` says for each wrong parameter what is wrong and what to do."""

    def __init__(self, problems: Mapping[str, str]):
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days where the programme is at home, both included, and the same span as moments: `until` is excluded."""

    first: date
    last: date
    since: datetime
    until: datetime


def choose_resources(entries: Sequence[Resource], query: Mapping[str, str]) -> list[Resource]:
    """The entries that fit `zip`, `language` and `kind`; nearest first when a ZIP is given. Raises BadQuery."""
    zip_code, tag, kind = (query.get(name, "").strip() for name in ("zip", "language", "kind"))
    code = check_query(zip_code, tag, kind)
    fitting = [entry for entry in entries if fits(entry, code, kind)]
    if not zip_code:
        return fitting
    anybody = Contact(0, "", code or DEFAULT, "", Standing.STRANGER, zip=zip_code)
    return rank_resources(fitting, anybody)


def check_query(zip_code: str, tag: str, kind: str) -> str | None:
    """Our code of the language that was asked for, if one was. Raises BadQuery."""
    problems = {}
    if zip_code and not (zip_code.isascii() and zip_code.isdecimal() and len(zip_code) == 5):
        problems["zip"] = "Write five digits."
    if tag and find_code(tag) is None:
        problems["language"] = f"Choose one of: {', '.join(language.tag for language in list_languages())}."
    if kind and kind not in KINDS:
        problems["kind"] = f"Choose one of: {', '.join(KINDS)}."
    if problems:
        raise BadQuery(problems)
    return find_code(tag)


def fits(entry: Resource, code: str | None, kind: str) -> bool:
    """Whether an entry is of that kind and speaks that language; one without languages speaks any."""
    speaks = code is None or not entry.languages or code in entry.languages
    return speaks and (not kind or entry.kind == kind)


def write_resource(entry: Resource) -> dict[str, Any]:
    """An entry as JSON, languages by their tags."""
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "phone": entry.phone,
        "zip_areas": entry.zip_area.split(),
        "hours": entry.hours,
        "languages": [get_language(code).tag for code in entry.languages],
        "verified_on": entry.verified_on.isoformat() if entry.verified_on else None,
        "is_demo": entry.is_demo,
    }


def read_days(query: Mapping[str, str], now: datetime, zone: str) -> Days:
    """The days `from` and `to`; without them the last 90 up to today. Raises BadQuery."""
    problems: dict[str, str] = {}
    today = now.astimezone(ZoneInfo(zone)).date()
    last = read_day(query, "to", today, problems)
    first = read_day(query, "from", last - timedelta(days=USUAL_DAYS), problems)
    if first > last:
        problems.setdefault("from", "This day is after the day in `to`.")
    if problems:
        raise BadQuery(problems)
    return Days(first, last, find_midnight(first, zone), find_midnight(last + timedelta(days=1), zone))


def read_day(query: Mapping[str, str], name: str, usual: date, problems: dict[str, str]) -> date:
    """One day; a wrong one is noted."""
    text = query.get(name, "").strip()
    if not text:
        return usual
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = LATEST
    if not EARLIEST <= day < LATEST:
        problems[name] = "Write a date of this century, such as 2026-11-23."
    return day


def find_midnight(day: date, zone: str) -> datetime:
    """When a day begins in a zone, in UTC."""
    return datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)
