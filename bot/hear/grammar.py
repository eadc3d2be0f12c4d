"""Compiles lexicons and rules into one grammar: concepts in layers, each indexed by the word or concept it hangs on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.hear.normalise import split_tokens
from bot.hear.pattern import Element, Kind, read_pattern
from bot.hear.rules import RULES, Rule, list_rules
from bot.hear.spelling import Speller
from messages.lexicons import Lexicon

SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say a concept: its elements, and the sets of names of which the text must hold one each."""

    concept: str
    elements: tuple[Element, ...]
    needs: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Layer:
    """Concepts that depend on lower layers only: their patterns by anchor, and what takes their spans away."""

    anchored: dict[str, list[Pattern]] = field(default_factory=dict)
    exceptions: dict[str, list[Pattern]] = field(default_factory=dict)


@dataclass(slots=True)
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
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)


Book = dict[str, list[tuple[Element, ...]]]


def compile_grammar(lexicons: tuple[Lexicon, ...]) -> Grammar:
    """One grammar for languages that are read together. Raises ValueError when concepts run in a circle."""
    rewrites = {token: words for lexicon in lexicons for token, words in read_rewrites(lexicon)}
    rules = list_rules(lexicons)
    sources = [
        (RULES["concepts"], RULES["exceptions"]),
        *((one.concepts, one.exceptions) for one in lexicons),
    ]
    concepts, exceptions = gather(sources, rewrites)
    add_rules(rules, concepts, exceptions, rewrites)
    words, stems = index_words(concepts, exceptions)
    vocabularies = {one.code: list_vocabulary(one, rewrites) for one in lexicons}
    known = frozenset().union(words, rewrites, *vocabularies.values())
    return Grammar(
        codes=tuple(one.code for one in lexicons),
        prefixes=tuple(prefix for one in lexicons for prefix in one.prefixes),
        rewrites=rewrites,
        names=words,
        stems=stems,
        layers=build_layers(concepts, exceptions),
        rules=rules,
        speller=Speller(known, frozenset(words) | frozenset(rewrites)),
        vocabularies=vocabularies,
    )


def read_rewrites(lexicon: Lexicon) -> Iterator[tuple[str, list[str]]]:
    """Each other spelling with its words, both with and without the apostrophe."""
    for written, meant in lexicon.rewrites.items():
        for token in split_tokens(written)[:1]:
            yield token, meant.split()
            yield token.replace("'", ""), meant.split()


def gather(
    sources: list[tuple[Mapping[str, list[str]], Mapping[str, list[str]]]], rewrites: dict[str, list[str]]
) -> tuple[Book, Book]:
    """The concepts and the exceptions of all sources, read and joined by name."""
    concepts: Book = {}
    exceptions: Book = {}
    for said, unsaid in sources:
        add_patterns(concepts, said, rewrites)
        add_patterns(exceptions, unsaid, rewrites)
    return concepts, exceptions


def add_patterns(book: Book, written: Mapping[str, Iterable[str]], rewrites: dict[str, list[str]]) -> None:
    """Read the written patterns of each concept into the book."""
    for name, texts in written.items():
        book.setdefault(name, []).extend(read_pattern(text, rewrites) for text in texts)


def add_rules(
    rules: tuple[Rule, ...], concepts: Book, exceptions: Book, rewrites: dict[str, list[str]]
) -> None:
    """A rule is a concept too: what it is said by, what takes it away, what must or must not stand beside it."""
    for rule in rules:
        add_patterns(concepts, {rule.name: rule.when, rule.unless_name: rule.unless}, rewrites)
        add_patterns(exceptions, {rule.name: rule.exceptions}, rewrites)
        for name, text in zip(rule.beside_names, rule.beside, strict=True):
            add_patterns(concepts, {name: [text]}, rewrites)


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


def list_all(concepts: Book, exceptions: Book) -> Iterator[tuple[Element, ...]]:
    """Every pattern of both books."""
    for book in (concepts, exceptions):
        for patterns in book.values():
            yield from patterns


def is_one_word(elements: tuple[Element, ...]) -> bool:
    """Whether a pattern is a single word or stem, so that no matching is needed."""
    return len(elements) == 1 and elements[0].names[0].startswith("=")


def list_literals(elements: tuple[Element, ...]) -> Iterator[str]:
    """The words and stems that a pattern spells out."""
    for element in elements:
        yield from (name for name in element.names if name.startswith("="))


def list_vocabulary(lexicon: Lexicon, rewrites: dict[str, list[str]]) -> frozenset[str]:
    """Every whole word that one language's lexicon holds; by it a text's language is recognised."""
    book: Book = {}
    add_patterns(book, lexicon.concepts, rewrites)
    add_patterns(book, {"": [text for texts in lexicon.exceptions.values() for text in texts]}, rewrites)
    spelt = {name[1:] for patterns in book.values() for one in patterns for name in list_literals(one)}
    return frozenset(spelt | lexicon.ordinary | {token for token, _ in read_rewrites(lexicon)})


def build_layers(concepts: Book, exceptions: Book) -> list[Layer]:
    """The concepts ordered so that each is found after all it is made of."""
    depths: dict[str, int] = {}
    for name in concepts:
        measure_depth(name, concepts, exceptions, depths, ())
    layers = [Layer() for _ in range(max(depths.values()) + 1)]
    for name, depth in depths.items():
        for elements in concepts[name]:
            if not is_one_word(elements):
                hang(layers[depth].anchored, Pattern(name, elements, list_needs(elements, depths)))
        layers[depth].exceptions[name] = [
            Pattern(name, one, list_needs(one, depths)) for one in exceptions.get(name, [])
        ]
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


def list_needs(elements: tuple[Element, ...], depths: dict[str, int]) -> tuple[tuple[str, ...], ...]:
    """What a text must hold before matching is worth while, the rarest first: long words, then composed concepts."""
    needed = {one.names for one in elements if one.kind is Kind.ITEM and not one.optional}
    return tuple(
        sorted(needed, key=lambda names: (names[0].startswith("="), weigh(names, depths)), reverse=True)
    )


def hang(anchored: dict[str, list[Pattern]], pattern: Pattern) -> None:
    """File a pattern under its rarest part."""
    for name in pattern.needs[0]:
        anchored.setdefault(name, []).append(pattern)


def weigh(names: tuple[str, ...], depths: dict[str, int]) -> tuple[int, int]:
    """How rare a part of a pattern is, roughly: long words and composed concepts are."""
    if names[0].startswith("="):
        return len(names[0]), 0
    return min(depths.get(name, 0) for name in names), -len(names)


def find_names(grammar: Grammar, word: str) -> tuple[str, ...]:
    """Everything one word is a name for; remembered, since people use few words."""
    if word not in grammar.seen:
        if len(grammar.seen) > 50_000:
            grammar.seen.clear()
        grammar.seen[word] = tuple(dict.fromkeys(look_up(grammar, word)))
    return grammar.seen[word]


def look_up(grammar: Grammar, word: str) -> Iterator[str]:
    """The names of a word, of its beginnings, and of what is left when a joined prefix is taken off."""
    yield from grammar.names.get(word, ())
    for end in range(SHORTEST_STEM, len(word) + 1):
        yield from grammar.stems.get(word[:end], ())
    for prefix in grammar.prefixes:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            yield from look_up(grammar, word[len(prefix) :])


def list_words(grammar: Grammar, token: str) -> list[str]:
    """The words one token stands for: contractions opened, slips of the finger undone."""
    for written in (token, token.replace("'", "")):
        if written in grammar.rewrites:
            return grammar.rewrites[written]
    plain = token.replace("'", "")
    if any(not name.startswith("=") for name in find_names(grammar, plain)):
        return [plain]
    meant = grammar.speller.find_word(plain)
    return grammar.rewrites.get(meant, [meant])
