"""What the words themselves suggest: weights of words, neighbours and parts of words, learned from labelled texts.

The weights are in evidence.bin, written by bench/hear_learn.py: one line of JSON, then compressed rows of bytes.
A feature's row is found by its checksum; it says how rare the feature is and how much it speaks for each intent.
"""

import json
import math
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain, repeat
from pathlib import Path

from bot.hear.words import MOST, is_number
from model import Intent

FILE = Path(__file__).parent / "evidence.bin"
ROWS = 524_288
ROW_BYTES = 1 + len(Intent)
RARITY_STEP = 16  # the byte 16 is a rarity of 1
KNOWN = 0.5  # the part of a text's features that must have been seen before they say anything
MIDDLE = 128  # the byte of a weight of nought
PART_LENGTHS = (2, 3, 4, 5)
CHUNK = 4096 * ROW_BYTES  # bytes unpacked at a time: most rows are empty and need no memory
LANE = 4  # bytes of a column: room for the sum of sixty-six thousand features
# The sums of a text: its rarities squared, each intent's weights times rarity, its rarities, and how many rows it has.
COLUMNS = struct.Struct(f"<{ROW_BYTES + 2}I")
EMPTY = COLUMNS.pack(*[0] * ROW_BYTES, 1, 0)
ONE_KNOWN = 1 << 8 * LANE * (ROW_BYTES + 1)
INTENTS = tuple(Intent)


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: the rows that are not empty, the size of one step of a weight, each intent's start; and whence.

    `ends` says for each place where in `rows` its row ends, 0 when it has none.
    """

    rows: bytearray
    ends: Sequence[int]
    step: float
    starts: tuple[float, ...]
    languages: frozenset[str]
    learned_from: str


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
    return (number % ROWS for number in chain(ones, twos, threes, around))


def list_parts(word: str) -> Sequence[int]:
    """The places of every stretch of two to five letters of a word: they survive typing errors and endings."""
    letters = f"<{word}>"
    written = letters.encode()
    bounds = list(accumulate((len(letter.encode()) for letter in letters), initial=0))
    mark = zlib.crc32(b"#")
    parts = (written[a:b] for length in PART_LENGTHS for a, b in zip(bounds, bounds[length:], strict=False))
    return array("I", {zlib.crc32(part, mark) % ROWS for part in parts})


def weigh_words(words: Sequence[str]) -> dict[Intent, float] | None:
    """How likely each intent is by the words alone, as shares of 1; None for words that are mostly unknown."""
    features, total = add_up(words)
    squares, *sums, rarities, known = COLUMNS.unpack(total.to_bytes(COLUMNS.size, "little"))
    if known < KNOWN * features:
        return None
    weights = get_weights()
    # Long texts count no more than short ones; the size of a step of rarity is above and below, and falls out.
    size = weights.step / math.sqrt(squares)
    scores = [
        start + (weight - MIDDLE * rarities) * size
        for start, weight in zip(weights.starts, sums, strict=True)
    ]
    return dict(zip(INTENTS, share_out(scores), strict=True))


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
    ends = [end for end in map(weights.ends.__getitem__, places) if end]
    total = ONE_KNOWN * len(ends)
    columns = bytearray(EMPTY)
    for end in ends:
        row = weights.rows[end - ROW_BYTES : end]
        columns[: ROW_BYTES * LANE : LANE] = row
        total += int.from_bytes(columns, "little") * row[0]
    return total


def share_out(scores: Sequence[float]) -> list[float]:
    """Scores as shares of 1."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


@cache
def get_weights() -> Weights:
    """What was learned. Raises FileNotFoundError when nothing ever was."""
    head, _, packed = FILE.read_bytes().partition(b"\n")
    told = json.loads(head)
    ends, rows = array("I", [0]) * ROWS, bytearray()
    for place, row in list_rows(packed):
        rows += row
        ends[place] = len(rows)
    languages = frozenset(told["languages"])
    return Weights(rows, ends, told["step"], tuple(told["starts"]), languages, told["learned_from"])


def list_rows(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """Each row that is not empty, with its place."""
    stream, first = zlib.decompressobj(), 0
    while chunk := stream.decompress(packed, CHUNK):
        for place, rarity in enumerate(chunk[::ROW_BYTES]):
            if rarity:
                yield first + place, chunk[place * ROW_BYTES : (place + 1) * ROW_BYTES]
        first += len(chunk) // ROW_BYTES
        packed = stream.unconsumed_tail
