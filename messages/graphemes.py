"""Splits a text into what a reader sees as characters, as the splitter inside Twilio's calculator does.

That splitter knows Unicode 10 and has three habits of its own, kept here because its count is the one that is billed:
a flag with a mark closes, a skin tone joins only a base it touches (or over one mark), and CR LF is two characters.
The classes of the characters (GraphemeBreakProperty.txt of Unicode 10) are in graphemes.json, written by
tests/vectors/make_segments.mjs.
"""

import json
from bisect import bisect_right
from functools import cache
from pathlib import Path

LINE_ENDS = frozenset({"CR", "LF", "Control"})
BASES = frozenset({"Base", "BaseGlue"})
GLUED = frozenset({"Glue", "BaseGlue"})
TRAILERS = frozenset({"Extend", "ZWJ", "Spacing"})
SYLLABLES = frozenset(
    {("L", "L"), ("L", "V"), ("L", "LV"), ("L", "LVT")}
    | {(first, then) for first in ("LV", "V") for then in ("V", "T")}
    | {("LVT", "T"), ("T", "T")}
)
# In a text without any of these every character stands alone.
JOINING = TRAILERS | {"Prepend", "L", "V", "T", "Modifier", "Regional"}
HANGUL_FIRST, HANGUL_LAST, HANGUL_FINALS = 0xAC00, 0xD7A3, 28


def split_graphemes(text: str) -> list[str]:
    """The characters of `text` as a reader sees them; joined again they are the text."""
    if text.isascii() or JOINING.isdisjoint(map(get_class, set(text))):
        return list(text)
    pieces: list[str] = []
    kinds: list[str] = []
    for character in text:
        kind = get_class(character)
        if kinds and is_joined(kinds, kind):
            pieces[-1] += character
            kinds.append(kind)
        else:
            pieces.append(character)
            kinds = [kind]
    return pieces


def is_joined(kinds: list[str], after: str) -> bool:
    """Whether a character of class `after` belongs to the character that has these classes so far (UAX 29)."""
    before = kinds[-1]
    if is_closed_flag(kinds) or before in LINE_ENDS or after in LINE_ENDS:
        return False
    if (before, after) in SYLLABLES or after in TRAILERS or before == "Prepend":
        return True
    if after == "Modifier":
        return is_base(kinds)
    if before == "ZWJ":
        return after in GLUED
    return kinds == ["Regional"] and after == "Regional"


def is_closed_flag(kinds: list[str]) -> bool:
    """Whether a flag inside the character has already been given a mark: nothing more joins it."""
    if kinds[-1] in {"Regional", "Prepend"} or "Regional" not in kinds[1:]:
        return False
    last = len(kinds) - 1 - kinds[::-1].index("Regional")
    return set(kinds[1:last]) <= {"Regional"}


def is_base(kinds: list[str]) -> bool:
    """Whether a skin tone may join here."""
    if kinds[-1] == "Extend":
        return len(kinds) > 1 and kinds[-2] in BASES
    return "Extend" not in kinds and kinds[-1] in BASES


@cache
def get_class(character: str) -> str:
    """The class of one character in UAX 29, or `Other`."""
    code = ord(character)
    if HANGUL_FIRST <= code <= HANGUL_LAST:
        return "LVT" if (code - HANGUL_FIRST) % HANGUL_FINALS else "LV"
    starts, ranges = load_ranges()
    at = bisect_right(starts, code) - 1
    return ranges[at][1] if at >= 0 and code <= ranges[at][0] else "Other"


@cache
def load_ranges() -> tuple[list[int], list[tuple[int, str]]]:
    """The first code point of every range in order, and beside it the last one with its class."""
    file = Path(__file__).with_name("graphemes.json")
    classes: dict[str, list[list[int]]] = json.loads(file.read_text(encoding="utf-8"))
    ranges = sorted((first, last, name) for name, spans in classes.items() for first, last in spans)
    return [first for first, _, _ in ranges], [(last, name) for _, last, name in ranges]
