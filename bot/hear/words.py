"""What one token of a text stands for: its words as they were meant, and everything each word is a name for."""

from collections.abc import Iterator
from functools import lru_cache

from bot.hear.grammar import Grammar

SHORTEST_STEM = 2
MOST = 8192  # words remembered: people use few, and a word tells nobody who wrote it

Word = tuple[str, tuple[str, ...]]


def read_words(grammar: Grammar, tokens: list[str]) -> list[Word]:
    """The words that a text's tokens stand for, each with its names."""
    return [word for token in tokens for word in get_words(grammar, token)]


def get_words(grammar: Grammar, token: str) -> tuple[Word, ...]:
    """The words of one token with their names; a long number may be somebody's and is not remembered."""
    return name_words(grammar, token) if is_number(token) else recall_words(grammar, token)


def is_number(word: str) -> bool:
    """Whether a word is a number of more than three digits."""
    return len(word) > 3 and word.isdecimal()


@lru_cache(MOST)
def recall_words(grammar: Grammar, token: str) -> tuple[Word, ...]:
    """The words of one token with their names, remembered."""
    return name_words(grammar, token)


def name_words(grammar: Grammar, token: str) -> tuple[Word, ...]:
    """The words of one token with their names."""
    return tuple((word, find_names(grammar, word)) for word in list_words(grammar, token))


def list_words(grammar: Grammar, token: str) -> list[str]:
    """The words one token stands for: contractions opened, slips of the finger undone."""
    plain = token.replace("'", "")
    for written in (token, plain):
        if written in grammar.rewrites:
            return grammar.rewrites[written]
    if any(not name.startswith("=") for name in find_names(grammar, plain)):
        return [plain]
    meant = grammar.speller.find_word(plain)
    return grammar.rewrites.get(meant, [meant])


def find_names(grammar: Grammar, word: str) -> tuple[str, ...]:
    """Everything one word is a name for."""
    return tuple(dict.fromkeys(look_up(grammar, word)))


def look_up(grammar: Grammar, word: str) -> Iterator[str]:
    """The names of a word, of its beginnings, and of what is left when a joined prefix is taken off."""
    yield from grammar.names.get(word, ())
    for end in range(SHORTEST_STEM, len(word) + 1):
        yield from grammar.stems.get(word[:end], ())
    for prefix in grammar.prefixes:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            yield from look_up(grammar, word[len(prefix) :])
