"""The rules common to all languages, read from rules.toml, and each language's own; the order is the precedence."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from messages.lexicons import Lexicon
from model import Intent

RULES: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))
ORDER = {intent: place for place, intent in enumerate(Intent)}
SPOKEN = "@language"  # as a rule's topic: the language the text is in
NAMED = "@named"  # as a rule's topic: the language the text names by a concept `lang_<code>`


@dataclass(frozen=True, slots=True)
class Rule:
    """One combination of concepts that means an intent. `late` rules are tried after all others have failed."""

    name: str
    intent: Intent
    confidence: float
    when: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    topic: str | None = None
    late: bool = False

    @property
    def unless_name(self) -> str:
        """The concept that says what must not be in the text."""
        return f"{self.name}/unless"

    @property
    def beside_names(self) -> tuple[str, ...]:
        """The concepts that say what must also be in the text."""
        return tuple(f"{self.name}/beside/{place}" for place in range(len(self.beside)))


def list_rules(lexicons: tuple[Lexicon, ...]) -> tuple[Rule, ...]:
    """The common rules and those of the languages, in order of precedence: first match wins."""
    written = [*RULES["rules"], *(rule for lexicon in lexicons for rule in lexicon.rules)]
    rules = [read_rule(rule) for rule in written]
    return tuple(sorted(rules, key=lambda rule: (rule.late, ORDER[rule.intent])))


def read_rule(data: Mapping[str, Any]) -> Rule:
    """One rule as written. Raises KeyError without name or patterns, ValueError for an intent that does not exist."""
    return Rule(
        name=data["name"],
        intent=Intent(data["name"].partition(".")[0]),
        confidence=data.get("confidence", 0.9),
        when=tuple(data["when"]),
        exceptions=tuple(data.get("except", [])),
        beside=tuple(data.get("with", [])),
        unless=tuple(data.get("unless", [])),
        contexts=tuple(data.get("context", [])),
        topic=data.get("topic"),
        late=data.get("late", False),
    )
