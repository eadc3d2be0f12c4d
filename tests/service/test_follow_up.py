"""A person's follow-up through real services: enrolled, texted on their days, never at night, never twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from model import Standing
from service.enrol import NotEnrolled
from tests.world import PHONE, World

HOME = ZoneInfo("America/Los_Angeles")
WHOLE = ["welcome.confirm", "howto.first", "checkin.feeling", "checkin.have_kit", "checkin.week", "checkin.storage",
         "checkin.used_kit", "checkin.two_months", "checkin.last"]  # fmt: skip


def test_the_whole_programme_is_said_in_order(world: World) -> None:
    world.enrol()
    world.work()
    world.pass_time(timedelta(days=91))
    assert world.list_keys() == WHOLE
    assert world.find().standing is Standing.ENDED


def test_the_first_two_texts_leave_at_once_even_at_night(world: World) -> None:
    world.now = datetime(2026, 3, 3, 2, 0, tzinfo=HOME)
    world.enrol()
    world.work()
    assert world.list_keys() == WHOLE[:2]


def test_an_enrolment_entered_later_waits_for_the_morning(world: World) -> None:
    world.now = datetime(2026, 3, 3, 23, 30, tzinfo=HOME)
    world.enrol(encounter={"at": (world.now - timedelta(hours=2)).isoformat()})
    world.work()
    assert world.list_keys() == []
    world.pass_time(timedelta(hours=9))
    assert world.list_keys() == WHOLE[:2]


def test_a_text_caught_by_the_night_leaves_in_the_morning(world: World) -> None:
    """The scheduler was down from before the hour until late in the evening."""
    world.enrol()
    world.work()
    world.now = datetime(2026, 3, 3, 22, 0, tzinfo=HOME)
    world.work()
    assert world.list_keys() == WHOLE[:2]
    world.pass_time(timedelta(hours=10, minutes=1))
    assert world.list_keys() == WHOLE[:3]


def test_a_check_in_that_is_days_late_is_dropped_not_sent(world: World) -> None:
    world.enrol()
    world.work()
    world.now += timedelta(days=4)
    world.work()
    assert world.list_keys() == [*WHOLE[:2], "checkin.have_kit"]


def test_two_steps_that_are_due_on_one_day_leave_on_two(world: World) -> None:
    world.enrol(kit={"expires_on": "2026-03-05"})
    world.work()
    world.now += timedelta(days=3, hours=2)
    world.work()
    on_that_day = world.list_keys()[2:]
    world.pass_time(timedelta(days=1))
    assert len(on_that_day) == 1
    assert len(world.list_keys()) == 4


def test_stop_ends_everything_that_waits(world: World) -> None:
    world.enrol()
    world.work()
    world.write("STOP")
    world.pass_time(timedelta(days=91))
    assert world.list_keys() == [*WHOLE[:2], "stop.confirmed"]


def test_a_stopped_number_cannot_be_enrolled_again(world: World) -> None:
    world.enrol()
    world.write("STOP")
    with pytest.raises(NotEnrolled, match="START"):
        world.enrol(key="another")


def test_start_takes_up_the_programme_where_it_stands(world: World) -> None:
    world.enrol()
    world.work()
    world.write("STOP")
    world.pass_time(timedelta(days=5))
    world.write("START")
    world.pass_time(timedelta(days=3))
    assert world.list_keys()[2:] == ["stop.confirmed", "start.resumed", "checkin.week"]


def test_the_same_enrolment_twice_is_one(world: World) -> None:
    first, second = world.enrol(key="k1"), world.enrol(key="k1")
    world.work()
    assert (first.id, first.is_new, second.is_new) == (second.id, True, False)
    assert world.list_keys() == WHOLE[:2]


def test_a_second_encounter_starts_the_days_again(world: World) -> None:
    world.enrol(key="k1")
    world.work()
    world.pass_time(timedelta(days=2))
    world.enrol(key="k2")
    world.work()
    world.pass_time(timedelta(days=1))
    assert world.list_keys()[3:] == ["welcome.again", "howto.first", "checkin.feeling"]


def test_a_second_webhook_is_not_a_second_turn(world: World) -> None:
    world.enrol()
    world.work()
    first = world.write("HELP", sid="SM1")
    again = world.write("HELP", sid="SM1")
    world.work()
    assert (first, again) == (True, False)
    assert world.list_keys()[2:] == ["help.info"]


def test_a_changed_language_applies_to_what_is_already_planned(world: World) -> None:
    world.enrol()
    world.work()
    world.write("español")
    world.pass_time(timedelta(days=1))
    assert world.find().language == "es"
    assert "llame al 911" in world.carrier.sent[-1].body


def test_an_edited_resource_is_in_the_next_text(world: World) -> None:
    world.enrol()
    world.work()
    world.publish("Harbor Clinic", "619-555-0111")
    world.write("where can i get treatment")
    world.work()
    assert "Harbor Clinic" in world.carrier.sent[-1].body
    assert world.carrier.sent[-1].to == PHONE
