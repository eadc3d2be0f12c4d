"""The nouns of a telephone call: what comes in with each request of the carrier's, and what is answered to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from model import Line


class Place(StrEnum):
    """Where a call stands: what a key means there is data in bot/calls/keys."""

    LANGUAGES = "languages"
    MENU = "menu"
    QUESTION = "question"
    ANSWER = "answer"
    PLACES = "places"
    NO_VOICE = "no_voice"
    GOOD_TIME = "good_time"
    ALARM = "alarm"
    PERSON = "person"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Call:
    """The state of one call. `lines` are an answer told piece by piece, `at` the piece that is being told.

    `key` is the text that a call of ours brings, until the person says that it is a good time for it.
    """

    place: Place
    language: str
    lines: tuple[Line, ...] = ()
    at: int = 0
    page: int = 0
    silent: int = 0
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One request of the carrier's in a call, by call and turn: the same one again is answered with the same words.

    `dialled` is whether the person we dialled answered, where we had dialled one; `machine` whether a machine
    answered our call; `outbox_id` is our own id of a call that we placed.
    """

    sid: str
    phone: str = field(repr=False)
    turn: int
    keys: str = ""
    said: str = field(default="", repr=False)
    dialled: bool | None = None
    machine: bool = False
    outbox_id: int | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words for one of the carrier's voices; `language` is the voice's."""

    text: str = field(repr=False)
    voice: str
    language: str


@dataclass(frozen=True, slots=True)
class Played:
    """A recording at a public address."""

    url: str


@dataclass(frozen=True, slots=True)
class Paused:
    """Silence, in seconds."""

    seconds: int


Sound = Spoken | Played | Paused


@dataclass(frozen=True, slots=True)
class Ask:
    """Wait so many seconds for one key, or for words in the language `speech` with these `hints`."""

    seconds: int
    speech: str | None = None
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dial:
    """Put the caller through to that number; after so many seconds without an answer the call comes back to us."""

    number: str = field(repr=False)
    seconds: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What one request is answered with: sounds, then a question or a number to dial; with neither the call ends."""

    sounds: tuple[Sound, ...]
    next_turn: int
    then: Ask | Dial | None = None


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """What the programme decided about calls: who is dialled when, and where recordings are.

    `office` is opening and closing time by weekday (0 = Monday), on the programme's own clock.
    """

    audio_base: str
    on_call_phone: str = field(default="", repr=False)
    office: Mapping[int, tuple[time, time]] = field(default_factory=dict)

    def is_staffed(self, local: datetime) -> bool:
        """Whether somebody answers the on-call number at that local moment."""
        opens = self.office.get(local.weekday())
        return bool(self.on_call_phone and opens) and opens[0] <= local.time() < opens[1]  # type: ignore[index]
