"""What an error of the carrier leads to: once more after a pause, a halt, a person, or the end of the matter."""

from datetime import datetime, timedelta
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from carrier.errors import get_advice, get_again_after
from model import Advice, Found, Inbound, Outcome, Receipt, Sent, Standing
from service.hear_missed import hear_missed
from service.record_answers import record_answers
from service.run_due import run_due
from service.settle_missing import settle_missing
from service.settle_receipt import settle_receipt
from service.settle_unsure import settle_unsure
from service.take_over import take_over
from store.halts import find_halt
from store.tables import due, outbox
from tests.world import PHONE, POLICY, World

HOME = ZoneInfo("America/Los_Angeles")


@pytest.fixture
def idle(world: World) -> World:
    """A world whose first texts have left, at noon."""
    world.enrol()
    world.work()
    return world


def lose(world: World, outbox_id: int, code: int) -> None:
    """The carrier says that a text did not arrive."""
    receipt = Receipt(
        outbox_id, f"SM-{outbox_id}", "undelivered", code, get_advice(code), get_again_after(code)
    )
    settle_receipt(world.memory, receipt, POLICY, world.now)


def list_texts(world: World) -> list[Any]:
    """Every row of the outbox."""
    with world.memory.reading() as tx:
        return list(tx.conn.execute(select(outbox).order_by(outbox.c.id)))


def test_a_phone_that_is_off_is_tried_after_one_hour(idle: World) -> None:
    lose(idle, 2, 30003)
    idle.now += timedelta(minutes=59)
    idle.work()
    before = len(idle.carrier.sent)
    idle.now += timedelta(minutes=2)
    idle.work()
    assert (before, len(idle.carrier.sent), idle.list_tasks()) == (2, 3, [])


def test_after_three_more_tries_a_person_is_told(idle: World) -> None:
    for hours in (1, 6, 24, 0):
        lose(idle, [row.id for row in list_texts(idle) if row.key == "howto.first"][-1], 30003)
        idle.now += timedelta(hours=hours, minutes=1)
        idle.work()
    assert idle.list_tasks() == ["unreachable_by_text"]


def test_the_second_receipt_of_a_lost_text_does_not_touch_its_second_try(idle: World) -> None:
    lose(idle, 2, 30003)
    idle.now += timedelta(hours=2)
    idle.work()
    lose(idle, 2, 30003)
    assert [row.state for row in list_texts(idle)] == ["sent", "failed", "sent"]


def test_what_would_be_sent_again_at_night_waits_for_the_morning(idle: World) -> None:
    idle.now = datetime(2026, 3, 2, 20, 30, tzinfo=HOME)
    lose(idle, 2, 30003)
    assert list_texts(idle)[-1].ready_at == datetime(2026, 3, 3, 8, 0, tzinfo=HOME)


def test_a_lost_text_of_the_programme_does_not_meet_an_alarm(idle: World) -> None:
    idle.write("he is not breathing")
    idle.work()
    lose(idle, 2, 30003)
    idle.now += timedelta(minutes=61)
    idle.work()
    before = idle.list_keys()[-1]
    idle.now += timedelta(hours=1)
    idle.work()
    assert (before, idle.list_keys()[-1]) == ("emergency.breathe", "howto.first")


def test_a_text_of_the_programme_that_was_on_its_way_does_not_come_back_into_an_alarm(world: World) -> None:
    world.enrol()
    run_due(world.memory, POLICY, world.now)
    world.carrier.answers = [Sent(Outcome.LATER, code=20429)]
    answers = world.deliver()
    world.write("he is not breathing")
    record_answers(world.memory, answers, POLICY, world.now)
    world.now += timedelta(minutes=5)
    world.work()
    assert world.list_keys() == ["emergency.call_911", "emergency.spray", "emergency.breathe"]


def test_nobody_who_stopped_is_sent_a_lost_text_again(idle: World) -> None:
    idle.write("STOP")
    idle.work()
    lose(idle, 2, 30003)
    assert len(list_texts(idle)) == 3  # the confirmation of the STOP, and no second try


def test_a_stop_ends_the_second_try_too(idle: World) -> None:
    lose(idle, 2, 30003)
    idle.write("STOP")
    assert [row.state for row in list_texts(idle)][2] == "cancelled"


@pytest.mark.parametrize("code", [20003, 30002, 30034])
def test_an_error_of_the_account_halts_everything_but_emergencies(idle: World, code: int) -> None:
    idle.write("HELP")
    idle.carrier.answers.append(Sent(Outcome.LATER, code=code, advice=Advice.HALT))
    idle.work()
    idle.now += timedelta(minutes=3)
    idle.write("he is not breathing")
    idle.work()
    with idle.memory.reading() as tx:
        assert find_halt(tx, idle.now) == code
    assert ("help.info" in idle.list_keys(), "emergency.breathe" in idle.list_keys()) == (False, True)


def test_a_halt_ends_by_itself_and_nothing_is_lost(idle: World) -> None:
    idle.write("HELP")
    idle.carrier.answers.append(Sent(Outcome.LATER, code=20003, advice=Advice.HALT))
    idle.work()
    idle.now += timedelta(minutes=16)
    idle.work()
    assert idle.list_keys()[2:] == ["help.info"]


def test_a_halt_told_by_a_receipt_holds_for_every_worker(idle: World) -> None:
    lose(idle, 2, 30034)
    with idle.memory.reading() as tx:
        assert find_halt(tx, idle.now) == 30034


def test_a_text_that_waited_too_long_is_cancelled_with_its_reason(idle: World) -> None:
    idle.write("HELP")
    idle.now += timedelta(hours=20)
    idle.work()
    row = list_texts(idle)[-1]
    assert (row.state, row.because, idle.list_tasks()) == ("cancelled", "too_late", ["never_answered"])


def test_a_check_in_that_waited_for_days_is_dropped_from_the_calendar(idle: World) -> None:
    idle.now = datetime(2026, 3, 3, 10, 0, tzinfo=HOME)
    idle.carrier.answers += [Sent(Outcome.LATER)]
    idle.work()
    idle.now = datetime(2026, 3, 5, 10, 0, tzinfo=HOME)
    idle.work()
    with idle.memory.reading() as tx:
        row = tx.conn.execute(select(due).where(due.c.step == "day_1")).one()
    assert (row.state, row.because) == ("dropped", "too_late")


def test_a_receipt_that_never_came_is_asked_for(idle: World) -> None:
    number, found = idle.carrier.known[-1]
    idle.carrier.known[-1] = number, type(found)(found.sid, found.body, "delivered")
    idle.now += timedelta(minutes=11)
    settle_missing(idle.memory, idle.carrier, POLICY, idle.now, Event())
    assert [row.state for row in list_texts(idle)] == ["sent", "delivered"]


def test_a_network_that_never_says_delivered_is_asked_three_times(idle: World) -> None:
    asked = []
    for _ in range(20):
        idle.now += timedelta(minutes=30)
        asked.append(settle_missing(idle.memory, idle.carrier, POLICY, idle.now, Event()))
    assert sum(asked) == 3 * 2


def test_a_text_whose_webhook_never_came_is_heard(idle: World) -> None:
    idle.carrier.written.append(Inbound("SM-lost", PHONE, "STOP", at=idle.now - timedelta(minutes=40)))
    hear_missed(idle.memory, idle.carrier, POLICY, idle.now)
    assert idle.find().standing is Standing.STOPPED
    assert "heard_late" in idle.list_tasks()


def test_the_list_is_looked_through_only_now_and_then_and_twice_is_once(idle: World) -> None:
    idle.write("HELP", sid="SM-known")
    idle.carrier.written.append(Inbound("SM-known", PHONE, "HELP", at=idle.now))
    first = hear_missed(idle.memory, idle.carrier, POLICY, idle.now)
    idle.carrier.written.append(Inbound("SM-next", PHONE, "HELP", at=idle.now))
    second = hear_missed(idle.memory, idle.carrier, POLICY, idle.now + timedelta(minutes=5))
    third = hear_missed(idle.memory, idle.carrier, POLICY, idle.now + timedelta(minutes=11))
    assert (first, second, third) == (0, 0, 1)


def test_a_start_that_is_found_late_does_not_undo_a_later_stop(idle: World) -> None:
    start = Inbound("SM-lost", PHONE, "START", at=idle.now)
    idle.now += timedelta(minutes=1)
    idle.write("STOP")
    idle.carrier.written.append(start)
    hear_missed(idle.memory, idle.carrier, POLICY, idle.now + timedelta(minutes=10))
    assert idle.find().standing is Standing.STOPPED


def test_a_start_that_is_found_late_after_an_earlier_stop_counts(idle: World) -> None:
    idle.write("STOP")
    idle.carrier.written.append(Inbound("SM-lost", PHONE, "START", at=idle.now + timedelta(minutes=1)))
    hear_missed(idle.memory, idle.carrier, POLICY, idle.now + timedelta(minutes=10))
    assert idle.find().standing is Standing.ACTIVE


def test_what_was_written_in_the_evening_and_found_at_night_is_answered_in_the_morning(idle: World) -> None:
    evening, night = (datetime(2026, 3, day, hour, 0, tzinfo=HOME) for day, hour in ((2, 19), (3, 2)))
    idle.now = night
    idle.carrier.written.append(Inbound("SM-lost", PHONE, "HELP", at=evening))
    hear_missed(idle.memory, idle.carrier, POLICY, idle.now)
    idle.work()
    before = idle.list_keys()[2:]
    idle.now = datetime(2026, 3, 3, 8, 1, tzinfo=HOME)
    idle.work()
    assert (before, idle.list_keys()[2:]) == ([], ["help.info"])


def test_an_emergency_found_at_night_is_answered_at_once(idle: World) -> None:
    idle.now = datetime(2026, 3, 3, 2, 0, tzinfo=HOME)
    evening = datetime(2026, 3, 2, 19, 0, tzinfo=HOME)
    idle.carrier.written.append(Inbound("SM-lost", PHONE, "he is not breathing", at=evening))
    hear_missed(idle.memory, idle.carrier, POLICY, idle.now)
    idle.work()
    assert "emergency.call_911" in idle.list_keys()


def test_a_text_that_was_lost_before_the_carrier_could_be_asked_for_it_is_acted_on(idle: World) -> None:
    idle.write("HELP")
    idle.deliver()  # and the process dies before it writes the answer
    idle.now += timedelta(seconds=61)
    take_over(idle.memory, "other", idle.wall)
    number, found = idle.carrier.known[-1]
    lost = Found(found.sid, found.body, "undelivered", 30007, Advice.REVIEW)
    idle.carrier.known[-1] = number, lost
    idle.now += timedelta(seconds=20)
    settle_unsure(idle.memory, idle.carrier, idle.now, idle.wall, Event())
    settle_missing(idle.memory, idle.carrier, POLICY, idle.now, Event())
    assert (list_texts(idle)[-1].state, idle.list_tasks()) == ("failed", ["text_refused"])


def test_a_receipt_that_tells_late_of_an_earlier_stop_does_not_undo_a_start(idle: World) -> None:
    idle.write("STOP", carrier_replied="STOP")
    idle.now += timedelta(minutes=1)
    idle.write("START")
    lose(idle, 2, 21610)
    before = idle.find().standing
    idle.work()
    lose(idle, 3, 21610)  # sent after the START: the carrier means it
    assert (before, idle.find().standing) == (Standing.ACTIVE, Standing.STOPPED)


def test_a_yes_that_the_carrier_takes_for_a_start_brings_back_who_was_stopped_while_asked(
    idle: World,
) -> None:
    idle.pass_time(timedelta(days=1))
    lose(idle, list_texts(idle)[-1].id, 21610)
    stopped = idle.find().standing
    idle.write("YES", carrier_replied="START")
    assert (stopped, idle.find().standing) == (Standing.STOPPED, Standing.ACTIVE)
