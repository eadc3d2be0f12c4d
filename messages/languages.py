"""Which languages Afterkit speaks, read from the folders in locales/, and how other programs spell their codes."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).resolve().parent.parent / "locales"
DEFAULT = "en"

# Babel and BCP-47 disagree on these, and NEMSIS writes three letters (ecosystem.md 6, domain-facts F1).
ALIASES = {
    "eng": "en", "spa": "es", "tl": "fil", "tgl": "fil", "vie": "vi", "ara": "ar", "per": "fa", "fas": "fa",
    "kor": "ko", "rus": "ru", "som": "so", "zh": "zh_Hans", "chi": "zh_Hans", "zh_cn": "zh_Hans",
    "zh_sg": "zh_Hans", "cmn": "zh_Hans", "cmn_hans": "zh_Hans", "cmn_hans_cn": "zh_Hans",
    "zh_hans": "zh_Hans", "zh_hant": "zh_Hant", "zh_tw": "zh_Hant", "zh_hk": "zh_Hant", "yue": "zh_Hant",
    "yue_hk": "zh_Hant", "cmn_hant": "zh_Hant",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """One language folder: its code here, its BCP-47 tag, its own name and its direction of writing.

    `place` is where it stands when languages are listed: the more people of the county speak it, the earlier. `babel`
    is the CLDR locale for its dates; where CLDR has none, or a wrong one, `months` and `day_pattern` are its own.
    """

    code: str
    tag: str
    name: str
    english_name: str
    direction: str
    babel: str
    place: int
    months: tuple[str, ...] = ()
    day_pattern: str = ""


@cache
def list_languages() -> tuple[Language, ...]:
    """Every language that has a folder with a language.toml, in the order in which they are offered."""
    found = [read_language(file) for file in LOCALES.glob("*/language.toml")]
    return tuple(sorted(found, key=lambda language: (language.place, language.code)))


def read_language(file: Path) -> Language:
    """The language.toml of one folder. Raises KeyError when a field is missing."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    dates = data.get("dates", {})
    return Language(
        code=file.parent.name,
        tag=data["tag"],
        name=data["name"],
        english_name=data["english_name"],
        direction=data["direction"],
        babel=data["babel"],
        place=data["place"],
        months=tuple(dates.get("months", ())),
        day_pattern=dates.get("day", ""),
    )


def offer_others(code: str) -> tuple[str, ...]:
    """The own names of all languages but one, in the order in which they are offered."""
    return tuple(language.name for language in list_languages() if language.code != code)


def number_all() -> str:
    """Every language's own name behind the number that chooses it, one a line."""
    return "\n".join(f"{number} {language.name}" for number, language in enumerate(list_languages(), start=1))


@cache
def find_code(tag: str | None) -> str | None:
    """Our code for any spelling of a language (`es-MX`, `zh-TW`, `spa`), or None when we do not speak it."""
    if not tag:
        return None
    known = {language.code.lower(): language.code for language in list_languages()}
    wanted = tag.strip().replace("-", "_").lower()
    while wanted:
        code = ALIASES.get(wanted, wanted).lower()
        if code in known:
            return known[code]
        wanted = wanted.rpartition("_")[0]
    return None


def get_language(code: str) -> Language:
    """The language with our code. Raises KeyError when there is none."""
    return {language.code: language for language in list_languages()}[code]
