"""The staff's console: what waits for a person, and the list of places that help."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from messages.languages import get_language, list_languages
from model import Resource
from service.edit_resource import BadResource, edit_resource, remove_resource
from service.finish_task import finish_task
from service.telephone import show_number
from store.record import list_open_tasks
from store.resources import get_resource, list_resources
from web.desk import Desk, get_desk
from web.guard import with_staff
from web.kit import list_howto_languages

console = Blueprint("console", __name__, url_prefix="/staff")

VERIFY_EVERY = timedelta(days=90)  # domain-facts B2: crisis content is dialled again every 90 days
# Every kind of task in plain words, the most urgent first.
TASKS = {
    "emergency": "Emergency reported",
    "self_harm": "Spoke of wanting to die",
    "death": "Says that the person has died",
    "maybe_emergency": "May be an emergency: unclear text",
    "not_fine": "Not doing well",
    "human": "Asks for a person",
    "used_kit": "Used the kit",
    "replacement": "Needs a new kit",
    "unclear": "Texts we do not understand",
    "wrote_after_stop": "Wrote again after STOP",
    "too_many_texts": "Writes again and again: a robot, or in need",
    "language": "Wants a language we do not have",
    "unreachable_by_text": "Cannot get texts: try a call",
    "unreachable_by_call": "Takes no call: try another way",
    "heard_late": "What they wrote reached us late",
    "never_answered": "Never answered: our reply came too late to send",
    "undelivered": "A text did not arrive",
    "text_refused": "The carrier refused a text: check its words",
    "carrier_alert": "Carrier trouble: tell operations",
}
ALARMS = ("emergency", "self_harm", "maybe_emergency")
KINDS = {
    "crisis": "Crisis line",
    "treatment": "Treatment",
    "naloxone": "Naloxone kits",
    "syringe_services": "Syringe services",
    "shelter": "Shelter",
    "food": "Food",
    "peer": "Peer support",
    "other": "Other",
}
GONE = "That entry is no longer on the list."


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open task as staff read it; `shown_at` is the local time of day, `at` the moment in UTC."""

    id: int
    kind: str
    what: str
    is_alarm: bool
    at: datetime
    shown_at: str
    times: int
    language: str
    phone: str
    number: str


@console.get("")
@with_staff
def overview() -> str:
    """Open tasks, the most urgent first, and the list of places that help."""
    desk = get_desk()
    with desk.memory.reading() as tx:
        tasks, entries = list_open_tasks(tx), list_resources(tx)
    zone = ZoneInfo(desk.policy.default_zone)
    waiting = sorted((read_task(row, phone, zone) for row, phone in tasks), key=order_of)
    checked = [(entry, describe_check(entry, find_today(desk))) for entry in entries]
    return render_template(
        "console.html", waiting=waiting, entries=checked, kinds=KINDS, howtos=list_howto_languages()
    )


@console.post("/tasks/<row:task_id>/done")
@with_staff
def finish(task_id: int) -> Any:
    """Close one task; a second press changes nothing."""
    desk = get_desk()
    finish_task(desk.memory, task_id, g.account.email, desk.now())
    flash("Marked as done.")
    return redirect(url_for("console.overview"), 303)


@console.get("/resources/new")
@with_staff
def new_entry() -> str:
    """An empty entry."""
    return show_entry(None, {}, {})


@console.get("/resources/<row:resource_id>")
@with_staff
def edit_entry(resource_id: int) -> str:
    """One entry, to edit or remove."""
    with get_desk().memory.reading() as tx:
        entry = get_resource(tx, resource_id)
    if entry is None:
        abort(404, GONE)
    return show_entry(resource_id, write_entered(entry), {})


@console.post("/resources/new", endpoint="add_entry")
@with_staff
def add_entry() -> Any:
    """Publish a new entry."""
    return keep_entry(None)


@console.post("/resources/<row:resource_id>")
@with_staff
def save_entry(resource_id: int) -> Any:
    """Replace one entry; the next text carries the edit."""
    return keep_entry(resource_id)


@console.post("/resources/<row:resource_id>/remove")
@with_staff
def remove_entry(resource_id: int) -> Any:
    """Take one entry off the list; a second press changes nothing."""
    desk = get_desk()
    removed = remove_resource(desk.memory, resource_id, g.account.email, desk.now())
    flash("Removed from the list." if removed else GONE)
    return redirect(url_for("console.overview"), 303)


def keep_entry(resource_id: int | None) -> Any:
    """Write the form, or show it again with what is wrong beside each field."""
    desk = get_desk()
    entered = {**request.form.to_dict(), "languages": " ".join(request.form.getlist("languages"))}
    try:
        edit_resource(desk.memory, resource_id, entered, g.account.email, desk.now())
    except BadResource as problem:
        return show_entry(resource_id, entered, problem.problems), 422
    except LookupError:
        abort(404, GONE)
    flash(f"Saved: {entered['name']}. The next text carries it.")
    return redirect(url_for("console.overview"), 303)


def show_entry(resource_id: int | None, entered: Mapping[str, str], problems: Mapping[str, str]) -> str:
    """The form of one entry."""
    return render_template(
        "resource.html",
        id=resource_id,
        entered=entered,
        problems=problems,
        kinds=KINDS,
        languages=list_languages(),
        today=find_today(get_desk()),
    )


def write_entered(entry: Resource) -> dict[str, str]:
    """An entry as the fields of its form."""
    verified_on = entry.verified_on.isoformat() if entry.verified_on else ""
    plain = {name: getattr(entry, name) for name in ("name", "kind", "phone", "zip_area", "hours")}
    return {**plain, "languages": " ".join(entry.languages), "verified_on": verified_on}


def read_task(row: Any, phone: str, zone: ZoneInfo) -> Waiting:
    """A row as staff read it; a kind nobody has named yet is shown by its own name."""
    return Waiting(
        id=row.id,
        kind=row.kind,
        what=TASKS.get(row.kind, row.kind.replace("_", " ")),
        is_alarm=row.kind in ALARMS,
        at=row.raised_at,
        shown_at=write_moment(row.raised_at.astimezone(zone)),
        times=row.times,
        language=get_language(row.language).english_name,
        phone=phone,
        number=show_number(phone),
    )


def order_of(task: Waiting) -> tuple[int, datetime]:
    """The most urgent kind first, the oldest first among equals."""
    kinds = list(TASKS)
    return kinds.index(task.kind) if task.kind in kinds else len(kinds), task.at


def write_moment(moment: datetime) -> str:
    """A local moment as people write it."""
    return f"{moment:%a} {write_day(moment.date())}, {moment.hour % 12 or 12}:{moment:%M %p}"


def write_day(day: date) -> str:
    """A day as people write it."""
    return f"{day:%b} {day.day}, {day.year}"


def describe_check(entry: Resource, today: date) -> tuple[str, bool]:
    """When somebody last dialled the number, and whether it is time to do it again."""
    if entry.verified_on is None:
        return "Never checked", True
    is_old = today - entry.verified_on > VERIFY_EVERY
    return f"Checked {write_day(entry.verified_on)}", is_old


def find_today(desk: Desk) -> date:
    """Today's date where the programme is at home."""
    return desk.now().astimezone(ZoneInfo(desk.policy.default_zone)).date()
