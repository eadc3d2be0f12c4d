"""Calls that we make: in daytime, nothing about health before somebody has time, and never more than was promised."""

from datetime import timedelta

import pytest

from calling import Place
from model import Advice, Outcome, Sent, Standing
from tests.called import enrol, list_rows, pick_up, report, wait_for_next
from tests.world import PHONE, World

HEALTH = ("naloxone", "spray", "overdose", "breath", " kit")


def test_who_reads_no_texts_is_called_and_hears_no_word_about_health_before_there_is_time(
    world: World,
) -> None:
    enrol(world)
    assert [row[1:3] for row in list_rows(world)] == [("welcome.confirm", "voice")]
    call = pick_up(world)
    first = call.dial()
    assert "9 1 1" in first and not [word for word in HEALTH if word in first.lower()]
    assert call.press("1").startswith("You said yes to calls") and "nose spray" in call.press("2")


def test_a_machine_hears_that_we_called_and_no_more(world: World) -> None:
    enrol(world)
    call = pick_up(world)
    said = call.dial(machine=True)
    assert call.then is None and "call us back" in said
    assert not [word for word in (*HEALTH, "9 1 1") if word in said.lower()]


def test_no_call_is_placed_at_night(world: World) -> None:
    world.now += timedelta(hours=10)  # 22:30 in San Diego
    enrol(world)
    assert list_rows(world) == []
    world.pass_time(timedelta(hours=12))
    assert [row[1:3] for row in list_rows(world)] == [("welcome.confirm", "voice")]


def test_a_first_call_the_carrier_had_no_place_for_does_not_ring_at_night(world: World) -> None:
    world.now += timedelta(hours=8, minutes=20)  # 20:50 in San Diego
    world.carrier.answers = [Sent(Outcome.LATER, code=20429, advice=Advice.RETRY)]
    enrol(world)
    world.now += timedelta(minutes=40)
    world.work()
    at_night = len(world.carrier.sent)
    world.pass_time(timedelta(hours=11))
    assert (at_night, len(world.carrier.sent)) == (0, 1)


def test_nobody_answers_twice_more_at_other_hours_and_then_a_text(world: World) -> None:
    enrol(world, "both")
    world.pass_time(timedelta(days=1))
    hours = []
    while list_rows(world)[-1][2] == "voice" and len(hours) < 5:
        hours.append((world.now - timedelta(hours=8)).hour)
        report(world, "no-answer")
        wait_for_next(world)
    steps = [row[1:3] for row in list_rows(world)[2:]]
    assert steps == [("checkin.feeling", "voice")] * 3 + [("checkin.feeling", "sms")]
    assert len(set(hours)) == 3 and all(8 <= hour < 21 for hour in hours)


def test_who_takes_only_calls_and_never_answers_is_a_task_for_a_person(world: World) -> None:
    enrol(world)
    for _ in range(6):
        report(world, "busy")
        wait_for_next(world)
    assert "unreachable_by_call" in world.list_tasks()
    assert {row[2] for row in list_rows(world)} == {"voice"}


def test_a_call_that_a_machine_took_counts_as_unanswered_and_one_that_was_heard_is_not_repeated(
    world: World,
) -> None:
    enrol(world)
    call = pick_up(world)
    call.dial(machine=True)
    report(world, "completed")
    assert len(list_rows(world)) == 2
    world.pass_time(timedelta(hours=5))
    again = pick_up(world)
    again.dial()
    again.press("1")
    report(world, "completed")
    world.pass_time(timedelta(hours=12))
    assert len(list_rows(world)) == 2


@pytest.mark.parametrize(("key", "fact"), [("1", ("feeling", "fine")), ("2", ("feeling", "not_fine"))])
def test_a_check_in_by_call_is_answered_into_the_same_record(
    key: str, fact: tuple[str, str], world: World
) -> None:
    enrol(world, "both")
    world.pass_time(timedelta(days=1))
    call = pick_up(world)
    call.dial()
    assert call.press("1").startswith("We are checking in") and call.place is Place.QUESTION
    call.press(key)
    assert fact in world.list_facts()


def test_an_answer_by_text_cancels_the_calls_that_would_ask_again(world: World) -> None:
    enrol(world, "both")
    world.pass_time(timedelta(days=1))
    report(world, "no-answer")
    world.write("1")
    world.pass_time(timedelta(days=1))
    assert [row[3] for row in list_rows(world) if row[1] == "checkin.feeling"] == ["failed", "cancelled"]


def test_a_call_that_was_answered_by_text_while_it_rang_is_not_tried_again(world: World) -> None:
    enrol(world, "both")
    world.pass_time(timedelta(days=1))
    world.write("1")
    report(world, "no-answer")
    assert len([row for row in list_rows(world) if row[1] == "checkin.feeling"]) == 1


@pytest.mark.parametrize("code", [30006, 21614])
def test_a_text_that_cannot_arrive_becomes_a_call_for_who_takes_both(code: int, world: World) -> None:
    world.carrier.answers = [Sent(Outcome.REFUSED, code=code, advice=Advice.VOICE)]
    enrol(world, "both")
    assert ("welcome.confirm", "voice") in [row[1:3] for row in list_rows(world)]


def test_who_takes_only_texts_is_never_called(world: World) -> None:
    world.carrier.answers = [Sent(Outcome.REFUSED, code=30006, advice=Advice.VOICE)]
    enrol(world, "sms")
    world.pass_time(timedelta(days=91))
    assert {row[2] for row in list_rows(world)} == {"sms"} and "unreachable_by_text" in world.list_tasks()


def test_key_nine_in_a_call_of_ours_ends_everything_and_nothing_is_tried_again(world: World) -> None:
    enrol(world, "both")
    world.pass_time(timedelta(days=1))
    call = pick_up(world)
    call.dial()
    call.press("9")
    report(world, "completed")
    count = len(list_rows(world))
    world.pass_time(timedelta(days=91))
    assert (world.find(PHONE).standing, len(list_rows(world))) == (Standing.STOPPED, count)


def test_a_call_nobody_is_sure_of_is_asked_about_and_placed_once(world: World) -> None:
    world.carrier.answers = [Sent(Outcome.UNSURE)]
    enrol(world)
    placed = len(world.carrier.sent)
    world.now += timedelta(minutes=1)
    world.work()
    world.now += timedelta(minutes=1)
    world.work()
    assert (placed, len(world.carrier.sent)) == (0, 1)


def test_a_language_without_a_voice_gets_its_check_ins_as_texts_for_who_takes_both(world: World) -> None:
    enrol(world, "both", language="so")
    world.pass_time(timedelta(days=3))
    assert {row[2] for row in list_rows(world)} == {"sms"}
