"""Conversations in plain text, expected by message key, so that a language more is not a copy more.

# title                  a conversation begins
enrol es explicit both   the person is enrolled: language, content level, channel; without it a stranger writes
> text                   the person writes          >[STOP] text   ... and the carrier answered STOP itself
>[picture]               ... a picture without words
< key                    the next text that reaches the phone; all of them must be named
@ key                    ... or the next call of ours, by what it is about
~ 3 days                 time passes (hours or days)
= kind value             the record holds this fact
! kind                   this task waits for a person
. standing               how the number stands
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store.tables import outbox
from tests.world import PHONE, World

FOLDER = Path(__file__).parent


def list_talks() -> Iterator[tuple[str, list[str]]]:
    """Every conversation: its title and its lines."""
    for file in sorted(FOLDER.glob("*.talk")):
        for part in re.split(r"^# ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, *lines = part.strip().splitlines()
            yield f"{file.stem}: {title}", [line.strip() for line in lines if line.strip()]


TALKS = list(list_talks())


class Reader:
    """Plays one conversation, line by line."""

    def __init__(self, world: World):
        self.world = world
        self.read = 0

    def play(self, lines: list[str]) -> None:
        """Play every line; at the end no text may be left unnamed."""
        for line in lines:
            self.play_line(line)
        assert self.left() == [], "texts nobody expected"

    def play_line(self, line: str) -> None:
        """One line by its mark."""
        mark, _, rest = line.partition(" ")
        if mark.startswith(">"):
            self.write(mark, rest)
        elif mark in "<@":
            self.expect(rest if mark == "<" else f"@ {rest}")
        elif mark == "enrol":
            self.enrol(rest)
        elif mark == "~":
            self.pass_time(rest)
        else:
            self.check(mark, rest)

    def left(self) -> list[str]:
        """The keys of texts and, behind an @, of calls that came and were not named yet."""
        channels = self.world.list_sent(outbox.c.channel, PHONE)
        came = zip(channels, self.world.list_keys(), strict=True)
        return [key if channel == "sms" else f"@ {key}" for channel, key in came][self.read :]

    def enrol(self, rest: str) -> None:
        """`enrol [language] [level] [channel]`."""
        said = rest.split()
        usual = ("en", "discreet", "sms")
        language, level, channel = (*said, *usual[len(said) :])
        self.world.enrol(key=str(self.world.now), language=language, content_level=level, channel=channel)
        self.world.work()

    def write(self, mark: str, text: str) -> None:
        """The person writes."""
        assert self.left() == [], f"not named before {text!r}"
        hint = mark[1:].strip("[]")
        more = {"has_media": True} if hint == "picture" else {"carrier_replied": hint or None}
        self.world.write(text, **more)
        self.world.work()

    def expect(self, key: str) -> None:
        """The next text on the phone."""
        assert self.left()[:1] == [key], f"expected {key}, came {self.left()}"
        self.read += 1

    def pass_time(self, rest: str) -> None:
        """`~ 3 days`."""
        assert self.left() == [], f"not named before {rest}"
        number, unit = rest.split()
        self.world.pass_time(timedelta(**{unit.rstrip("s") + "s": int(number)}))

    def check(self, mark: str, rest: str) -> None:
        """What is on record."""
        if mark == "=":
            assert tuple(rest.split()) in self.world.list_facts(), self.world.list_facts()
        elif mark == "!":
            assert rest in self.world.list_tasks(), self.world.list_tasks()
        elif mark == ".":
            assert self.world.find().standing == rest
        else:
            raise ValueError(f"nobody knows the mark {mark!r}")


@pytest.mark.parametrize("lines", [talk[1] for talk in TALKS], ids=[talk[0] for talk in TALKS])
def test_the_conversation_goes_as_written(lines: list[str], world: World) -> None:
    Reader(world).play(lines)


def test_there_are_enough_conversations_to_mean_something() -> None:
    assert len(TALKS) >= 30


def test_a_conversation_that_goes_differently_is_caught(world: World) -> None:
    with pytest.raises(AssertionError, match=r"expected answer\.fine"):
        Reader(world).play(["enrol", "< welcome.confirm", "< howto.first", "> HELP", "< answer.fine"])
