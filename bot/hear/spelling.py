"""Finds the word that was meant when it was typed wrongly: long letters, doubled letters, one slip of the finger."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA, Prefix

LONG_RUN = re.compile(r"(.)\1{2,}")
PAIR = re.compile(r"(.)\1")
SHORTEST = 5  # below five letters a slip makes another real word too often
TWO_SLIPS = 8


class Speller:
    """The words that are known, indexed by every spelling that lacks one letter, so that a look-up is a few steps."""

    def __init__(self, words: Iterable[str], targets: Iterable[str]):
        self.words = frozenset(words)
        self.targets = frozenset(targets)
        self.single = {PAIR.sub(r"\1", word): word for word in sorted(self.targets) if len(word) > 2}
        self.shorter: dict[str, list[str]] = {}
        for word in sorted(self.targets):
            if len(word) >= SHORTEST:
                for key in drop_letters(word):
                    self.shorter.setdefault(key, []).append(word)

    def find_word(self, token: str) -> str:
        """The known word meant by `token`, or `token` without its long runs when none is near."""
        if token in self.words:
            return token
        for spelling in (LONG_RUN.sub(r"\1\1", token), LONG_RUN.sub(r"\1", token)):
            if spelling in self.words and len(set(spelling)) > 1:
                return spelling
        plain = LONG_RUN.sub(r"\1", token)
        swapped = next((word for word in swap_letters(plain) if word in self.targets), None)
        if swapped and len(plain) < SHORTEST:
            return swapped
        return self.single.get(PAIR.sub(r"\1", plain)) or self.find_near(plain) or plain

    def find_near(self, token: str) -> str | None:
        """The known word at most one slip away (two in a long word), None when there is none."""
        if len(token) < SHORTEST:
            return None
        near = {word for key in drop_letters(token) for word in self.shorter.get(key, ())}
        scored = sorted((*measure(token, word), word) for word in near if word[0] == token[0])
        slips = 2 if len(token) >= TWO_SLIPS else 1
        return scored[0][-1] if scored and scored[0][0] <= slips else None


def swap_letters(word: str) -> Iterator[str]:
    """The word with each pair of neighbouring letters exchanged, for words of three letters or more."""
    for place in range(len(word) - 1 if len(word) > 2 else 0):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def measure(token: str, word: str) -> tuple[int, bool, int]:
    """How far a word is from what was typed: slips first, then whether it only lacks its end, then the shared start."""
    return OSA.distance(token, word), not word.startswith(token), -Prefix.similarity(token, word)


def drop_letters(word: str) -> Iterator[str]:
    """The word itself and the word without each one of its letters."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
