"""Reads one text with one grammar: which concepts it holds, and where.

The places where something begins are the bits of a number: bit 3 is before the fourth word. So one operation takes a
step of a pattern from all the places where the pattern may have begun.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.hear.grammar import Elements, Grammar, Layer, Shelves
from bot.hear.normalise import ASKS, BREAK
from bot.hear.pattern import Element, Kind
from bot.hear.words import Word, read_words

Spans = dict[int, int]
PAUSES = (BREAK, ASKS)
NOWHERE: Spans = {}


@dataclass(slots=True)
class Reading:
    """The words of a text and the spans of each concept found in it: length -> the places where one begins.

    `joined` are the places of words that are no pause, `light` those of light words among them.
    """

    words: list[str]
    spans: dict[str, Spans]
    joined: int
    light: int
    opens: int
    closes: int


def read_text(grammar: Grammar, tokens: list[str]) -> Reading:
    """All concepts of the grammar that the tokens hold, built up layer by layer."""
    reading = lay_words(read_words(grammar, tokens))
    for layer in grammar.layers:
        add_layer(reading, layer)
    return reading


def lay_words(words: list[Word]) -> Reading:
    """The reading that holds the single words only."""
    spans: dict[str, Spans] = {}
    joined, bit = 0, 1
    for word, names in words:
        for name in names:
            if name in spans:
                spans[name][1] |= bit
            else:
                spans[name] = {1: bit}
        if word not in PAUSES:
            joined |= bit
        bit <<= 1
    light = spans.get("light", NOWHERE).get(1, 0) & joined
    said = [place for place, word in enumerate(words) if not is_empty(*word)]
    opens, closes = (said[0], said[-1] + 1) if said else (len(words), 0)
    return Reading([word for word, _ in words], spans, joined, light, opens, closes)


def is_empty(word: str, names: tuple[str, ...]) -> bool:
    """Whether a token says nothing at the edge of a text: a pause, a filler, or a picture without a meaning."""
    return word in PAUSES or "filler" in names or (not names and not word[0].isalnum())


def add_layer(reading: Reading, layer: Layer) -> None:
    """Find the concepts of one layer, then take away what their exceptions cover."""
    spans = reading.spans
    for concept, elements in list_candidates(
        spans, layer.patterns, filter(layer.patterns.__contains__, spans)
    ):
        found = match(reading, elements)
        if found:
            add_spans(spans.setdefault(concept, {}), found)
    for concept in layer.exceptions.keys() & spans.keys():
        covers: Spans = {}
        shelves = layer.exceptions[concept]
        for _, elements in list_candidates(spans, shelves, shelves.keys() & spans.keys()):
            add_spans(covers, match(reading, elements))
        drop_covered(spans, concept, covers)


def list_candidates(
    spans: dict[str, Spans], shelves: Shelves, names: Iterable[str]
) -> list[tuple[str, Elements]]:
    """The patterns that hang on these names and could fit, each with its concept."""
    return [
        (concept, elements) for name in names for other, concept, elements in shelves[name] if other in spans
    ]


def add_spans(spans: Spans, found: Spans) -> None:
    """Add the spans that were found to others."""
    for length, starts in found.items():
        spans[length] = spans.get(length, 0) | starts


def drop_covered(spans: dict[str, Spans], concept: str, covers: Spans) -> None:
    """Take away the spans of a concept that lie inside one of the covers."""
    kept = spans[concept]
    for reach, firsts in covers.items():
        for length in kept:
            if length <= reach:
                kept[length] &= ~widen(firsts, reach - length)
    if not any(kept.values()):
        del spans[concept]


def widen(places: int, steps: int) -> int:
    """The places, and as many after each of them as there are steps."""
    done = 0
    while done < steps:
        more = min(done + 1, steps - done)
        places |= places << more
        done += more
    return places


def match(reading: Reading, elements: Elements) -> Spans:
    """Every stretch of the text that a pattern fits."""
    first = elements[0]
    if len(first.names) == 1 and not first.optional:
        found = reading.spans.get(first.names[0], NOWHERE)
    else:
        found = go_on(reading, first, begin(reading, first))
    for element in elements[1:]:
        if not found:
            break
        found = go_on(reading, element, found)
    return found


def begin(reading: Reading, first: Element) -> Spans:
    """The empty stretches from which a pattern with this first element can start."""
    return {0: (2 << reading.opens) - 1 if first.kind is Kind.START else (1 << len(reading.words)) - 1}


def go_on(reading: Reading, element: Element, found: Spans) -> Spans:
    """The stretches, each with what the next element fits: a word or concept, a gap, or an edge of the text."""
    if element.kind is Kind.GAP:
        return add_gap(reading, element, found)
    if element.kind is not Kind.ITEM:
        return keep_edge(reading, element, found)
    longer = dict(found) if element.optional else {}
    for name in element.names:
        for more, places in reading.spans.get(name, NOWHERE).items():
            for length, starts in found.items():
                starts &= places >> length
                if starts:
                    longer[length + more] = longer.get(length + more, 0) | starts
    return longer


def add_gap(reading: Reading, gap: Element, found: Spans) -> Spans:
    """The stretches with what a gap can reach: not over a pause unless it goes across, light words only if light."""
    free = reading.light if gap.light else reading.joined
    if gap.across:
        free = (1 << len(reading.words)) - 1
    longer: Spans = {}
    for length, starts in found.items():
        end = length + gap.reach
        while starts:
            longer[length] = longer.get(length, 0) | starts
            starts = starts & free >> length if length < end else 0
            length += 1
    return longer


def keep_edge(reading: Reading, edge: Element, found: Spans) -> Spans:
    """The stretches that end where the text opens, or where it closes."""
    places = (2 << reading.opens) - 1 if edge.kind is Kind.START else -1 << reading.closes
    kept = {length: starts & places >> length for length, starts in found.items()}
    return {length: starts for length, starts in kept.items() if starts}
