"""Who signed a text off: a record counts for exactly one wording of the English and of its translation."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from messages.catalogue import get_message
from messages.languages import DEFAULT, LOCALES, get_language
from messages.render import find_translation
from model import Level


class ReviewStatus(StrEnum):
    """Where one text stands: not written, never signed, signed in other words than today's, signed as it is."""

    MISSING = "missing"
    DRAFT = "draft"
    STALE = "stale"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Record:
    """One signature: `text` is key and level, `source` and `words` are hashes of the English and the translation."""

    text: str
    source: str
    words: str
    by: str
    role: str
    on: str


@dataclass(frozen=True, slots=True)
class Review:
    """The state of one text, and the newest signature under any wording of it."""

    status: ReviewStatus
    record: Record | None = None


def get_review(key: str, language: str, level: Level) -> Review:
    """The state of one text in one of our languages. Raises KeyError for an unknown key or language."""
    message = get_message(key)
    records = load_records(language).get(message.context(level), ())
    return judge(message.text(level), find_words(key, language, level), records)


def judge(english: str, words: str, records: Sequence[Record]) -> Review:
    """The state of one wording under the signatures of its text, oldest first."""
    if not words:
        return Review(ReviewStatus.MISSING)
    wanted = (hash_words(english), hash_words(words))
    for record in reversed(records):
        if (record.source, record.words) == wanted:
            return Review(ReviewStatus.APPROVED, record)
    return Review(ReviewStatus.STALE, records[-1]) if records else Review(ReviewStatus.DRAFT)


@cache
def is_approved(key: str, language: str, level: Level) -> bool:
    """Whether exactly these words are signed for; read once, like the words themselves."""
    return get_review(key, language, level).status is ReviewStatus.APPROVED


def sign(key: str, language: str, level: Level, by: str, role: str, on: date) -> Record:
    """The record that signs today's wording of a text. Raises ValueError when there is nothing to sign."""
    words = find_words(key, language, level)
    if not words:
        raise ValueError(f"{key} has no words in {get_language(language).english_name} yet")
    message = get_message(key)
    source = hash_words(message.text(level))
    return Record(message.context(level), source, hash_words(words), by, role, on.isoformat())


def add_records(file: Path, records: Iterable[Record]) -> int:
    """Write records behind those there are; how many were new. A record is never changed or taken out."""
    known = {record for old in read_records(file).values() for record in old}
    fresh = [record for record in dict.fromkeys(records) if record not in known]
    if fresh:
        with file.open("a", encoding="utf-8") as handle:
            handle.writelines(json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in fresh)
    return len(fresh)


@cache
def load_records(language: str) -> Mapping[str, tuple[Record, ...]]:
    """The records of one of our languages, read once."""
    return read_records(find_file(language))


def read_records(file: Path) -> Mapping[str, tuple[Record, ...]]:
    """Every record of a file by its text, oldest first; none when there is no file."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    found: dict[str, tuple[Record, ...]] = {}
    for line in filter(None, lines):
        record = Record(**json.loads(line))
        found[record.text] = (*found.get(record.text, ()), record)
    return found


def find_file(language: str) -> Path:
    """Where the records of one language are kept."""
    return LOCALES / get_language(language).code / "reviews.jsonl"


def find_words(key: str, language: str, level: Level) -> str:
    """The words of a text before parameters; the empty text when the language has none."""
    return get_message(key).text(level) if language == DEFAULT else find_translation(key, language, level)


def hash_words(words: str) -> str:
    """The fingerprint of one wording."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]
