"""Every text Afterkit can send, rendered with sample parameters, as the tests of the words go through them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from messages.catalogue import Message
from messages.check import list_texts
from messages.fitting import render_sample
from messages.languages import LOCALES, list_languages
from messages.render import fill_samples
from model import Level


@dataclass(frozen=True)
class Text:
    """One message in one language at one level, as a person would get it."""

    message: Message
    language: str
    level: Level
    words: str

    @property
    def name(self) -> str:
        """Where to find it: `es howto.first.discreet`."""
        return f"{self.language} {self.message.context(self.level)}"

    @property
    def own_words(self) -> str:
        """The words without the parts that other people write: lists of places."""
        places = fill_samples(self.message.key, self.language).get("resources", "")
        return self.words.replace(places + "\n", "") if places else self.words


@cache
def read_texts() -> tuple[Text, ...]:
    """Every key at every level in every language. Shared words are listed at both levels."""
    return tuple(build_texts())


def build_texts() -> Iterator[Text]:
    for language in list_languages():
        for message in {message.key: message for message, _ in list_texts()}.values():
            for level in Level:
                yield Text(message, language.code, level, render_sample(message.key, language.code, level))


@cache
def read_settings(language: str) -> dict[str, dict[str, list[str]]]:
    """The tables of a language's language.toml."""
    return tomllib.loads((LOCALES / language / "language.toml").read_text(encoding="utf-8"))


def find_words(patterns: list[str], text: str) -> list[str]:
    """The words of a text that a list names; a star stands for any ending."""
    ends = [
        re.escape(pattern.rstrip("*")) + (r"\w*" if pattern.endswith("*") else "") for pattern in patterns
    ]
    # Han and Hangul join their words: there a word is found wherever it stands.
    inside = "" if re.search("[\u3400-\u9fff\uac00-\ud7a3]", "".join(patterns)) else r"\b"
    return re.findall(rf"{inside}(?:{'|'.join(ends)}){inside}", text, re.IGNORECASE) if ends else []
