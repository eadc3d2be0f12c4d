"""A text whose thinking died is thought about by a tick; one that cannot be thought about goes to a person."""

from datetime import timedelta

from model import Inbound
from service.think_again import MOST_TRIES, note_failure, think_again
from store.contacts import meet_stranger
from store.inbox import lock_with_unthought, remember_inbound
from store.rows import update_row
from store.tables import inbox
from tests.world import PHONE, POLICY, World


def remember(world: World, text: str, sid: str = "SM9") -> None:
    """A text that was committed by a process that died before it thought."""
    with world.memory.transaction() as tx:
        contact_id = meet_stranger(tx, PHONE, "en", POLICY.default_zone)
        remember_inbound(tx, contact_id, Inbound(sid, PHONE, text), world.now)


def test_a_text_left_by_a_dead_process_is_answered(world: World) -> None:
    world.enrol()
    world.work()
    remember(world, "STOP")
    world.now += timedelta(seconds=6)
    think_again(world.memory, POLICY, world.now)
    world.work()
    assert world.list_keys()[2:] == ["stop.confirmed"]


def test_a_turn_that_is_still_under_way_is_left_alone(world: World) -> None:
    remember(world, "HELP")
    assert think_again(world.memory, POLICY, world.now) == 0


def test_thinking_again_twice_answers_once(world: World) -> None:
    remember(world, "HELP")
    world.now += timedelta(seconds=6)
    think_again(world.memory, POLICY, world.now)
    think_again(world.memory, POLICY, world.now)
    world.work()
    assert world.list_keys() == ["help.info"]


def test_what_cannot_be_thought_about_goes_to_a_person(world: World) -> None:
    remember(world, "anything")
    contact_id = world.find().id
    for _ in range(MOST_TRIES):
        note_failure(world.memory, contact_id, POLICY, world.now)
    world.work()
    with world.memory.transaction() as tx:
        assert lock_with_unthought(tx, contact_id, world.now, world.now)[2] == []
    assert (world.list_keys(), world.list_tasks()) == (["unclear.human"], ["unclear"])


def test_a_stop_after_an_unthought_start_is_what_counts(world: World) -> None:
    """Texts of one person are thought about in the order they were written."""
    world.enrol()
    world.work()
    remember(world, "START")
    world.write("STOP")
    world.now += timedelta(seconds=6)
    think_again(world.memory, POLICY, world.now)
    assert world.find().standing == "stopped"


def test_a_text_that_cannot_be_thought_about_takes_no_stop_with_it(world: World) -> None:
    world.enrol()
    world.work()
    remember(world, "STOP", sid="SM1")
    remember(world, "broken", sid="SM2")
    with world.memory.transaction() as tx:
        contact_id = world.find().id
        broken = lock_with_unthought(tx, contact_id, world.now, world.now)[2][-1]
        update_row(tx, inbox, broken.id, {"body_sealed": b"from another key"})
    world.now += timedelta(seconds=6)
    think_again(world.memory, POLICY, world.now)
    assert world.find().standing == "stopped"
