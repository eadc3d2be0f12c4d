"""A telephone for tests: it dials in, presses, speaks and keeps silent, and hears what is answered as plain values."""

from collections.abc import Iterator
from datetime import time

from calling import Ask, CallPolicy, Dial, Place, Played, Reply, Request, Spoken
from service.take_call import take_call
from store.calls import find_call, read_state
from tests.world import PHONE, POLICY, World

CALLS = CallPolicy("http://test/audio")
STAFFED = CallPolicy("http://test/audio", "+16195550190", {day: (time(9), time(17)) for day in range(5)})


class Telephone:
    """One call of one number."""

    def __init__(
        self, world: World, phone: str = PHONE, calls: CallPolicy = CALLS, outbox_id: int | None = None
    ):
        world.count += 1
        self.world, self.phone, self.calls, self.outbox_id = world, phone, calls, outbox_id
        self.sid = f"CA{world.count:032x}"
        self.replies: list[Reply] = []

    def dial(self, *, machine: bool = False) -> str:
        """The call begins; the words that are heard."""
        return self.ask(Request(self.sid, self.phone, 0, machine=machine, outbox_id=self.outbox_id))

    def press(self, keys: str) -> str:
        """A key."""
        return self.ask(Request(self.sid, self.phone, self.turn, keys=keys))

    def say(self, words: str) -> str:
        """A spoken answer."""
        return self.ask(Request(self.sid, self.phone, self.turn, said=words))

    def wait(self) -> str:
        """Silence."""
        return self.ask(Request(self.sid, self.phone, self.turn))

    def come_back(self, *, dialled: bool) -> str:
        """The person we dialled has hung up, or never answered."""
        return self.ask(Request(self.sid, self.phone, self.turn, dialled=dialled))

    def ask(self, request: Request) -> str:
        """One request; its answer as text."""
        take_call(self.world.memory, request, POLICY, self.calls, self.world.now, self.keep)
        return self.words

    def keep(self, reply: Reply) -> str:
        """Keep an answer as it was meant, under its place."""
        self.replies.append(reply)
        return str(len(self.replies))

    @property
    def turn(self) -> int:
        """The number of the next request."""
        return self.replies[-1].next_turn

    @property
    def then(self) -> Ask | Dial | None:
        """What is waited for; None when the call is over."""
        return self.replies[-1].then

    @property
    def words(self) -> str:
        """What was heard last, as text."""
        return "\n".join(list_words(self.replies[-1]))

    @property
    def place(self) -> Place:
        """Where the call stands."""
        with self.world.memory.reading() as tx:
            row = find_call(tx, self.sid)
            assert row is not None
            return read_state(row.state).place


def list_words(reply: Reply) -> Iterator[str]:
    """The words of an answer; a recording by its address."""
    for sound in reply.sounds:
        if isinstance(sound, Spoken):
            yield sound.text
        elif isinstance(sound, Played):
            yield sound.url
