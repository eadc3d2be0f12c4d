"""What pages say to patients in each language: the how-to's frame, and the script a crew reads aloud."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from messages.languages import DEFAULT, LOCALES, Language, get_language, list_languages


@dataclass(frozen=True, slots=True)
class Script:
    """What is read aloud before somebody says yes. `version` is kept with the consent; `language` is the words' own."""

    version: str
    language: Language
    points: tuple[str, ...]
    question: str
    shared_phone: str


@cache
def read_pages(code: str) -> Mapping[str, Mapping[str, str]] | None:
    """The pages.toml of one of our languages, or None when it has none."""
    file = LOCALES / get_language(code).code / "pages.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def get_script(code: str, programme: str) -> Script:
    """The script in that language, in the name of `programme`; English, for an interpreter, where there is none."""
    pages = read_pages(code)
    if pages is None:
        return get_script(DEFAULT, programme)
    said = pages["script"]
    points = tuple(point.format(programme=programme) for point in said["points"])
    return Script(said["version"], get_language(code), points, said["question"], said["shared_phone"])


def get_howto_frame(code: str) -> Mapping[str, str] | None:
    """The headings around the how-to in that language, or None when it has none."""
    pages = read_pages(code)
    return pages["howto"] if pages else None


def list_paged() -> list[Language]:
    """The languages whose pages are written."""
    return [language for language in list_languages() if read_pages(language.code)]
