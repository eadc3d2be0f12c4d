"""Turns a message key into the words for one person: the only caller of gettext for patients."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.dates import format_date
from babel.lists import format_list

from messages.catalogue import SAMPLES, get_message
from messages.languages import LOCALES, get_language, number_all, offer_others
from model import Level

# CLDR writes U+202F and U+00A0 into dates; either one turns a GSM-7 text into UCS-2. Its direction marks cost a unit.
UNWANTED = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u200e": None, "\u200f": None})


class CatalogueMissing(RuntimeError):
    """A language folder has no compiled catalogue."""


class Untranslated(NullTranslations):
    """Answers every look-up with nothing, so that a missing translation can be told from an equal one."""

    def pgettext(self, context: str, message: str) -> str:
        """Always the empty text."""
        return ""


def render(key: str, language: str, level: Level, params: Mapping[str, str]) -> str:
    """The text of `key` in our language code, at that level, English where no translation is.

    Raises KeyError for an unknown key or language, ValueError naming each parameter that is missing.
    """
    message = get_message(key)
    missing = [name for name in message.params if name not in params]
    if missing:
        raise ValueError(f"The message {key} needs {', '.join(missing)}")
    words = find_translation(key, language, level) or message.text(level)
    return words.format_map(params).translate(UNWANTED)


def find_translation(key: str, language: str, level: Level) -> str:
    """The translated words before parameters, or the empty text when the language has none."""
    message = get_message(key)
    return load_catalogue(language).pgettext(message.context(level), message.text(level))


def has_translation(key: str, language: str, level: Level) -> bool:
    """Whether `render` will speak this language, rather than fall back to English."""
    return bool(find_translation(key, language, level))


def format_day(day: date, language: str) -> str:
    """A day written out without its weekday, such as `November 30, 2026`.

    Spanish `sábado` alone would cost a text its GSM-7 encoding; no month of English or Spanish does. CLDR knows no
    Hmong and gives Haitian Creole French months: such a language brings its own in its language.toml.
    """
    spoken = get_language(language)
    if spoken.months:
        month = spoken.months[day.month - 1]
        return spoken.day_pattern.format(day=day.day, month=month, year=day.year)
    return format_date(day, "long", locale=spoken.babel).translate(UNWANTED)


def format_choice(names: Sequence[str], language: str) -> str:
    """Names of which one is to be chosen, as the language lists them: "Español, Tagalog, or Soomaali".

    Of CLDR's lists only this kind is there in all our languages; one that lacks it gets commas.
    """
    try:
        return format_list(names, style="or", locale=get_language(language).babel).translate(UNWANTED)
    except (KeyError, ValueError):
        return ", ".join(names)


def fill_samples(key: str, language: str) -> dict[str, str]:
    """Sample parameters for a message, as its callers would write them in that language."""
    samples = {
        **SAMPLES,
        "language_name": get_language(language).name,
        "languages": offer_others(language)[0],
        "choices": number_all(),
    }
    return {name: write_sample(samples[name], language) for name in get_message(key).params}


def write_sample(value: str | date, language: str) -> str:
    """One sample as text; days in the language's own way."""
    return format_day(value, language) if isinstance(value, date) else value


@cache
def load_catalogue(language: str) -> GNUTranslations:
    """The compiled catalogue of one of our languages, read once. Raises KeyError when we do not speak it."""
    return open_catalogue(LOCALES / get_language(language).code / "LC_MESSAGES" / "messages.mo")


def open_catalogue(file: Path) -> GNUTranslations:
    """One .mo whose missing translations are empty texts. Raises CatalogueMissing when it was never compiled."""
    try:
        with file.open("rb") as handle:
            catalogue = GNUTranslations(handle)
    except FileNotFoundError as missing:
        name = "/".join(file.parts[-4:])
        raise CatalogueMissing(f"{name} is missing: run `make setup`, it compiles the texts.") from missing
    catalogue.add_fallback(Untranslated())
    return catalogue
