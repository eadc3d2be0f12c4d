"""Programme staff keep the list of places that help; the next text carries the edit."""

from collections.abc import Mapping
from datetime import date, datetime

from messages.languages import find_code
from model import Resource
from store.engine import Memory
from store.resources import add_resource, drop_resource, save_resource

KINDS = ("crisis", "treatment", "naloxone", "syringe_services", "shelter", "food", "peer", "other")
LENGTHS = {"name": 80, "phone": 40, "zip_area": 200, "hours": 60, "languages": 100}


class BadResource(ValueError):
    """`problems` says for each wrong field what is wrong and what to do."""

    def __init__(self, problems: Mapping[str, str]):
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


def edit_resource(
    memory: Memory, resource_id: int | None, form: Mapping[str, str], who: str, now: datetime
) -> int:
    """Add an entry (no id) or replace one; its id. Raises BadResource, or LookupError when the entry is gone."""
    entry = check_resource(resource_id, form, now)
    with memory.transaction() as tx:
        if resource_id is None:
            return add_resource(tx, entry, who, now)
        if not save_resource(tx, entry, who, now):
            raise LookupError("This entry is not on the list any more.")
        return resource_id


def remove_resource(memory: Memory, resource_id: int, who: str, now: datetime) -> bool:
    """Take an entry off the list; False when it was not there."""
    with memory.transaction() as tx:
        return drop_resource(tx, resource_id, who, now)


def check_resource(resource_id: int | None, form: Mapping[str, str], now: datetime) -> Resource:
    """The entry in a form. Raises BadResource with every problem at once."""
    texts = {name: " ".join(form.get(name, "").split()) for name in LENGTHS}
    problems = {
        name: f"At most {LENGTHS[name]} letters." for name, text in texts.items() if len(text) > LENGTHS[name]
    }
    for name in ("name", "phone"):
        if not texts[name]:
            problems[name] = "This must not be empty."
    if form.get("kind") not in KINDS:
        problems["kind"] = f"Choose one of: {', '.join(KINDS)}."
    areas = texts["zip_area"].replace(",", " ").split()
    if any(not (area.isascii() and area.isdecimal() and 3 <= len(area) <= 5) for area in areas):
        problems["zip_area"] = "Write ZIP codes or their first 3 digits, with spaces; empty means everywhere."
    languages = [find_code(tag) for tag in texts["languages"].replace(",", " ").split()]
    if None in languages:
        problems["languages"] = "Write language codes we speak, such as en es; empty means any."
    verified_on = read_verified(form.get("verified_on", ""), now, problems)
    if problems:
        raise BadResource(problems)
    return Resource(
        id=resource_id or 0,
        name=texts["name"],
        kind=form["kind"],
        phone=texts["phone"],
        zip_area=" ".join(areas),
        hours=texts["hours"],
        languages=tuple(code for code in languages if code),
        verified_on=verified_on,
    )


def read_verified(text: str, now: datetime, problems: dict[str, str]) -> date | None:
    """The day somebody dialled the number and checked it."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        problems["verified_on"] = "Write the date as 2026-11-23."
        return None
    if day > now.date():
        problems["verified_on"] = "This day lies in the future."
    return day
