"""Reads one text with one grammar: which concepts it holds, and where."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.hear.grammar import Grammar, Layer, Pattern, find_names, list_words
from bot.hear.normalise import ASKS, BREAK
from bot.hear.pattern import Element, Kind

Spans = dict[int, set[int]]


@dataclass(slots=True)
class Reading:
    """The words of a text and the spans of each concept found in it: start -> ends."""

    words: list[str]
    spans: dict[str, Spans]
    light: list[bool]
    opens: int
    closes: int


def read_text(grammar: Grammar, tokens: list[str]) -> Reading:
    """All concepts of the grammar that the tokens hold, built up layer by layer."""
    words = [word for token in tokens for word in list_words(grammar, token)]
    reading = lay_words(grammar, words)
    for layer in grammar.layers:
        add_layer(reading, layer)
    return reading


def lay_words(grammar: Grammar, words: list[str]) -> Reading:
    """The reading that holds the single words only."""
    spans: dict[str, Spans] = {}
    light, filler = [], []
    for place, word in enumerate(words):
        names = find_names(grammar, word)
        for name in names:
            spans.setdefault(name, {}).setdefault(place, set()).add(place + 1)
        light.append("light" in names)
        filler.append("filler" in names or is_mark(word, names))
    opens = next((place for place, empty in enumerate(filler) if not empty), len(words))
    closes = len(words) - next(
        (place for place, empty in enumerate(reversed(filler)) if not empty), len(words)
    )
    return Reading(words, spans, light, opens, closes)


def is_mark(word: str, names: tuple[str, ...]) -> bool:
    """Whether a token says nothing at the edge of a text: a pause, or a picture without a meaning of its own."""
    return word in (BREAK, ASKS) or (not names and not word[0].isalnum())


def add_layer(reading: Reading, layer: Layer) -> None:
    """Find the concepts of one layer, then take away what their exceptions cover."""
    spans = reading.spans
    for pattern in [one for name in list(spans) for one in layer.anchored.get(name, ())]:
        for start, end in list_matches(reading, pattern):
            spans.setdefault(pattern.concept, {}).setdefault(start, set()).add(end)
    for concept, patterns in layer.exceptions.items():
        if patterns and concept in spans:
            covers = [cover for pattern in patterns for cover in list_matches(reading, pattern)]
            drop_covered(spans, concept, covers)


def drop_covered(spans: dict[str, Spans], concept: str, covers: list[tuple[int, int]]) -> None:
    """Take away the spans of a concept that lie inside one of the covers."""
    for first, last in covers:
        for start in [start for start in spans[concept] if first <= start]:
            spans[concept][start] = {end for end in spans[concept][start] if end > last}
            if not spans[concept][start]:
                del spans[concept][start]
    if not spans[concept]:
        del spans[concept]


def list_matches(reading: Reading, pattern: Pattern) -> list[tuple[int, int]]:
    """Every stretch of the text that a pattern fits, as (start, end)."""
    if not has_needs(reading.spans, pattern.needs):
        return []
    return [
        (start, end)
        for start in list_starts(reading, pattern.elements[0])
        for end in set(follow(reading, pattern.elements, 0, start))
    ]


def has_needs(spans: dict[str, Spans], needs: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the text holds one name of every set; most sets are of one name."""
    return all(names[0] in spans or any(name in spans for name in names[1:]) for names in needs)


def list_starts(reading: Reading, first: Element) -> list[int]:
    """Where a pattern with this first element can begin."""
    if first.kind is Kind.START:
        return list(range(reading.opens + 1))
    if first.kind is Kind.ITEM and not first.optional:
        return sorted({start for name in first.names for start in reading.spans.get(name, ())})
    return list(range(len(reading.words)))


def follow(reading: Reading, elements: tuple[Element, ...], step: int, place: int) -> Iterator[int]:
    """Every place at which the elements from `step` on can end when they begin at `place`."""
    if step == len(elements):
        yield place
        return
    for end in list_ends(reading, elements[step], place):
        yield from follow(reading, elements, step + 1, end)


def list_ends(reading: Reading, element: Element, place: int) -> Iterator[int]:
    """Every place at which one element can end when it begins at `place`."""
    if element.kind is Kind.ITEM:
        if element.optional:
            yield place
        for name in element.names:
            if name in reading.spans:
                yield from reading.spans[name].get(place, ())
    elif element.kind is Kind.GAP:
        yield from list_gap_ends(reading, element, place)
    elif place <= reading.opens if element.kind is Kind.START else place >= reading.closes:
        yield place


def list_gap_ends(reading: Reading, gap: Element, place: int) -> Iterator[int]:
    """Every place a gap can reach: not over a pause unless it goes across, over light words only if it is light."""
    last = min(len(reading.words), place + gap.reach)
    yield place
    while place < last:
        if not gap.across and reading.words[place] in (BREAK, ASKS):
            return
        if gap.light and not reading.light[place]:
            return
        place += 1
        yield place
