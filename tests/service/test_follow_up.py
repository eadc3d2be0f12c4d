"""A person's follow-up through real services: enrolled, texted on their days, never at night, never twice."""

from datetime import datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from model import Outcome, Sent, Standing
from service.enrol import NotEnrolled
from service.run_due import run_due
from service.stop_enrolment import stop_enrolment
from store.sealing import Seal, make_key
from tests.world import PHONE, POLICY, World, make_body

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


def test_first_texts_that_failed_for_hours_wait_for_the_morning(world: World) -> None:
    """The words of the database could not be read from the evening until after midnight."""
    world.now = datetime(2026, 3, 3, 21, 0, tzinfo=HOME)
    world.enrol()
    readable, world.memory.seal = world.memory.seal, Seal([make_key()])
    for _ in range(25):
        run_due(world.memory, POLICY, world.now)
        world.now += timedelta(minutes=10)
    world.memory.seal = readable
    world.work()
    at_night = world.list_keys()
    world.pass_time(timedelta(hours=8))
    assert (at_night, world.list_keys()) == ([], WHOLE[:2])


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


def test_an_old_consent_entered_at_night_waits_for_the_morning(world: World) -> None:
    world.now = datetime(2026, 3, 3, 2, 0, tzinfo=HOME)
    consent = make_body(PHONE, world.now - timedelta(hours=12))["consent"]
    world.enrol(consent=consent)
    world.work()
    assert world.list_keys() == []


def test_a_reply_the_carrier_kept_back_into_the_night_waits_for_the_morning(world: World) -> None:
    world.now = datetime(2026, 3, 3, 18, 0, tzinfo=HOME)
    world.write("HELP")
    world.now = datetime(2026, 3, 4, 3, 0, tzinfo=HOME)
    world.work()
    at_night = world.list_keys()
    world.now = datetime(2026, 3, 4, 8, 1, tzinfo=HOME)
    world.work()
    assert (at_night, world.list_keys()) == ([], ["help.info"])


def test_an_answer_leaves_at_night_when_the_question_came_at_night(world: World) -> None:
    world.now = datetime(2026, 3, 3, 2, 0, tzinfo=HOME)
    world.write("HELP")
    world.work()
    assert world.list_keys() == ["help.info"]


def test_no_check_in_meets_an_alarm(world: World) -> None:
    world.enrol()
    world.work()
    world.now = datetime(2026, 3, 3, 9, 59, tzinfo=HOME)
    world.write("he is not breathing")
    world.pass_time(timedelta(minutes=30))
    before = world.list_keys()[-1]
    world.pass_time(timedelta(hours=3))
    assert (before, world.list_keys()[-1]) == ("emergency.breathe", "checkin.feeling")


def test_what_a_day_without_carrier_left_over_is_decided_anew(world: World) -> None:
    """The first check-in could not leave all day; in the morning it is still one text a day."""
    world.enrol(kit={"expires_on": "2026-03-18"})
    world.work()
    world.now = datetime(2026, 3, 3, 10, 0, tzinfo=HOME)
    world.carrier.answers += [Sent(Outcome.LATER, code=20429)] * 3
    world.work()
    world.now = datetime(2026, 3, 3, 22, 0, tzinfo=HOME)
    world.work()
    world.pass_time(timedelta(hours=15))
    assert world.list_keys()[2:] == ["checkin.feeling"]


def test_start_brings_back_the_newest_enrolment_only(world: World) -> None:
    world.enrol(key="1", kit={"expires_on": "2026-06-01"})
    world.work()
    world.pass_time(timedelta(days=1))
    world.enrol(key="2", kit={"expires_on": "2026-06-01"})
    world.work()
    world.write("STOP")
    world.write("START")
    world.pass_time(timedelta(days=95))
    assert world.list_keys().count("kit.expires") == 1


def test_the_programme_ends_even_when_its_last_step_came_too_late(world: World) -> None:
    world.enrol()
    world.work()
    world.now += timedelta(days=93)
    world.work()
    assert world.find().standing is Standing.ENDED


def test_an_agencys_stop_counts_for_an_earlier_enrolment_too(world: World) -> None:
    first = world.enrol(key="1")
    world.enrol(key="2")
    assert stop_enrolment(world.memory, world.agency, first.id, world.now)
    world.pass_time(timedelta(days=5))
    assert (world.find().standing, world.list_keys()) == (Standing.STOPPED, [])


def test_two_robots_do_not_talk_all_night_and_danger_is_still_answered(world: World) -> None:
    world.enrol()
    world.work()
    for _ in range(40):
        world.write("HELP")
    world.write("he is not breathing")
    world.work()
    keys = world.list_keys()
    assert (keys.count("help.info"), "emergency.breathe" in keys) == (30, True)
    assert "too_many_texts" in world.list_tasks()


def test_an_answer_does_not_cancel_a_text_that_asks_nothing(world: World) -> None:
    world.enrol()
    world.pass_time(timedelta(days=13))
    world.now = datetime(2026, 3, 16, 12, 0, tzinfo=HOME)
    world.carrier.answers = [Sent(Outcome.LATER, code=20429)]
    world.work()
    world.write("1")
    world.now += timedelta(minutes=5)
    world.work()
    assert world.list_keys()[-2:] == ["answer.fine", "checkin.storage"]


def test_a_welcome_that_waits_is_not_recalled_by_an_answer(world: World) -> None:
    world.enrol()
    world.carrier.answers = [Sent(Outcome.LATER, code=20429)]
    world.work()
    world.write("something is wrong with him please help")
    world.write("2")
    world.now += timedelta(hours=3)
    world.work()
    assert "welcome.confirm" in world.list_keys()


def test_a_process_that_is_told_to_stop_leaves_what_is_due_to_the_others(world: World) -> None:
    world.enrol()
    stopping = Event()
    stopping.set()
    assert run_due(world.memory, POLICY, world.now, stopping=stopping) == 0
    assert run_due(world.memory, POLICY, world.now) == 2


def test_the_carrier_is_told_when_the_night_begins(world: World) -> None:
    world.enrol()
    world.pass_time(timedelta(days=1))
    first, checkin = world.carrier.sent[0], world.carrier.sent[-1]
    assert (first.night_in, checkin.night_in) == (8.5 * 3600, 11 * 3600)
