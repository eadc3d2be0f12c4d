"""Hearing: what a person meant by a text, in any language that has a lexicon."""

from bot.hear.understand import hear, read_grammars

__all__ = ["hear", "read_grammars"]
