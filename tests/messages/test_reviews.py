"""Signatures: one counts for exactly one wording, none is ever lost, and a changed word makes it stale."""

from datetime import date
from pathlib import Path

import pytest

from messages.catalogue import get_message
from messages.check import find_source
from messages.reviews import Record, ReviewStatus, add_records, find_words, judge, read_records, sign
from messages.spreadsheet import COLUMNS, Row, read_po_rows, read_sheet, split_rows, write_sheet
from model import Level

KEY = "thanks.reply"
DAY = date(2026, 11, 30)
ENGLISH, SPANISH = get_message(KEY).explicit, find_words(KEY, "es", Level.EXPLICIT)


def sign_one() -> Record:
    return sign(KEY, "es", Level.EXPLICIT, "A. Reader", "qualified translator", DAY)


def test_what_nobody_signed_is_a_draft() -> None:
    assert judge(ENGLISH, SPANISH, ()).status is ReviewStatus.DRAFT


def test_what_nobody_wrote_is_missing() -> None:
    assert judge(ENGLISH, "", (sign_one(),)).status is ReviewStatus.MISSING


def test_a_signature_approves_exactly_its_wording() -> None:
    review = judge(ENGLISH, SPANISH, (sign_one(),))
    assert (review.status, review.record) == (ReviewStatus.APPROVED, sign_one())


@pytest.mark.parametrize(("english", "words"), [("Thanks.", SPANISH), (ENGLISH, "Gracias.")])
def test_another_wording_of_either_side_makes_it_stale(english: str, words: str) -> None:
    assert judge(english, words, (sign_one(),)).status is ReviewStatus.STALE


def test_a_wording_that_comes_back_is_signed_again() -> None:
    other = Record("thanks.reply.explicit", "0", "0", "B. Reader", "qualified translator", "2026-12-01")
    assert judge(ENGLISH, SPANISH, (sign_one(), other)).status is ReviewStatus.APPROVED


def test_the_same_signature_twice_is_one(tmp_path: Path) -> None:
    file = tmp_path / "reviews.jsonl"
    assert [add_records(file, [sign_one(), sign_one()]), add_records(file, [sign_one()])] == [1, 0]
    assert read_records(file) == {"thanks.reply.explicit": (sign_one(),)}


def test_a_sheet_comes_back_as_it_went_out() -> None:
    rows, refused = split_rows(read_sheet(write_sheet("es"), "es"))
    assert refused == []
    assert all(row.words == find_words(row.key, "es", row.level) for row in rows)
    assert Row(KEY, Level.EXPLICIT, SPANISH) in rows


def test_a_sheet_brings_a_signature() -> None:
    told = {"reviewed_by": "A. Reader", "role": "translator", "reviewed_on": "2026-11-30"}
    (row,), refused = split_rows(read_sheet(make_sheet(**told), "es"))
    assert (row.by, row.role, row.on, refused) == ("A. Reader", "translator", DAY, [])


def test_a_po_file_comes_back_as_it_went_out() -> None:
    rows, refused = split_rows(read_po_rows(find_source("es"), "es"))
    assert (refused, len(rows)) == ([], len(split_rows(read_sheet(write_sheet("es"), "es"))[0]))


def make_sheet(**cells: str) -> str:
    row = {
        "key": KEY,
        "level": "explicit",
        "english": get_message(KEY).explicit,
        "translation": "Gracias. 911.",
    }
    return "\n".join(
        ",".join(f'"{text}"' for text in line) for line in zip(*(row | cells).items(), strict=True)
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"english": "You are welcome."}, "English has changed"),
        ({"key": "thanks.dance"}, "no text thanks.dance"),
        ({"translation": "Gracias, {name}."}, "in braces"),
        ({"translation": "Gracias, {name"}, "brace is not closed"),
        ({"translation": "¡Muchísimas gracias! " * 20}, "too long"),
        ({"reviewed_by": "A. Reader"}, "go together"),
        ({"reviewed_by": "A. Reader", "role": "translator", "reviewed_on": "yesterday"}, "must be a day"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(cells: dict[str, str], reason: str) -> None:
    rows, refused = split_rows(read_sheet(make_sheet(**cells), "es"))
    assert (rows, len(refused)) == ([], 1)
    assert reason in refused[0]


def test_a_sheet_names_the_columns_it_lacks() -> None:
    with pytest.raises(ValueError, match="english, translation"):
        list(read_sheet("key,level\n", "es"))


def test_the_sheet_tells_a_translator_all_there_is_to_know() -> None:
    head, first, *_ = write_sheet("es").removeprefix("\ufeff").splitlines()
    assert head == ",".join(COLUMNS)
    assert first.startswith("welcome.confirm,explicit,")
