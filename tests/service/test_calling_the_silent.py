"""Three check-ins asked by text and nothing heard: one call, of who takes both, unless an answer comes before it."""

from datetime import timedelta

import pytest

from model import Advice, Outcome, Sent
from tests.called import enrol, list_rows, pick_up, report, wait_for_next
from tests.world import World

WITHOUT_VOICE = "so"  # check-ins are texts for who takes both: no voice of the carrier's speaks it


def list_calls(world: World) -> list[tuple[str, str]]:
    """Every call of ours: what it is about, and its state."""
    return [(key, state) for _, key, channel, state in list_rows(world) if channel == "voice"]


def test_after_three_texts_without_an_answer_comes_one_call_in_daytime(world: World) -> None:
    enrol(world, "both", language=WITHOUT_VOICE)
    world.pass_time(timedelta(days=7))
    assert list_calls(world) == []
    world.pass_time(timedelta(days=1, hours=1))
    assert list_calls(world) == []  # 14:30 in San Diego, an hour of which went to summer time
    world.pass_time(timedelta(hours=1))
    assert list_calls(world) == [("checkin.week", "sent")]


def test_the_call_is_tried_at_other_hours_and_then_a_person_is_told_and_no_text_repeats_it(
    world: World,
) -> None:
    enrol(world, "both", language=WITHOUT_VOICE)
    world.pass_time(timedelta(days=8, hours=1, minutes=31))
    texts = len([row for row in list_rows(world) if row[2] == "sms"])
    hours = []
    for _ in range(3):
        hours.append((world.now - timedelta(hours=7)).hour)
        report(world, "no-answer")
        wait_for_next(world)
    assert list_calls(world) == [("checkin.week", "failed")] * 3 and len(set(hours)) == 3
    assert all(8 <= hour < 21 for hour in hours) and "unreachable_by_call" in world.list_tasks()
    assert len([row for row in list_rows(world) if row[2] == "sms"]) == texts


def test_the_run_is_called_once_and_nobody_behind_the_last_check_in(world: World) -> None:
    enrol(world, "both", language=WITHOUT_VOICE)
    world.pass_time(timedelta(days=100))
    assert [key for key, _ in list_calls(world)] == ["checkin.week"]


@pytest.mark.parametrize("text", ["1", "HELP", "asdf qwer"])
def test_whatever_is_written_before_it_leaves_is_an_answer(text: str, world: World) -> None:
    enrol(world, "both", language=WITHOUT_VOICE)
    world.pass_time(timedelta(days=7, hours=6))
    world.write(text)
    world.pass_time(timedelta(days=20))
    assert list_calls(world) == []


def test_an_answer_starts_the_count_anew(world: World) -> None:
    enrol(world, "both", language=WITHOUT_VOICE)
    world.pass_time(timedelta(days=2))
    world.write("1")
    world.pass_time(timedelta(days=28, hours=12))
    assert list_calls(world) == []
    world.pass_time(timedelta(days=1))
    assert list_calls(world) == [("checkin.used_kit", "sent")]


@pytest.mark.parametrize("text", ["1", "asdf qwer"])
def test_an_answer_by_text_after_the_first_try_cancels_the_others(text: str, world: World) -> None:
    enrol(world, "both", language=WITHOUT_VOICE)
    world.pass_time(timedelta(days=8, hours=4))
    report(world, "no-answer")
    world.write(text)
    world.pass_time(timedelta(days=2))
    assert list_calls(world) == [("checkin.week", "failed"), ("checkin.week", "cancelled")]


def test_an_answer_in_the_call_asks_nothing_again(world: World) -> None:
    enrol(world, "both")
    miss_check_ins(world, 3)
    world.pass_time(timedelta(days=1, hours=8))
    call = pick_up(world)
    call.dial()
    call.press("1")
    call.press("1")
    report(world, "completed")
    count = len(list_rows(world))
    world.pass_time(timedelta(days=3))
    assert ("feeling", "fine") in world.list_facts() and len(list_rows(world)) == count


def miss_check_ins(world: World, count: int) -> None:
    """No call is answered until so many check-ins came as texts in their place."""
    while len([row for row in list_rows(world) if row[2] == "sms" and row[1].startswith("checkin")]) < count:
        if list_rows(world)[-1][2:] == ("voice", "sent"):
            report(world, "no-answer")
        world.pass_time(timedelta(hours=1))


def test_a_text_in_place_of_an_unanswered_call_counts(world: World) -> None:
    enrol(world, "both")
    miss_check_ins(world, 3)
    calls = len(list_calls(world))
    world.pass_time(timedelta(days=2))
    assert list_calls(world)[calls:] == [("checkin.week", "sent")]


def test_a_call_that_somebody_took_the_time_for_is_an_answer(world: World) -> None:
    enrol(world, "both")
    miss_check_ins(world, 1)
    world.pass_time(timedelta(days=1))
    call = pick_up(world)
    call.dial()
    call.press("1")
    report(world, "completed")
    miss_check_ins(world, 2)
    count = len(list_calls(world))
    world.pass_time(timedelta(days=3))
    assert len(list_calls(world)) == count


def test_a_text_that_never_arrived_is_no_unanswered_check_in(world: World) -> None:
    enrol(world, "both", language=WITHOUT_VOICE)
    world.pass_time(timedelta(days=6))
    world.carrier.answers = [Sent(Outcome.REFUSED, code=30007, advice=Advice.REVIEW)]
    world.pass_time(timedelta(days=1))
    assert list_calls(world) == [
        ("checkin.week", "sent")
    ]  # the first half: what cannot arrive is said by call
    world.pass_time(timedelta(days=5))
    assert len(list_calls(world)) == 1


@pytest.mark.parametrize("channel", ["sms", "voice"])
def test_who_takes_only_one_is_never_called_for_silence(channel: str, world: World) -> None:
    enrol(world, channel, language=WITHOUT_VOICE)
    world.pass_time(timedelta(days=91))
    about = [key for key, _ in list_calls(world)]
    assert len(about) == len(set(about)) and (channel == "voice" or not about)


def test_a_stop_between_the_texts_and_the_call_is_the_end(world: World) -> None:
    enrol(world, "both", language=WITHOUT_VOICE)
    world.pass_time(timedelta(days=7, hours=6))
    world.write("STOP")
    world.pass_time(timedelta(days=91))
    assert list_calls(world) == []


def test_a_night_that_catches_the_call_brings_it_once(world: World) -> None:
    enrol(world, "both", language=WITHOUT_VOICE)
    world.pass_time(timedelta(days=7, hours=6))
    world.now += timedelta(hours=28)  # nothing ran until 22:30 of the day on which it should have rung
    world.work()
    assert list_calls(world) == []
    world.pass_time(timedelta(days=2))
    assert list_calls(world) == [("checkin.week", "sent")]
