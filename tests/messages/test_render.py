"""Rendering: the right words for a person, English when there are none, and a clear complaint otherwise."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from messages.catalogue import get_message
from messages.check import list_texts
from messages.compile import write_compiled
from messages.languages import list_languages
from messages.render import (
    CatalogueMissing,
    fill_samples,
    format_choice,
    format_day,
    has_translation,
    open_catalogue,
    render,
)
from messages.segments import count_segments
from model import Level


def test_a_text_is_said_in_the_persons_language() -> None:
    assert render("danger.over", "es", Level.EXPLICIT, {}).startswith("Si alguien no despierta")


def test_a_shared_phone_gets_the_discreet_words() -> None:
    words = render("welcome.confirm", "en", Level.DISCREET, {"programme": "Afterkit", "languages": ""})
    assert "your kit" in words and "naloxone" not in words


def test_a_text_without_discreet_words_is_the_same_at_both_levels() -> None:
    assert render("danger.ask", "es", Level.DISCREET, {}) == render("danger.ask", "es", Level.EXPLICIT, {})


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(ValueError, match=r"help\.info needs help_phone"):
        render("help.info", "en", Level.EXPLICIT, {"programme": "Afterkit"})


def test_a_parameter_too_many_does_no_harm() -> None:
    assert "911" in render("danger.over", "en", Level.EXPLICIT, {"programme": "Afterkit"})


def test_braces_in_a_parameter_are_only_words() -> None:
    words = render("resources.list", "en", Level.EXPLICIT, {"resources": "{help_phone} {0.__class__}"})
    assert "{help_phone} {0.__class__}" in words


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(KeyError, match=r"howto\.dance"):
        render("howto.dance", "en", Level.EXPLICIT, {})


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        render("danger.over", "tlh", Level.EXPLICIT, {})


def test_narrow_and_fixed_spaces_become_plain_ones() -> None:
    words = render("start.resumed", "en", Level.EXPLICIT, {"next_on": "3\u00a0May at 9\u202fa.m."})
    assert "3 May at 9 a.m." in words


def test_a_missing_translation_is_the_empty_text(tmp_path: Path) -> None:
    message = get_message("danger.over")
    write_compiled(Catalog(locale="es"), tmp_path / "messages.mo")
    found = open_catalogue(tmp_path / "messages.mo").pgettext("danger.over.explicit", message.explicit)
    assert found == ""


def test_changed_english_makes_its_translation_missing(tmp_path: Path) -> None:
    catalogue = Catalog(locale="es")
    catalogue.add("Call 911.", "Llame al 911.", context="howto.call.explicit")
    write_compiled(catalogue, tmp_path / "messages.mo")
    assert open_catalogue(tmp_path / "messages.mo").pgettext("howto.call.explicit", "Call 911 now.") == ""


def test_texts_never_compiled_say_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(CatalogueMissing, match="make setup"):
        open_catalogue(tmp_path / "messages.mo")


@pytest.mark.parametrize("language", [language.code for language in list_languages()])
def test_every_text_is_translated(language: str) -> None:
    texts = [(message.key, level) for message, level in list_texts()]
    assert [key for key, level in texts if not has_translation(key, language, level)] == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "November 30, 2026"), ("es", "30 de noviembre de 2026")]
)
def test_a_day_is_written_as_people_write_it(language: str, words: str) -> None:
    assert format_day(date(2026, 11, 30), language) == words


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_day_of_the_year_costs_the_short_encoding(language: str) -> None:
    days = [date(2028, 1, 1) + timedelta(days=number) for number in range(366)]
    assert {count_segments(format_day(day, language)).encoding for day in days} == {"GSM-7"}


def test_samples_are_written_in_the_language_of_the_text() -> None:
    assert fill_samples("kit.expires", "es") == {"expires_on": "30 de septiembre de 2028"}
    assert fill_samples("language.changed", "es") == {"language_name": "Español"}


@pytest.mark.parametrize(
    ("language", "choice"),
    [
        ("en", "Español, Tagalog, or Soomaali"),
        ("es", "Español, Tagalog o Soomaali"),
        ("zh_Hans", "Español、Tagalog或Soomaali"),
        ("fa", "Español، Tagalog، یا Soomaali"),
    ],
)
def test_languages_are_offered_as_each_language_lists_a_choice(language: str, choice: str) -> None:
    assert format_choice(["Español", "Tagalog", "Soomaali"], language) == choice


def test_a_list_of_one_is_that_one() -> None:
    assert format_choice(["English"], "ru") == "English"
