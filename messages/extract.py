"""Writes each language's messages.po from the catalogue, keeping its translations: `python -m messages.extract`."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import write_po

from messages.catalogue import Message
from messages.check import find_source, has_same_params, list_texts, read_catalogue
from messages.compile import compile_source
from messages.languages import DEFAULT, get_language, list_languages
from messages.render import fill_samples, load_catalogue
from messages.segments import count_segments
from model import Level

# A fixed moment: the header asks for one, and a file that nothing changed must stay the same file.
FIRST_DAY = datetime(2026, 11, 23, tzinfo=UTC)
HEADER = """# Afterkit, the texts in {name}. `python -m messages.extract` writes this file from the catalogue
# and keeps its msgstr lines: those are the ones to translate."""
WAS = "The English was: "


def extract_language(code: str, name: str) -> None:
    """Bring one language's .po up to the catalogue."""
    source = find_source(code)
    old = read_catalogue(source) if source.exists() else Catalog(locale=code, creation_date=FIRST_DAY)
    source.parent.mkdir(parents=True, exist_ok=True)
    with source.open("wb") as handle:
        write_po(handle, update_catalogue(old, code, name), width=100)


def save_words(code: str, words: Mapping[str, str]) -> None:
    """Write translations, by their gettext contexts, into one language's .po, and compile it."""
    source = find_source(code)
    catalogue = read_catalogue(source)
    for entry in catalogue:
        if entry.context in words:
            entry.string = words[entry.context or ""]
            entry.flags.discard("fuzzy")
    with source.open("wb") as handle:
        write_po(handle, update_catalogue(catalogue, code, get_language(code).english_name), width=100)
    source.with_suffix(".mo").unlink(missing_ok=True)
    compile_source(source)
    load_catalogue.cache_clear()


def update_catalogue(old: Catalog, code: str, name: str) -> Catalog:
    """Every text of today with the translations of `old`; one whose English changed is kept, marked fuzzy."""
    fresh = Catalog(
        locale=code,
        project="Afterkit",
        version="1",
        header_comment=HEADER.format(name=name),
        creation_date=FIRST_DAY,
        revision_date=old.revision_date,
        last_translator=old.last_translator,
        language_team=old.language_team,
        fuzzy=False,
    )
    known = {entry.context: entry for entry in old if entry.id}
    for message, level in list_texts():
        add_text(fresh, code, message, level, known.get(message.context(level)))
    return fresh


def add_text(fresh: Catalog, code: str, message: Message, level: Level, old: Entry | None) -> None:
    """Add one text with what its translator must know, and with the translation we had."""
    english = message.text(level)
    words = english if code == DEFAULT else str(old.string) if old else ""
    was = recall_english(old, english) if old and words and code != DEFAULT else ""
    fresh.add(
        english,
        words,
        context=message.context(level),
        auto_comments=[
            *list_notes(message, level),
            *list_costs(message, code, words),
            *([WAS + was] if was else []),
        ],
        user_comments=old.user_comments if old else (),
        flags=("fuzzy",) if was else (),
    )


def recall_english(old: Entry, english: str) -> str:
    """The English words that the old translation was made from, when they are not today's; else the empty text.

    Babel wraps its own `#| msgid` lines so that other tools cannot read them: the words stand in a note.
    """
    if old.id != english:
        return str(old.id).replace("\n", " / ")
    return " ".join(old.auto_comments).partition(WAS)[2] if old.fuzzy else ""


def list_notes(message: Message, level: Level) -> list[str]:
    """The note to translators: what the text is for, who reads it, what it may cost."""
    notes = [
        message.note,
        f"{message.budget.describe()}.",
    ]
    if level is Level.DISCREET:
        notes.append("For shared phones: no word about drugs, no name.")
    if message.safety:
        notes.append("Safety text: 911 stands in the first 60 characters.")
    if message.params:
        notes.append(f"Keep as they are: {', '.join('{' + name + '}' for name in message.params)}.")
    return notes


def list_costs(message: Message, code: str, words: str) -> list[str]:
    """What the words cost today; nothing when they are only spoken, there are none, or with parameters that are not the English ones."""
    if message.is_spoken or not words or not has_same_params(Entry(message.explicit, words)):
        return []
    cost = count_segments(words.format_map(fill_samples(message.key, code)))
    because = f", because of {' '.join(cost.costly)}" if cost.costly else ""
    return [f"Costs now: segments {cost.segments}, {cost.encoding}{because}."]


def main() -> int:
    """Write every language's .po."""
    for language in list_languages():
        extract_language(language.code, language.english_name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
