"""What people write back, one lexicon a language, read from locales/<code>/hears.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from messages.languages import LOCALES


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words: concepts and their exceptions as patterns, other spellings, and its own rules.

    `mixed` languages are read together, because people mix them within a sentence; the others are read one
    by one. `scripts` are the first words of Unicode letter names ("LATIN"); `prefixes` are written joined to
    a word and may be taken off. `ordinary` are words that are no slip for one of ours. `whole` are texts of a word or
    two whose meaning is in their accents, each with a text of the same meaning that can do without.
    """

    code: str
    mixed: bool
    scripts: tuple[str, ...]
    prefixes: tuple[str, ...]
    rewrites: Mapping[str, str]
    concepts: Mapping[str, list[str]]
    exceptions: Mapping[str, list[str]]
    ordinary: frozenset[str]
    rules: tuple[Mapping[str, Any], ...]
    whole: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """What tells whether a lexicon need be opened: see Lexicon."""

    code: str
    mixed: bool
    scripts: tuple[str, ...]
    whole: Mapping[str, str]


@cache
def list_heads() -> tuple[Head, ...]:
    """The heads of all lexicons, by code: whole lexicons are megabytes, and nobody needs all of them at once."""
    lexicons = map(get_lexicon, list_codes())
    return tuple(Head(one.code, one.mixed, one.scripts, one.whole) for one in lexicons)


def list_codes() -> list[str]:
    """Every language that has a hears.toml."""
    return sorted(file.parent.name for file in LOCALES.glob("*/hears.toml"))


@lru_cache(1)  # it is read for one purpose after the other, and then no more
def get_lexicon(code: str) -> Lexicon:
    """The lexicon of a language. Raises FileNotFoundError when it has none."""
    return read_lexicon(LOCALES / code / "hears.toml")


def read_lexicon(file: Path) -> Lexicon:
    """The lexicon in one file. Raises KeyError when it has no concepts, tomllib.TOMLDecodeError when unreadable."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Lexicon(
        code=file.parent.name,
        mixed=data.get("mixed", False),
        scripts=tuple(data.get("scripts", ["LATIN"])),
        prefixes=tuple(data.get("prefixes", [])),
        rewrites=data.get("rewrites", {}),
        concepts=data["concepts"],
        exceptions=data.get("exceptions", {}),
        ordinary=frozenset(data.get("ordinary", "").split()),
        rules=tuple(data.get("rules", [])),
        whole=data.get("whole", {}),
    )
