"""Finds the word that was meant when it was typed wrongly: long letters, doubled letters, one slip of the finger."""

import re
from collections.abc import Collection, Iterable, Iterator

from rapidfuzz.distance import OSA, Prefix
from rapidfuzz.process import extract

LONG_RUN = re.compile(r"(.)\1{2,}")
PAIR = re.compile(r"(.)\1")
SHORTEST = 5  # below five letters a slip makes another real word too often
TWO_SLIPS = 8


class Speller:
    """The words that are known, filed by first letter and length, so that a look-up compares only a few."""

    def __init__(self, targets: Iterable[str], others: Iterable[Collection[str]] = ()):
        """`targets` are the words that may be meant by others; `others` hold more words that are no slip for one."""
        self.targets = frozenset(targets)
        self.known = (self.targets, *others)
        self.single = {PAIR.sub(r"\1", word): word for word in sorted(self.targets) if len(word) > 2}
        self.filed: dict[tuple[str, int], list[str]] = {}
        for word in self.targets:
            if len(word) >= SHORTEST:
                self.filed.setdefault((word[0], len(word)), []).append(word)

    def find_word(self, token: str) -> str:
        """The known word meant by `token`, or `token` without its long runs when none is near."""
        if self.knows(token):
            return token
        for spelling in (LONG_RUN.sub(r"\1\1", token), LONG_RUN.sub(r"\1", token)):
            if self.knows(spelling) and len(set(spelling)) > 1:
                return spelling
        plain = LONG_RUN.sub(r"\1", token)
        swapped = next((word for word in swap_letters(plain) if word in self.targets), None)
        if swapped and len(plain) < SHORTEST:
            return swapped
        return self.single.get(PAIR.sub(r"\1", plain)) or self.find_near(plain) or plain

    def knows(self, token: str) -> bool:
        """Whether it is a word as it stands."""
        return any(token in words for words in self.known)

    def find_near(self, token: str) -> str | None:
        """The known word at most one slip away (two in a long word), None when there is none."""
        if len(token) < SHORTEST:
            return None
        slips = 2 if len(token) >= TWO_SLIPS else 1
        near = [word for word in self.list_near(token, slips) if is_near(token, word)]
        return min(near, key=lambda word: (*measure(token, word), word), default=None)

    def list_near(self, token: str, slips: int) -> Iterator[str]:
        """The known words of the same first letter that are at most so many slips away."""
        for length in (len(token) - 1, len(token), len(token) + 1):
            filed = self.filed.get((token[0], length), ())
            for word, _, _ in extract(token, filed, scorer=OSA.distance, score_cutoff=slips, limit=None):
                yield word


def swap_letters(word: str) -> Iterator[str]:
    """The word with each pair of neighbouring letters exchanged, for words of three letters or more."""
    for place in range(len(word) - 1 if len(word) > 2 else 0):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def measure(token: str, word: str) -> tuple[int, bool, int]:
    """How far a word is from what was typed: slips first, then whether it only lacks its end, then the shared start."""
    return OSA.distance(token, word), not word.startswith(token), -Prefix.similarity(token, word)


def is_near(token: str, word: str) -> bool:
    """Whether one letter left out of each, or of one, makes both the same: two slips far apart are no slips."""
    return not drop_letters(token).isdisjoint(drop_letters(word))


def drop_letters(word: str) -> set[str]:
    """The word itself and the word without each one of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
