"""The shape of one catalogue entry: its English words, its note to translators and what it may cost."""

from dataclasses import dataclass, field
from string import Formatter

from model import Level


@dataclass(frozen=True, slots=True)
class Budget:
    """The most segments a text may take with sample parameters, in either encoding (domain-facts C3)."""

    gsm7: int = 2
    ucs2: int = 3


@dataclass(frozen=True, slots=True)
class Message:
    """One thing we say. `discreet` None means that shared phones get the same words.

    `safety` marks an instruction or emergency text: 911 stands in its first 60 characters (domain-facts A5).
    """

    key: str
    explicit: str
    discreet: str | None = None
    note: str = field(kw_only=True)
    safety: bool = field(default=False, kw_only=True)
    budget: Budget = field(default=Budget(), kw_only=True)

    @property
    def params(self) -> tuple[str, ...]:
        """The names in braces, in the order of the explicit text."""
        return tuple(list_params(self.explicit))

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that have words of their own."""
        return (Level.EXPLICIT,) if self.discreet is None else (Level.EXPLICIT, Level.DISCREET)

    def text(self, level: Level) -> str:
        """The English words for a level."""
        if level is Level.DISCREET and self.discreet is not None:
            return self.discreet
        return self.explicit

    def context(self, level: Level) -> str:
        """The gettext context that holds the words for a level."""
        return f"{self.key}.{level if level in self.levels else Level.EXPLICIT}"


def list_params(text: str) -> list[str]:
    """The names in braces of one text, each once, in order. Raises ValueError on an unpaired brace."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return list(dict.fromkeys(names))
