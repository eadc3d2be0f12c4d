"""What the words themselves suggest: weights of words, neighbours and parts of words, learned from labelled texts.

The weights are in evidence.bin, written by bench/hear_learn.py: one line of JSON, then compressed the places that have
a row and their rows of bytes. A feature's place is its checksum; its row says how rare the feature is and how much it
speaks for each intent and for each language.
"""

import json
import math
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate, chain, repeat
from pathlib import Path

from bot.hear.words import MOST, is_number
from model import Intent

FILE = Path(__file__).parent / "evidence.bin"
PLACES = 1 << 20
RARITY_STEP = 16  # the byte 16 is a rarity of 1
KNOWN = 0.5  # the part of a text's features that must have been seen before they say anything
MIDDLE = 128  # the byte of a weight of nought
PART_LENGTHS = (2, 3, 4, 5)
LANE = 4  # bytes of a column: room for the sum of sixty-six thousand features
INTENTS = tuple(Intent)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How likely each intent and each of our languages is by a text's words alone, each as shares of 1."""

    intents: Mapping[Intent, float]
    languages: Mapping[str, float]

    @property
    def language(self) -> str:
        """The likeliest language."""
        return max(self.languages, key=self.languages.__getitem__)


@dataclass(frozen=True)
class Weights:
    """What was learned: all rows in one piece, the sizes of a step of an intent's and a language's weight, and whence.

    `ends` says for each place where in `rows` its row ends, 0 when it has none. `starts` are what each intent, then
    each language, has without any word.
    """

    rows: bytes
    ends: Sequence[int]
    steps: tuple[float, float]
    starts: tuple[float, ...]
    languages: tuple[str, ...]
    learned_from: str

    @cached_property
    def width(self) -> int:
        """The bytes of a row: its rarity, then a weight for each intent and each language."""
        return 1 + len(self.starts)

    @cached_property
    def columns(self) -> struct.Struct:
        """The sums of a text: rarities squared, each weight times rarity, rarities, and the number of its rows."""
        return struct.Struct(f"<{self.width + 2}I")

    @cached_property
    def empty(self) -> bytes:
        """The columns of a row before its bytes are laid in."""
        return self.columns.pack(*[0] * self.width, 1, 0)

    @cached_property
    def one_known(self) -> int:
        """What one row adds to the last column."""
        return 1 << 8 * LANE * (self.width + 1)


def list_places(words: Sequence[str]) -> set[int]:
    """The places of a text's features: its words and their neighbours, and the parts of each word."""
    return set(list_neighbours(words)).union(*map(list_parts, words))


def list_neighbours(words: Sequence[str]) -> Iterator[int]:
    """The places of a text's words, of two and three in a row, and of two around a third.

    A checksum goes on where another ended, so that no feature is ever put together.
    """
    row = [b"^", *(word.encode() for word in words), b"$"]
    after = [b" " + word for word in row]
    ones = list(map(zlib.crc32, row))
    twos = list(map(zlib.crc32, after[1:], ones))
    threes = map(zlib.crc32, after[2:], twos)
    around = map(zlib.crc32, after[2:], map(zlib.crc32, repeat(b" _"), ones))
    return (number % PLACES for number in chain(ones, twos, threes, around))


def list_parts(word: str) -> Sequence[int]:
    """The places of every stretch of two to five letters of a word: they survive typing errors and endings."""
    letters = f"<{word}>"
    written = letters.encode()
    bounds = list(accumulate((len(letter.encode()) for letter in letters), initial=0))
    mark = zlib.crc32(b"#")
    parts = (written[a:b] for length in PART_LENGTHS for a, b in zip(bounds, bounds[length:], strict=False))
    return array("I", {zlib.crc32(part, mark) % PLACES for part in parts})


def weigh_words(words: Sequence[str]) -> Suggestion | None:
    """What the words alone suggest; None for words that are mostly unknown."""
    weights = get_weights()
    features, total = add_up(words)
    squares, *sums, rarities, known = weights.columns.unpack(total.to_bytes(weights.columns.size, "little"))
    if known < KNOWN * features:
        return None
    # Long texts count no more than short ones; the size of a step of rarity is above and below, and falls out.
    size = 1 / math.sqrt(squares)
    pulls = [(weight - MIDDLE * rarities) * size for weight in sums]
    cut = len(INTENTS)
    return Suggestion(
        dict(zip(INTENTS, share_out(pulls[:cut], weights.starts[:cut], weights.steps[0]), strict=True)),
        dict(
            zip(
                weights.languages, share_out(pulls[cut:], weights.starts[cut:], weights.steps[1]), strict=True
            )
        ),
    )


def add_up(words: Sequence[str]) -> tuple[int, int]:
    """How many features a text has, and the sum of their rows. A feature counts once, however often it is there."""
    seen: set[int] = set()
    twice: list[int] = []
    total = 0
    for word in words:
        parts, weight = weigh_parts(word) if is_number(word) else recall_parts(word)
        twice += seen.intersection(parts)
        seen.update(parts)
        total += weight
    fresh = set(list_neighbours(words)) - seen
    return len(seen) + len(fresh), total - add_rows(twice) + add_rows(fresh)


@lru_cache(MOST)
def recall_parts(word: str) -> tuple[Sequence[int], int]:
    """The places of a word's parts and the sum of their rows, remembered."""
    return weigh_parts(word)


def weigh_parts(word: str) -> tuple[Sequence[int], int]:
    """The places of a word's parts and the sum of their rows."""
    parts = list_parts(word)
    return parts, add_rows(parts)


def add_rows(places: Iterable[int]) -> int:
    """The sum of the rows at these places, as columns; a feature that nobody has seen twice has none.

    One number holds all columns, so that one addition adds them all.
    """
    weights = get_weights()
    width = weights.width
    ends = [end for end in map(weights.ends.__getitem__, places) if end]
    total = weights.one_known * len(ends)
    columns = bytearray(weights.empty)
    for end in ends:
        row = weights.rows[end - width : end]
        columns[: width * LANE : LANE] = row
        total += int.from_bytes(columns, "little") * row[0]
    return total


def share_out(pulls: Sequence[float], starts: Sequence[float], step: float) -> list[float]:
    """What pulls towards each label, as shares of 1."""
    scores = [start + pull * step for start, pull in zip(starts, pulls, strict=True)]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


@cache
def get_weights() -> Weights:
    """What was learned. Raises FileNotFoundError when nothing ever was."""
    head, _, packed = FILE.read_bytes().partition(b"\n")
    told = json.loads(head)
    data = zlib.decompress(packed)
    cut = LANE * told["rows"]
    places = struct.unpack(f"<{told['rows']}I", data[:cut])
    width = (len(data) - cut) // told["rows"]
    ends = array("I", [0]) * PLACES
    for number, place in enumerate(places, start=1):
        ends[place] = number * width
    languages = tuple(told["languages"])
    return Weights(
        data[cut:], ends, tuple(told["steps"]), tuple(told["starts"]), languages, told["learned_from"]
    )
