"""The small notation that lexicons and rules are written in, read into elements that can be matched.

word        that word           stem*      any word that begins so      word?    may be missing
<name>      a concept           <a|b>      either concept               ^  $     start and end of the text
..          up to 3 words       ...        up to 7 words                ~        anything, across pauses too
*           up to 1 word
_           up to 3 light words (the concept `light`: auxiliaries, pronouns, adverbs)
"""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from bot.hear.normalise import split_tokens

FAR = 10_000


class Kind(Enum):
    """What one element of a pattern asks of the text."""

    ITEM = auto()
    GAP = auto()
    START = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a pattern: the names it accepts, or a gap of at most `reach` words."""

    kind: Kind
    names: tuple[str, ...] = ()
    optional: bool = False
    reach: int = 0
    light: bool = False
    across: bool = False


MARKS = {
    "^": Element(Kind.START),
    "$": Element(Kind.END),
    "_": Element(Kind.GAP, reach=3, light=True),
    "..": Element(Kind.GAP, reach=3),
    "...": Element(Kind.GAP, reach=7),
    "~": Element(Kind.GAP, reach=FAR, across=True),
    "*": Element(Kind.GAP, reach=1),
}


class PatternReader:
    """Reads written patterns, their words spelt as `rewrites` spells them.

    Equal pieces become the same element: patterns are many and their pieces few.
    """

    def __init__(self, rewrites: dict[str, list[str]]):
        self.rewrites = rewrites
        self.pieces: dict[str, list[Element]] = {}
        self.patterns: dict[str, tuple[Element, ...]] = {}

    def read(self, text: str) -> tuple[Element, ...]:
        """The elements of one written pattern, read once. Raises ValueError if it is empty."""
        if text not in self.patterns:
            self.patterns[text] = self.read_pattern(text)
        return self.patterns[text]

    def read_pattern(self, text: str) -> tuple[Element, ...]:
        """The elements of one written pattern."""
        elements = tuple(element for piece in text.split() for element in self.recall(piece))
        if not any(element.kind is Kind.ITEM for element in elements):
            raise ValueError(f"The pattern {text!r} names no word and no concept.")
        return elements

    def recall(self, piece: str) -> list[Element]:
        """The elements of one piece, read once."""
        if piece not in self.pieces:
            self.pieces[piece] = read_piece(piece, self.rewrites)
        return self.pieces[piece]


def read_piece(piece: str, rewrites: dict[str, list[str]]) -> list[Element]:
    """One blank-separated piece of a pattern; a word in a script without spaces gives an element per letter."""
    if piece in MARKS:
        return [MARKS[piece]]
    optional = len(piece) > 1 and piece.endswith("?")
    piece = piece[:-1] if optional else piece
    if piece.startswith("<"):
        return [make_item(tuple(piece.strip("<>").split("|")), optional)]
    if piece.endswith("*"):
        return [make_item((name_stem(split_tokens(piece[:-1])[0]),), optional)]
    words = [word for token in split_tokens(piece) for word in rewrites.get(token, [token.replace("'", "")])]
    return [make_item((name_word(word),), optional) for word in words]


@cache
def make_item(names: tuple[str, ...], optional: bool) -> Element:
    """The step that accepts these names, one object however many patterns and grammars hold it."""
    return Element(Kind.ITEM, names, optional)


def name_word(word: str) -> str:
    """The name under which a literal word is looked up."""
    return f"={word}"


def name_stem(stem: str) -> str:
    """The name under which the beginning of a word is looked up."""
    return f"={stem}*"
