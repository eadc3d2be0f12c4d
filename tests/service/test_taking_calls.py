"""One request in a call, once: repeated, raced or failed, it has one effect and a caller always hears something."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from calling import Reply, Request
from model import Standing
from service.take_call import take_call
from service.think_again import think_again
from store.calls import find_call, get_reply
from tests.telephone import CALLS, Telephone
from tests.world import PHONE, POLICY, World


def answer(world: World, request: Request) -> str:
    """What the carrier would be answered, as text."""
    return take_call(world.memory, request, POLICY, CALLS, world.now, repr)


def test_the_same_request_again_gets_the_same_answer_and_has_one_effect(world: World) -> None:
    world.enrol()
    call = Telephone(world)
    call.dial()
    first, again = (answer(world, Request(call.sid, PHONE, 1, keys="3")) for _ in range(2))
    assert first == again and "Ask" in first
    assert (world.list_facts().count(("kit", "used")), world.list_tasks()) == (1, ["used_kit"])


def test_an_old_request_that_comes_late_changes_nothing(world: World) -> None:
    world.enrol()
    call = Telephone(world)
    call.dial()
    first = answer(world, Request(call.sid, PHONE, 1, keys="4"))
    call.replies.append(Reply((), 2))
    call.press("9")
    assert answer(world, Request(call.sid, PHONE, 1, keys="4")) == first
    assert world.find().standing is Standing.STOPPED


def test_two_at_once_are_one(world: World) -> None:
    world.enrol()
    call = Telephone(world)
    call.dial()
    request = Request(call.sid, PHONE, 1, keys="3")
    with ThreadPoolExecutor(4) as carriers:
        said = set(carriers.map(lambda _: answer(world, request), range(4)))
    assert len(said) == 1 and world.list_facts().count(("reversal", "reported")) == 1


def test_a_call_that_rings_twice_at_once_is_one_call(world: World) -> None:
    request = Request("CA" + "7" * 32, PHONE, 0)
    with ThreadPoolExecutor(4) as carriers:
        said = set(carriers.map(lambda _: answer(world, request), range(4)))
    assert len(said) == 1


def test_what_was_pressed_before_a_crash_is_not_lost(world: World) -> None:
    world.enrol(channel="voice")
    call = Telephone(world)
    call.dial()
    press_and_crash(world, call, "9")
    think_again(world.memory, POLICY, world.now + timedelta(minutes=1))
    assert world.find().standing is Standing.STOPPED


def press_and_crash(world: World, call: Telephone, key: str) -> None:
    """The key is remembered and committed; then the process dies, as far as the database can tell."""
    request = Request(call.sid, PHONE, call.turn, keys=key)
    said = take_call(world.memory, request, POLICY, CALLS, world.now, Dying())
    assert "something went wrong" in said
    assert world.find().standing is Standing.ACTIVE


class Dying:
    """Writes no answer but the last one, which says that something went wrong."""

    def __init__(self) -> None:
        self.died = False

    def __call__(self, reply: Reply) -> str:
        """Die once."""
        if not self.died:
            self.died = True
            raise RuntimeError("power cut")
        return "; ".join(getattr(sound, "text", "") for sound in reply.sounds)


def test_an_error_of_ours_is_told_with_911_and_a_number(world: World) -> None:
    call = Telephone(world)
    said = take_call(world.memory, Request(call.sid, PHONE, 0), POLICY, CALLS, world.now, Dying())
    assert "9 1 1" in said and "8 8 8, 7 2 4, 7 2 4 0" in said


def test_what_is_kept_of_a_call_is_sealed(world: World) -> None:
    call = Telephone(world)
    call.dial()
    with world.memory.reading() as tx:
        row = find_call(tx, call.sid)
        assert row is not None and PHONE not in row.state
        assert get_reply(tx, row.id, 0) == "1"
