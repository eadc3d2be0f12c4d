"""What a text costs: its encoding and its segments, counted as Twilio's own calculator counts them."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages.graphemes import split_graphemes

# 3GPP TS 23.038: the basic set takes one septet a character, the extension set an escape and one more.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")

SEGMENT_BITS = 1120  # 140 octets
HEADER_BITS = 48  # each part of a text of more than one segment opens with 6 octets
SEPTET, UNIT = 7, 16


@dataclass(frozen=True, slots=True)
class Segments:
    """The cost of one text. `units` are septets or UTF-16 units; `costly` are the characters that force UCS-2."""

    encoding: str
    segments: int
    units: int
    costly: tuple[str, ...]


def count_segments(text: str) -> Segments:
    """What sending `text` costs. An empty text is one segment."""
    pieces = split_graphemes(text)
    septets = {piece: count_septets(piece) for piece in dict.fromkeys(pieces)}
    costly = tuple(piece for piece, size in septets.items() if size is None)
    if costly:
        units = {piece: count_units(piece) for piece in septets}
        return add_up("UCS-2", UNIT, [units[piece] for piece in pieces], costly)
    return add_up("GSM-7", SEPTET, [septets[piece] or 0 for piece in pieces], ())


def add_up(encoding: str, bits: int, sizes: Sequence[int], costly: tuple[str, ...]) -> Segments:
    """The cost of pieces that take so many units of so many bits each."""
    units = sum(sizes)
    alone = units * bits <= SEGMENT_BITS
    parts = 1 if alone else count_parts([bits * size for size in sizes])
    return Segments(encoding, parts, units, costly)


def count_septets(piece: str) -> int | None:
    """The septets of one character, or None when GSM-7 does not have it."""
    if piece in BASIC:
        return 1
    return 2 if piece in EXTENSION else None


def count_units(piece: str) -> int:
    """The UTF-16 units of a piece of text."""
    return len(piece.encode("utf-16-le", "surrogatepass")) // 2


def count_parts(sizes: Sequence[int]) -> int:
    """How many segments hold pieces of these sizes in bits, when no piece may be split."""
    parts, used = 1, 0
    first: list[int] = []
    for size in sizes:
        if used + size > SEGMENT_BITS:
            used = HEADER_BITS + (count_spilled(first) if parts == 1 else 0)
            parts += 1
        used += size
        if parts == 1:
            first.append(size)
    return parts


def count_spilled(first: Sequence[int]) -> int:
    """The bits that a full first segment hands to the second, once it must open with a header itself."""
    kept, spilled = sum(first), 0
    for size in reversed(first):
        if kept <= SEGMENT_BITS - HEADER_BITS:
            break
        kept, spilled = kept - size, spilled + size
    return spilled
