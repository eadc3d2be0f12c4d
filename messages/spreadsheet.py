"""What a translator works on: one row a text, out as CSV and back, from PO too; a refused row comes with its reason."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from messages.catalogue import Message, list_params
from messages.check import list_texts, read_catalogue
from messages.fitting import fits
from messages.languages import DEFAULT
from messages.render import fill_samples
from messages.reviews import find_words, get_review
from messages.segments import count_segments
from model import Level

COLUMNS = ("key", "level", "english", "note", "translation", "budget", "segments", "encoding", "status",
           "reviewed_by", "role", "reviewed_on")  # fmt: skip
MARK = "\ufeff"  # spreadsheet programs read UTF-8 by it


@dataclass(frozen=True, slots=True)
class Row:
    """One text that came back: its words, and who signed them, if anybody did."""

    key: str
    level: Level
    words: str
    by: str = ""
    role: str = ""
    on: date | None = None


def write_sheet(language: str) -> str:
    """All texts of one language as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for message, level in list_texts():
        writer.writerow(describe(message, language, level))
    return MARK + out.getvalue()


def describe(message: Message, language: str, level: Level) -> dict[str, str | int]:
    """One text as a translator sees it."""
    words = find_words(message.key, language, level)
    review = get_review(message.key, language, level)
    priced = words and not message.is_spoken
    cost = count_segments(words.format_map(fill_samples(message.key, language))) if priced else None
    record = review.record if review.status == "approved" else None
    return {
        "key": message.key,
        "level": level,
        "english": message.text(level),
        "note": message.note,
        "translation": words,
        "budget": message.budget.describe(),
        "segments": cost.segments if cost else "",
        "encoding": cost.encoding if cost else "",
        "status": review.status,
        "reviewed_by": record.by if record else "",
        "role": record.role if record else "",
        "reviewed_on": record.on if record else "",
    }


def read_sheet(text: str, language: str) -> Iterator[Row | str]:
    """Each row of a CSV as a Row, or as the sentence that says why it cannot be taken.

    Raises ValueError when the table lacks a column that is needed.
    """
    table = csv.DictReader(io.StringIO(text.removeprefix(MARK), newline=""))
    lacking = {"key", "level", "english", "translation"} - set(table.fieldnames or ())
    if lacking:
        raise ValueError(f"The first line must name the columns {', '.join(sorted(lacking))}.")
    known = {(message.key, level.value): message for message, level in list_texts()}
    for number, cells in enumerate(table, start=2):
        told = {name: (value or "").strip() for name, value in cells.items() if name}
        message = known.get((told["key"], told["level"]))
        if message is None:
            yield f"row {number}: there is no text {told['key']} {told['level']}"
        elif told["translation"]:
            yield read_row(f"row {number} ({message.key} {told['level']})", told, message, language)


def read_po_rows(file: Path, language: str) -> Iterator[Row | str]:
    """Each translated entry of a PO file as a Row, or as the sentence that says why it cannot be taken.

    Raises PoFileError on a line that cannot be read.
    """
    known = {message.context(level): (message, level) for message, level in list_texts()}
    for entry in read_catalogue(file):
        if not entry.id or not entry.string or entry.fuzzy:
            continue
        if entry.context not in known:
            yield f"{entry.context}: there is no such text"
            continue
        message, level = known[entry.context]
        told = {"level": level.value, "english": str(entry.id), "translation": str(entry.string)}
        yield read_row(entry.context, told, message, language)


def read_row(place: str, told: dict[str, str], message: Message, language: str) -> Row | str:
    """One row, or why it cannot be taken; `place` says which it is."""
    level, words = Level(told["level"]), tidy(told["translation"])
    if tidy(told["english"]) != message.text(level):
        return f"{place}: the English has changed since; export it again and look at the new words"
    if language == DEFAULT and words != message.text(level):
        return f"{place}: English words are changed in messages/catalogue/"
    if fault := find_fault(message, level, words, language):
        return f"{place}: {fault}"
    signed = [told.get(name, "") for name in ("reviewed_by", "role", "reviewed_on")]
    if not any(signed):
        return Row(message.key, level, words)
    if not all(signed):
        return f"{place}: reviewed_by, role and reviewed_on go together"
    try:
        return Row(message.key, level, words, signed[0], signed[1], date.fromisoformat(signed[2]))
    except ValueError:
        return f"{place}: reviewed_on must be a day such as 2026-11-30, not {signed[2]!r}"


def find_fault(message: Message, level: Level, words: str, language: str) -> str | None:
    """What keeps these words from being sent, or None."""
    try:
        named = sorted(list_params(words))
    except ValueError:
        return "a brace is not closed"
    if named != sorted(list_params(message.text(level))):
        return f"it must have exactly these in braces: {', '.join(message.params) or 'none'}"
    if not fits(words.format_map(fill_samples(message.key, language)), message.budget):
        return f"it is too long. {message.budget.describe()}"
    return None


def tidy(words: str) -> str:
    """The words with one kind of line end: spreadsheet programs write two."""
    return words.replace("\r\n", "\n").strip()


def split_rows(rows: Iterable[Row | str]) -> tuple[Sequence[Row], Sequence[str]]:
    """The rows that can be taken, and the sentences about those that cannot."""
    told = list(rows)
    return [row for row in told if isinstance(row, Row)], [row for row in told if isinstance(row, str)]
