"""Compiles lexicons and rules into one grammar: concepts in layers, each indexed by the words or concepts it needs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.hear.normalise import split_tokens
from bot.hear.pattern import Element, Kind, PatternReader
from bot.hear.rules import RULES, Rule, list_rules
from bot.hear.spelling import Speller
from messages.lexicons import Lexicon

Elements = tuple[Element, ...]
Book = dict[str, list[Elements]]
# Patterns by a name that a text must hold; each with another such name, and with its concept.
Shelves = dict[str, list[tuple[str, str, Elements]]]


@dataclass(slots=True)
class Layer:
    """Concepts that depend on lower layers only: their patterns, and by concept the patterns that take spans away."""

    patterns: Shelves = field(default_factory=dict)
    exceptions: dict[str, Shelves] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Grammar:
    """All that is needed to read a text in one group of languages."""

    codes: tuple[str, ...]
    prefixes: tuple[str, ...]
    rewrites: dict[str, list[str]]
    names: dict[str, tuple[str, ...]]
    stems: dict[str, tuple[str, ...]]
    layers: list[Layer]
    rules: tuple[Rule, ...]
    speller: Speller
    vocabularies: dict[str, frozenset[str]]


def compile_grammar(lexicons: tuple[Lexicon, ...]) -> Grammar:
    """One grammar for languages that are read together. Raises ValueError when concepts run in a circle."""
    rewrites = {token: words for lexicon in lexicons for token, words in read_rewrites(lexicon)}
    reader = PatternReader(rewrites)
    rules = list_rules(lexicons)
    sources = [
        (RULES["concepts"], RULES["exceptions"]),
        *((one.concepts, one.exceptions) for one in lexicons),
    ]
    concepts, exceptions = gather(sources, reader)
    add_rules(rules, concepts, exceptions, reader)
    words, stems = index_words(concepts, exceptions)
    vocabularies = {one.code: list_vocabulary(one, reader) for one in lexicons}
    return Grammar(
        codes=tuple(one.code for one in lexicons),
        prefixes=tuple(prefix for one in lexicons for prefix in one.prefixes),
        rewrites=rewrites,
        names=words,
        stems=stems,
        layers=build_layers(concepts, exceptions),
        rules=rules,
        speller=Speller(frozenset(words) | frozenset(rewrites), vocabularies.values()),
        vocabularies=vocabularies,
    )


def read_rewrites(lexicon: Lexicon) -> Iterator[tuple[str, list[str]]]:
    """Each other spelling with its words, both with and without the apostrophe."""
    for written, meant in lexicon.rewrites.items():
        for token in split_tokens(written)[:1]:
            yield token, meant.split()
            yield token.replace("'", ""), meant.split()


def gather(
    sources: list[tuple[Mapping[str, list[str]], Mapping[str, list[str]]]], reader: PatternReader
) -> tuple[Book, Book]:
    """The concepts and the exceptions of all sources, read and joined by name."""
    concepts: Book = {}
    exceptions: Book = {}
    for said, unsaid in sources:
        add_patterns(concepts, said, reader)
        add_patterns(exceptions, unsaid, reader)
    return concepts, exceptions


def add_patterns(book: Book, written: Mapping[str, Iterable[str]], reader: PatternReader) -> None:
    """Read the written patterns of each concept into the book."""
    for name, texts in written.items():
        book.setdefault(name, []).extend(reader.read(text) for text in texts)


def add_rules(rules: tuple[Rule, ...], concepts: Book, exceptions: Book, reader: PatternReader) -> None:
    """A rule is a concept too: what it is said by, what takes it away, what must or must not stand beside it."""
    for rule in rules:
        add_patterns(concepts, {rule.name: rule.when, rule.unless_name: rule.unless}, reader)
        add_patterns(exceptions, {rule.name: rule.exceptions}, reader)
        for name, text in zip(rule.beside_names, rule.beside, strict=True):
            add_patterns(concepts, {name: [text]}, reader)


def index_words(
    concepts: Book, exceptions: Book
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """What each word, and each beginning of a word, is a name for: itself and every concept it says alone."""
    found: dict[str, list[str]] = {}
    for name, patterns in concepts.items():
        for elements in patterns:
            if is_one_word(elements):
                found.setdefault(elements[0].names[0], []).append(name)
    for elements in list_all(concepts, exceptions):
        for name in list_literals(elements):
            found.setdefault(name, []).append(name)
    unique = {name: tuple(dict.fromkeys(names)) for name, names in found.items()}
    words = {name[1:]: names for name, names in unique.items() if not name.endswith("*")}
    return words, {name[1:-1]: names for name, names in unique.items() if name.endswith("*")}


def list_all(concepts: Book, exceptions: Book) -> Iterator[Elements]:
    """Every pattern of both books."""
    for book in (concepts, exceptions):
        for patterns in book.values():
            yield from patterns


def is_one_word(elements: Elements) -> bool:
    """Whether a pattern is a single word or stem, so that no matching is needed."""
    return len(elements) == 1 and elements[0].names[0].startswith("=")


def list_literals(elements: Elements) -> Iterator[str]:
    """The words and stems that a pattern spells out."""
    for element in elements:
        yield from (name for name in element.names if name.startswith("="))


def list_vocabulary(lexicon: Lexicon, reader: PatternReader) -> frozenset[str]:
    """Every whole word that one language's lexicon holds; by it a text's language is recognised."""
    book: Book = {}
    add_patterns(book, lexicon.concepts, reader)
    add_patterns(book, {"": [text for texts in lexicon.exceptions.values() for text in texts]}, reader)
    spelt = {name[1:] for patterns in book.values() for one in patterns for name in list_literals(one)}
    return frozenset(spelt | lexicon.ordinary | {token for token, _ in read_rewrites(lexicon)})


def build_layers(concepts: Book, exceptions: Book) -> list[Layer]:
    """The concepts ordered so that each is found after all it is made of."""
    depths: dict[str, int] = {}
    for name in concepts:
        measure_depth(name, concepts, exceptions, depths, ())
    rarities = rate_names(concepts, exceptions, depths)
    layers = [Layer() for _ in range(max(depths.values()) + 1)]
    for name, depth in depths.items():
        for elements in concepts[name]:
            if not is_one_word(elements):
                hang(layers[depth].patterns, name, elements, list_needs(elements, rarities))
        for elements in exceptions.get(name, ()):
            needs = [names for names in list_needs(elements, rarities) if name not in names]
            hang(layers[depth].exceptions.setdefault(name, {}), name, elements, needs or [(name,)])
    return layers


def measure_depth(
    name: str, concepts: Book, exceptions: Book, depths: dict[str, int], path: tuple[str, ...]
) -> int:
    """How many layers of concepts lie below this one. Raises ValueError when it is made of itself."""
    if name in depths:
        return depths[name]
    if name in path:
        raise ValueError(f"Concepts run in a circle: {' > '.join((*path, name))}")
    parts = {part for one in concepts[name] for element in one for part in element.names}
    parts |= {part for one in exceptions.get(name, []) for element in one for part in element.names} - {name}
    below = [
        measure_depth(part, concepts, exceptions, depths, (*path, name)) for part in parts if part in concepts
    ]
    depths[name] = 1 + max(below, default=-1)
    return depths[name]


def rate_names(concepts: Book, exceptions: Book, depths: dict[str, int]) -> dict[str, tuple[bool, int]]:
    """How rare each part of a pattern is, roughly: words more than concepts, and those most that few patterns hold."""
    counts = Counter(
        name for elements in list_all(concepts, exceptions) for element in elements for name in element.names
    )
    return {
        name: (True, -count) if name.startswith("=") else (False, depths.get(name, 0))
        for name, count in counts.items()
    }


def list_needs(elements: Elements, rarities: dict[str, tuple[bool, int]]) -> list[tuple[str, ...]]:
    """The sets of names of which a text must hold one each, the rarest first."""
    needed = {one.names: None for one in elements if one.kind is Kind.ITEM and not one.optional}
    return sorted(
        needed, key=lambda names: (min(rarities[name] for name in names), -len(names)), reverse=True
    )


def hang(shelves: Shelves, concept: str, elements: Elements, needs: list[tuple[str, ...]]) -> None:
    """File a pattern of a concept under its rarest part, with the next rarest."""
    for name in needs[0]:
        other = next((names[0] for names in needs[1:] if len(names) == 1), name)
        shelves.setdefault(name, []).append((other, concept, elements))
