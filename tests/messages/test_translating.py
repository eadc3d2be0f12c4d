"""The translator's tools: extraction keeps what was translated, checks say what is wrong, compiling refuses it."""

import os
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from messages.catalogue import get_message, list_messages
from messages.check import find_source, list_faults, list_texts, list_wrong_parameters, read_catalogue
from messages.compile import compile_source
from messages.extract import WAS, update_catalogue
from messages.languages import Language, list_languages

KEY, CONTEXT = "thanks.reply", "thanks.reply.explicit"
ENGLISH = get_message(KEY).explicit


def make_catalogue(english: str, words: str, context: str = CONTEXT) -> Catalog:
    """A Spanish catalogue of one entry."""
    catalogue = Catalog(locale="es")
    catalogue.add(english, words, context=context)
    return catalogue


def write_source(folder: Path, catalogue: Catalog) -> Path:
    """The catalogue as a messages.po in a folder."""
    source = folder / "messages.po"
    with source.open("wb") as handle:
        write_po(handle, catalogue)
    return source


@pytest.mark.parametrize("language", list_languages(), ids=lambda language: language.code)
def test_every_file_is_what_extraction_writes(language: Language, tmp_path: Path) -> None:
    source = find_source(language.code)
    fresh = tmp_path / "messages.po"
    with fresh.open("wb") as handle:
        write_po(
            handle, update_catalogue(read_catalogue(source), language.code, language.english_name), width=100
        )
    assert fresh.read_text(encoding="utf-8") == source.read_text(encoding="utf-8")


def test_extraction_keeps_a_translation() -> None:
    fresh = update_catalogue(make_catalogue(ENGLISH, "De nada."), "es", "Spanish")
    entry = fresh.get(ENGLISH, CONTEXT)
    assert (entry.string, entry.fuzzy) == ("De nada.", False)


def test_extraction_brings_every_text() -> None:
    fresh = update_catalogue(Catalog(locale="es"), "es", "Spanish")
    assert len(fresh) == len(list_texts())


def test_changed_english_marks_its_translation_and_shows_what_it_was() -> None:
    fresh = update_catalogue(make_catalogue("You're welcome.", "De nada."), "es", "Spanish")
    entry = fresh.get(ENGLISH, CONTEXT)
    assert (entry.string, entry.fuzzy) == ("De nada.", True)
    assert entry.auto_comments[-1] == f"{WAS}You're welcome."


def test_a_marked_translation_stays_marked_until_a_person_looks(tmp_path: Path) -> None:
    once = update_catalogue(make_catalogue("You're welcome.", "De nada."), "es", "Spanish")
    twice = update_catalogue(read_catalogue(write_source(tmp_path, once)), "es", "Spanish")
    assert twice.get(ENGLISH, CONTEXT).auto_comments[-1] == f"{WAS}You're welcome."


def test_a_text_no_longer_said_leaves_the_file() -> None:
    fresh = update_catalogue(make_catalogue("Goodbye.", "Adiós.", "old.goodbye.explicit"), "es", "Spanish")
    assert fresh.get("Goodbye.", "old.goodbye.explicit") is None


def test_a_translator_reads_the_note_the_budget_and_the_cost() -> None:
    fresh = update_catalogue(make_catalogue(ENGLISH, "Está bien."), "es", "Spanish")
    notes = " ".join(fresh.get(ENGLISH, CONTEXT).auto_comments)
    assert get_message(KEY).note in notes
    assert "At most 2 segments in GSM-7, 3 in UCS-2." in notes
    assert "Costs now: segments 1, UCS-2, because of á." in notes


@pytest.mark.parametrize(
    "words", ["Hola.", "Hola {name}.", "Hola {programme", "Hola {programme} {programme.x}."]
)
def test_a_translation_with_other_parameters_is_a_fault(words: str) -> None:
    message = get_message("stop.confirmed")
    catalogue = make_catalogue(message.explicit, words, "stop.confirmed.explicit")
    assert list_wrong_parameters(catalogue) == [
        "es: stop.confirmed.explicit must have the parameters ['programme']"
    ]


def test_a_missing_and_a_stale_text_are_faults() -> None:
    faults = list_faults(make_catalogue("Old words.", "Palabras viejas."))
    assert f"es: {CONTEXT} is not translated" in faults
    assert f"es: {CONTEXT} is stale" in faults


def test_a_text_waiting_for_a_second_look_is_not_translated() -> None:
    catalogue = Catalog(locale="es")
    catalogue.add(ENGLISH, "De nada.", context=CONTEXT, flags=("fuzzy",))
    assert f"es: {CONTEXT} is not translated" in list_faults(catalogue)


def test_compiling_refuses_other_parameters(tmp_path: Path) -> None:
    message = get_message("stop.confirmed")
    source = write_source(tmp_path, make_catalogue(message.explicit, "Adiós.", "stop.confirmed.explicit"))
    with pytest.raises(ValueError, match=r"stop\.confirmed"):
        compile_source(source)
    assert not source.with_suffix(".mo").exists()


def test_compiling_twice_writes_once(tmp_path: Path) -> None:
    source = write_source(tmp_path, make_catalogue(ENGLISH, "De nada."))
    os.utime(source, (1, 1))
    assert [compile_source(source), compile_source(source)] == [True, False]


def test_a_newer_source_is_compiled_again(tmp_path: Path) -> None:
    source = write_source(tmp_path, make_catalogue(ENGLISH, "De nada."))
    compile_source(source)
    os.utime(source.with_suffix(".mo"), (1, 1))
    assert compile_source(source)


def test_compiling_leaves_nothing_else_behind(tmp_path: Path) -> None:
    compile_source(write_source(tmp_path, make_catalogue(ENGLISH, "De nada.")))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["messages.mo", "messages.po"]


def test_every_text_is_in_the_file_once() -> None:
    assert len(list_texts()) == sum(len(message.levels) for message in list_messages())
