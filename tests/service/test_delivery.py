"""The one door out: every text reaches the carrier once, whatever the carrier answers and whoever dies."""

from datetime import timedelta

import pytest

from model import Advice, Outcome, Outgoing, Receipt, Sent, Standing, Urgency
from service.deliver import deliver
from service.record_answers import Answer, record_answers
from service.settle_receipt import settle_receipt
from service.suppress import suppress
from service.take_over import take_over
from service.works import Works
from store.claims import claim_ready
from store.outbox import add_text, lock_text, mark_text
from tests.world import PHONE, POLICY, World


def put_text(
    world: World, key: str = "thanks.reply", urgency: Urgency = Urgency.REPLY, body: str = "Hello"
) -> int:
    """One text in the outbox of the person at PHONE."""
    world.enrol() if world.find() is None else None
    row = {
        "contact_id": world.find().id,
        "key": key,
        "language": "en",
        "urgency": urgency,
        "ready_at": world.now,
    }
    with world.memory.transaction() as tx:
        return add_text(tx, {**row, "made_at": world.now}, body)


def read_text(world: World, outbox_id: int) -> object:
    """One row of the outbox."""
    with world.memory.transaction() as tx:
        return lock_text(tx, outbox_id)


@pytest.fixture
def idle(world: World) -> World:
    """A world whose first texts have left."""
    world.enrol()
    world.work()
    world.carrier.sent.clear()
    return world


def test_an_accepted_text_carries_the_carriers_id(idle: World) -> None:
    id_ = put_text(idle)
    idle.work()
    row = read_text(idle, id_)
    assert (row.state, row.sid, row.tries) == ("sent", idle.carrier.known[-1][1].sid, 1)


def test_a_refused_number_is_suppressed_and_nothing_waits_for_it(idle: World) -> None:
    id_ = put_text(idle)
    idle.carrier.answers.append(Sent(Outcome.REFUSED, code=21610, advice=Advice.STOP))
    idle.pass_time(timedelta(days=30))
    assert (read_text(idle, id_).state, idle.find().standing) == ("failed", Standing.STOPPED)
    assert idle.carrier.sent == []


def test_a_busy_carrier_is_asked_again_later(idle: World) -> None:
    put_text(idle)
    idle.carrier.answers.append(Sent(Outcome.LATER, code=20429))
    idle.work()
    before = len(idle.carrier.sent)
    idle.now += timedelta(seconds=3)
    idle.work()
    assert (before, len(idle.carrier.sent)) == (0, 1)


def test_a_text_taken_in_a_time_out_is_not_sent_again(idle: World) -> None:
    """The carrier took it, but its answer never reached us."""
    id_ = put_text(idle)
    idle.carrier.answers.append(Sent(Outcome.UNSURE))
    idle.work()
    sid = idle.carrier.take(Outgoing(id_, PHONE, "Hello"))
    idle.now += timedelta(seconds=20)
    idle.work()
    assert (read_text(idle, id_).state, read_text(idle, id_).sid) == ("sent", sid)
    assert len(idle.carrier.sent) == 1


def test_a_text_lost_in_a_time_out_is_sent_once_more(idle: World) -> None:
    id_ = put_text(idle)
    idle.carrier.answers.append(Sent(Outcome.UNSURE))
    idle.work()
    for _ in range(2):
        idle.now += timedelta(seconds=20)
        idle.work()
    assert (read_text(idle, id_).state, len(idle.carrier.sent)) == ("sent", 1)


@pytest.mark.parametrize("outcome", [Outcome.LATER, Outcome.UNSURE])
def test_after_stop_a_text_that_was_on_its_way_is_not_tried_again(idle: World, outcome: Outcome) -> None:
    put_text(idle)
    idle.carrier.answers.append(Sent(outcome))
    idle.work()
    with idle.memory.transaction() as tx:
        suppress(tx, idle.find().id, "stop", idle.now)
    idle.pass_time(timedelta(hours=2))
    assert idle.carrier.sent == []


def test_two_equal_texts_are_settled_by_two_different_ids(idle: World) -> None:
    first, second = put_text(idle), put_text(idle)
    idle.work()
    assert read_text(idle, first).sid != read_text(idle, second).sid


def test_what_is_held_longer_than_any_send_takes_is_asked_about(idle: World) -> None:
    """Its worker is dead, or lives and is stuck: nobody can tell, and it does not matter."""
    id_ = put_text(idle)
    with idle.memory.transaction() as tx:
        claim_ready(tx, "other", idle.now, idle.wall, 10)
    take_over(idle.memory, "alive", idle.wall + timedelta(seconds=30))
    before = read_text(idle, id_).state
    take_over(idle.memory, "alive", idle.wall + timedelta(seconds=61))
    assert (before, read_text(idle, id_).state) == ("sending", "unsure")


def test_at_its_start_a_worker_asks_at_once_about_its_own_past(idle: World) -> None:
    id_ = put_text(idle)
    with idle.memory.transaction() as tx:
        claim_ready(tx, "embedded", idle.now, idle.wall, 10)
    take_over(idle.memory, "embedded", idle.wall, first=True)
    assert read_text(idle, id_).state == "unsure"


def test_a_text_no_key_opens_fails_alone(idle: World) -> None:
    broken, whole = put_text(idle), put_text(idle, body="whole")
    with idle.memory.transaction() as tx:
        mark_text(tx, broken, only_if=("ready",), body_sealed=b"from another key")
    idle.work()
    idle.work()
    assert (read_text(idle, broken).state, read_text(idle, whole).state) == ("failed", "sent")


def test_an_emergency_is_tried_again_within_seconds_however_often(idle: World) -> None:
    put_text(idle, urgency=Urgency.EMERGENCY, body="danger")
    idle.carrier.answers += [Sent(Outcome.LATER, code=20429)] * 8
    for _ in range(9):
        idle.now += timedelta(seconds=6)
        idle.work()
    assert [text.body for text in idle.carrier.sent] == ["danger"]


def test_an_emergency_nobody_is_sure_of_is_asked_about_within_seconds(idle: World) -> None:
    put_text(idle, urgency=Urgency.EMERGENCY, body="danger")
    idle.carrier.answers.append(Sent(Outcome.UNSURE))
    for _ in range(3):
        idle.work()
        idle.now += timedelta(seconds=4)
    assert [text.body for text in idle.carrier.sent] == ["danger"]


def test_an_emergency_does_not_wait_for_a_text_nobody_is_sure_of(idle: World) -> None:
    put_text(idle, urgency=Urgency.EMERGENCY, body="first line")
    put_text(idle, urgency=Urgency.EMERGENCY, body="second line")
    idle.carrier.answers.append(Sent(Outcome.UNSURE))
    idle.work()
    assert [text.body for text in idle.carrier.sent] == ["second line"]


def test_a_receipt_before_our_own_commit_settles_the_text(idle: World) -> None:
    id_ = put_text(idle)
    with idle.memory.transaction() as tx:
        claim_ready(tx, "dead", idle.now, idle.wall, 10)
    settle_receipt(idle.memory, Receipt(id_, "SM7", "sent"), POLICY, idle.now)
    take_over(idle.memory, "alive", idle.wall + timedelta(hours=1))
    assert (read_text(idle, id_).state, read_text(idle, id_).sid) == ("sent", "SM7")


def test_receipts_only_move_forward_and_count_once(idle: World) -> None:
    id_ = put_text(idle)
    idle.work()
    known = [
        settle_receipt(idle.memory, Receipt(id_, "SM7", status), POLICY, idle.now)
        for status in ("delivered", "sent", "sent")
    ]
    assert known == [True, True, False]
    assert (read_text(idle, id_).state, read_text(idle, id_).status) == ("delivered", "delivered")


def test_a_receipt_for_a_text_that_is_not_ours_changes_nothing(idle: World) -> None:
    assert settle_receipt(idle.memory, Receipt(999_999, "SM7", "delivered"), POLICY, idle.now) is False


def test_an_undelivered_text_tells_a_person(idle: World) -> None:
    id_ = put_text(idle)
    idle.work()
    settle_receipt(idle.memory, Receipt(id_, "SM7", "undelivered", 30003, Advice.VOICE), POLICY, idle.now)
    assert read_text(idle, id_).state == "failed"
    assert idle.list_tasks() == ["unreachable_by_text"]


def test_an_emergency_overtakes_what_waits_before_it(idle: World) -> None:
    put_text(idle, urgency=Urgency.SCHEDULED, body="reminder")
    put_text(idle, urgency=Urgency.EMERGENCY, body="danger")
    idle.work()
    assert [text.body for text in idle.carrier.sent] == ["danger", "reminder"]


def test_the_texts_of_one_person_leave_in_their_order(idle: World) -> None:
    for number in range(5):
        put_text(idle, body=str(number))
    idle.work()
    assert [text.body for text in idle.carrier.sent] == list("01234")


def test_one_claim_takes_one_text_a_person(idle: World) -> None:
    put_text(idle, body="1")
    put_text(idle, body="2")
    with idle.memory.transaction() as tx:
        claimed = claim_ready(tx, "test", idle.now, idle.wall, 10)
    assert [idle.memory.seal.open(row.body_sealed) for row in claimed] == ["1"]


def test_no_scheduled_text_comes_between_the_lines_of_an_alarm(idle: World) -> None:
    put_text(idle, urgency=Urgency.SCHEDULED, body="check-in")
    idle.write("he is not breathing")
    idle.work()
    assert "check-in" not in [text.body for text in idle.carrier.sent]
    assert len(idle.carrier.sent) == 3


def test_a_reply_that_waits_for_the_morning_holds_up_no_other(idle: World) -> None:
    held = put_text(idle, body="late reply")
    with idle.memory.transaction() as tx:
        mark_text(tx, held, only_if=("ready",), ready_at=idle.now + timedelta(hours=8))
    put_text(idle, body="fresh reply")
    idle.work()
    assert [text.body for text in idle.carrier.sent] == ["fresh reply"]


def test_what_is_learned_late_of_one_try_says_nothing_of_the_next(idle: World) -> None:
    """The answer of the first try is written once more while the second is on its way: there is no third."""
    put_text(idle)
    idle.carrier.answers.append(Sent(Outcome.LATER, code=20429, advice=Advice.RETRY))
    first = idle.deliver()
    record_answers(idle.memory, first, POLICY, idle.now)
    idle.now += timedelta(minutes=1)
    second = idle.deliver()
    record_answers(idle.memory, first, POLICY, idle.now)
    idle.now += timedelta(minutes=1)
    assert (len(second), len(idle.deliver())) == (1, 0)


def test_a_worker_that_stood_still_sends_nothing_it_was_given_before(idle: World) -> None:
    id_ = put_text(idle)
    works = Works(
        idle.memory, idle.carrier, POLICY, "slow", "http://test", lambda: idle.now, lambda: idle.wall
    )
    answers: list[Answer] = []
    before = idle.wall - timedelta(seconds=6)
    deliver(works, idle.now, before, limit=10, answered=answers.append)
    record_answers(idle.memory, answers, POLICY, idle.now)
    assert (idle.carrier.sent, read_text(idle, id_).state) == ([], "unsure")


def test_an_unsure_text_no_key_opens_holds_up_no_other(idle: World) -> None:
    broken, whole = put_text(idle), put_text(idle, urgency=Urgency.EMERGENCY, body="danger")
    with idle.memory.transaction() as tx:
        claim_ready(tx, "dead", idle.now, idle.wall, 10)
        mark_text(tx, broken, only_if=("sending",), body_sealed=b"from another key")
    for _ in range(3):
        take_over(idle.memory, "alive", idle.wall + timedelta(minutes=1))
        idle.now += timedelta(seconds=20)
        idle.work()
    assert (read_text(idle, broken).state, read_text(idle, whole).state) == ("failed", "sent")


@pytest.mark.parametrize("outcome", [Outcome.LATER, Outcome.UNSURE])
def test_a_scheduled_text_in_doubt_does_not_meet_an_alarm(idle: World, outcome: Outcome) -> None:
    put_text(idle, urgency=Urgency.SCHEDULED, body="check-in")
    idle.carrier.answers.append(Sent(outcome))
    unrecorded = idle.deliver()
    idle.write("he is not breathing")
    record_answers(idle.memory, unrecorded, POLICY, idle.now)
    for _ in range(4):
        idle.work()
        idle.now += timedelta(seconds=20)
    assert "check-in" not in [text.body for text in idle.carrier.sent]


def test_however_often_it_was_tried_a_text_is_not_overtaken(idle: World) -> None:
    while put_text(idle, urgency=Urgency.SCHEDULED, body="first") % 16 != 15:
        idle.work()
    idle.carrier.sent.clear()
    for _ in range(10):
        idle.now += timedelta(minutes=13)
        idle.carrier.answers.append(Sent(Outcome.LATER))
        idle.work()
    put_text(idle, urgency=Urgency.SCHEDULED, body="second")
    idle.work()
    assert idle.carrier.sent == []
