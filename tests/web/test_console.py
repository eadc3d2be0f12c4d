"""The console: who waits, in which order, and a list that the next text carries."""

from datetime import timedelta

import pytest
from visitor import PEOPLE, Visitor

from model import Resource
from store.record import raise_task
from store.resources import add_resource, list_resources
from store.tables import tasks
from tests.world import PHONE, World

ENTRY = {"name": "Bridge Clinic", "kind": "treatment", "phone": "619-555-0150", "zip_area": "921, 92020",
         "hours": "Mon-Fri 9-5", "verified_on": "2026-03-01"}  # fmt: skip


def raise_one(world: World, kind: str, phone: str = PHONE) -> None:
    """A task about a person who is enrolled."""
    if world.find(phone) is None:
        world.enrol(phone)
    with world.memory.transaction() as tx:
        raise_task(tx, world.find(phone).id, kind, world.now)


def list_published(world: World) -> list[tuple[str, str, tuple[str, ...]]]:
    """Name, area and languages of every entry on the list."""
    with world.memory.reading() as tx:
        return [(entry.name, entry.zip_area, entry.languages) for entry in list_resources(tx)]


def test_nobody_waits_in_an_empty_house(staff: Visitor) -> None:
    page = staff.look("/staff")
    assert "Nobody is waiting." in page and "The list is empty." in page


def test_an_emergency_stands_above_what_waited_longer(staff: Visitor, world: World) -> None:
    raise_one(world, "replacement")
    world.now += timedelta(hours=1)
    raise_one(world, "emergency")
    page = staff.look("/staff")
    assert page.index("Emergency reported") < page.index("Needs a new kit")


def test_a_task_says_who_when_how_often_and_in_which_language(staff: Visitor, world: World) -> None:
    raise_one(world, "human")
    raise_one(world, "human")
    page = staff.look("/staff")
    assert '<a class="tel" href="tel:+16195550142">(619) 555-0142</a>' in page
    assert "Mon Mar 2, 2026, 10:00 AM" in page and "speaks English" in page and "2 times" in page


def test_a_kind_nobody_named_is_still_shown(staff: Visitor, world: World) -> None:
    raise_one(world, "something_new")
    assert "something new" in staff.look("/staff")


def test_a_finished_task_is_gone_and_finishing_twice_is_once(staff: Visitor, world: World) -> None:
    raise_one(world, "human")
    for _ in range(2):
        staff.send("/staff/tasks/1/done", "/staff")
    with world.memory.reading() as tx:
        row = tx.conn.execute(tasks.select()).one()
    assert (row.done_by, row.done_at, "Nobody is waiting." in staff.look("/staff")) == (
        PEOPLE["staff"],
        world.now,
        True,
    )


def test_a_new_entry_is_published_with_all_it_says(staff: Visitor, world: World) -> None:
    answer = staff.send("/staff/resources/new", **ENTRY, languages=["en", "es"])
    assert (answer.location, list_published(world)) == (
        "/staff",
        [("Bridge Clinic", "921 92020", ("en", "es"))],
    )
    page = staff.look("/staff")
    assert "Saved: Bridge Clinic." in page and "Checked Mar 1, 2026" in page and "please dial it" not in page


def test_an_entry_is_shown_in_its_form_as_it_is_kept(staff: Visitor, world: World) -> None:
    number = world.publish(**{**ENTRY, "languages": "es"})
    page = staff.look(f"/staff/resources/{number}")
    assert 'value="921 92020"' in page and 'value="2026-03-01"' in page and page.count('" checked') == 1


def test_an_edited_entry_is_what_the_next_text_carries(staff: Visitor, world: World) -> None:
    number = world.publish("Bridge Clinic", "619-555-0150")
    world.enrol()
    world.work()
    staff.send(f"/staff/resources/{number}", **{**ENTRY, "phone": "619-555-0177", "zip_area": ""})
    world.write("where can i get treatment")
    world.work()
    assert "619-555-0177" in world.carrier.sent[-1].body


def test_an_edited_demo_entry_is_no_demo_any_more(staff: Visitor, world: World) -> None:
    with world.memory.transaction() as tx:
        number = add_resource(tx, Resource(0, "A line", "crisis", "988", is_demo=True), "demo", world.now)
    before = staff.look("/staff")
    staff.send(f"/staff/resources/{number}", **ENTRY)
    assert (">demo</span>" in before, ">demo</span>" in staff.look("/staff")) == (True, False)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("name", "", "must not be empty"),
        ("name", "x" * 81, "At most 80 letters"),
        ("phone", "", "must not be empty"),
        ("kind", "", "Choose one of"),
        ("zip_area", "9z", "Write ZIP codes"),
        ("hours", "x" * 61, "At most 60 letters"),
        ("languages", "tlh", "Write language codes"),
        ("verified_on", "2026-03-09", "lies in the future"),
    ],
)
def test_a_wrong_field_of_an_entry_is_named(
    staff: Visitor, world: World, name: str, value: str, says: str
) -> None:
    answer = staff.send("/staff/resources/new", **{**ENTRY, name: value})
    assert (answer.status_code, list_published(world)) == (422, [])
    assert answer.text.count(says) == 2 and f'href="#{name}"' in answer.text and f'id="{name}"' in answer.text


def test_a_removed_entry_is_gone_and_removing_twice_is_once(staff: Visitor, world: World) -> None:
    number = world.publish("Bridge Clinic", "619-555-0150")
    fields = staff.read_hidden(f"/staff/resources/{number}")
    answers = [staff.post(f"/staff/resources/{number}/remove", fields).status_code for _ in range(2)]
    assert (answers, list_published(world)) == ([303, 303], [])
    assert "That entry is no longer on the list." in staff.look("/staff")


def test_an_entry_that_is_gone_cannot_be_opened_or_saved(staff: Visitor) -> None:
    looked = staff.client.get("/staff/resources/77")
    saved = staff.send("/staff/resources/77", "/staff/resources/new", **ENTRY)
    assert (looked.status_code, saved.status_code, "no longer on the list" in saved.text) == (404, 404, True)


@pytest.mark.parametrize(
    ("verified_on", "says"),
    [("", "Never checked: please dial it"), ("2025-12-01", "Checked Dec 1, 2025: please dial it"),
     ("2025-12-02", "Checked Dec 2, 2025</td>")],
)  # fmt: skip
def test_a_number_nobody_dialled_for_ninety_days_is_marked(
    staff: Visitor, world: World, verified_on: str, says: str
) -> None:
    world.publish(**{**ENTRY, "verified_on": verified_on})
    assert says in staff.look("/staff")


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("1-800-662-4357", 'href="tel:18006624357"'),
        ("text HOME to 741741", '<td role="cell">text HOME to 741741</td>'),
    ],
)
def test_a_number_can_be_dialled_when_it_is_one(staff: Visitor, world: World, phone: str, shown: str) -> None:
    world.publish("A line", phone)
    assert shown in staff.look("/staff")
