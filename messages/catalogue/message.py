"""The shape of one catalogue entry: its English words, its note to translators and what it may cost."""

from dataclasses import dataclass, field
from string import Formatter

from model import Level


@dataclass(frozen=True, slots=True)
class Budget:
    """The most segments a text may take with sample parameters, in either encoding (domain-facts C3).

    `spoken` is the most characters of what is only ever said in a call, and costs no segments; 0 for a text.
    """

    gsm7: int = 2
    ucs2: int = 3
    spoken: int = 0

    def describe(self) -> str:
        """The budget in words for a translator."""
        if self.spoken:
            return f"At most {self.spoken} characters, in short sentences for the ear"
        return f"At most {self.gsm7} segments in GSM-7, {self.ucs2} in UCS-2"


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
    def is_spoken(self) -> bool:
        """Whether these words are said in calls alone, and never written."""
        return self.budget.spoken > 0

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
