"""Tells in which scripts a text is written, so that only languages of those scripts are tried."""

import unicodedata
from functools import cache


def list_scripts(text: str) -> frozenset[str]:
    """The scripts of the text's letters, each by the first word of its letters' Unicode names ("LATIN", "CJK")."""
    if text.isascii():
        return frozenset({"LATIN"})
    return frozenset(name_script(letter) for letter in set(text) if letter.isalpha())


@cache
def name_script(letter: str) -> str:
    """The first word of one letter's Unicode name; full-width forms count as Latin."""
    first = unicodedata.name(letter, "NONE").partition(" ")[0]
    return "LATIN" if first == "FULLWIDTH" else first
