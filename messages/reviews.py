"""Who signed a language's words off: nothing counts as reviewed until a person's name and a day stand beside it."""

import tomllib
from dataclasses import dataclass

from messages.languages import LOCALES, get_language


@dataclass(frozen=True, slots=True)
class Review:
    """The review record of one language: `status` is draft or approved; `by` and `on` are empty for a draft."""

    status: str
    by: str
    on: str


def get_review(language: str) -> Review:
    """The record in the language's language.toml. Raises KeyError for an unknown language."""
    file = LOCALES / get_language(language).code / "language.toml"
    record = tomllib.loads(file.read_text(encoding="utf-8"))["review"]
    return Review(status=record["status"], by=record["by"], on=record["on"])
