"""Reading grade of an English text after Flesch and Kincaid, with signs such as 911 read as one short word."""

import re

# The rules below miscount these; each is the count of syllables a reader says.
SPOKEN = {
    "area": 3,
    "breathe": 1,
    "breathes": 1,
    "naloxone": 3,
    "people": 2,
    "places": 2,
    "sure": 1,
    "used": 1,
}
VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """The US school grade that a text asks of its reader; a line break ends a sentence."""
    sentences = list_sentences(text)
    words = [word for sentence in sentences for word in list_words(sentence)]
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def list_sentences(text: str) -> list[str]:
    """The sentences of a text that have words."""
    return [piece for piece in re.split(r"[.?!]\s|[.?!]$|[。？؟]|\n", text) if list_words(piece)]


def list_words(sentence: str) -> list[str]:
    """The words of a sentence; a telephone number or a numeral is one."""
    return re.findall(r"[\w'’-]+", sentence)


def count_syllables(word: str) -> int:
    """The syllables of an English word; numerals and keywords in capitals are signs, seen at a glance."""
    if "-" in word and word.replace("-", "").isalpha():
        return sum(count_syllables(part) for part in word.split("-"))
    if not word.isalpha() or word.isupper():
        return 1
    word = word.lower()
    if word in SPOKEN:
        return SPOKEN[word]
    groups = len(VOWELS.findall(word))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouysxzcg]es$", word) is not None
    return max(1, groups - silent)
