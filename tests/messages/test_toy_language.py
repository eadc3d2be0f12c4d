"""A language is a folder: one written in a temporary copy of the house is said, heard and offered without any code."""

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from babel.messages.pofile import read_po, write_po

from tests.house.tree import ROOT

CODE, NAME = "hmn", "Hmoob"
LANGUAGE = f"""
tag = "hmn"
name = "{NAME}"
english_name = "Hmong"
direction = "ltr"
babel = "en_US"
place = 99
[dates]
months = ["hli 1", "hli 2", "hli 3", "hli 4", "hli 5", "hli 6", "hli 7", "hli 8", "hli 9", "hli 10", "hli 11", "hli 12"]
day = "{{day}} {{month}} {{year}}"
"""
HEARS = """
scripts = ["LATIN"]
[concepts]
not = ["tsis"]
breathe = ["uapa"]
stop_word = ["nresa"]
"""


def run(house: Path, *arguments: str, said: str = "") -> str:
    """What a command of the copied house prints."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=house, input=said, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house with one folder more, every text translated by turning its words around."""
    copy = tmp_path_factory.mktemp("house") / "afterkit"
    skipped = ignore_patterns(
        ".git", ".venv", "var", "tests", "bench", "*.mo", "__pycache__", ".*_cache", "docs"
    )
    copytree(ROOT, copy, ignore=skipped)
    folder = copy / "locales" / CODE
    folder.mkdir()
    (folder / "language.toml").write_text(LANGUAGE, encoding="utf-8")
    (folder / "hears.toml").write_text(HEARS, encoding="utf-8")
    run(copy, "messages.extract")
    translate(folder / "LC_MESSAGES" / "messages.po")
    run(copy, "messages.compile")
    return copy


def translate(source: Path) -> None:
    """Give every text words of its own: small words spelt backwards; numbers, braces and capitals stay."""
    with source.open("rb") as handle:
        catalogue = read_po(handle)
    for entry in catalogue:
        if entry.id:
            entry.string = re.sub(
                r"(?<![{\w])[a-z]+(?![}\w])", lambda word: word.group()[::-1], str(entry.id)
            )
    with source.open("wb") as handle:
        write_po(handle, catalogue)


def test_every_text_is_said_in_it(house: Path) -> None:
    rows = json.loads(run(house, "cli", "catalogue", "--json"))
    mine = {
        row["key"]: row["text"] for row in rows if row["lang"] == CODE and row["content_level"] == "explicit"
    }
    assert mine["danger.over"].startswith("If enoemos lliw ton ekaw")
    assert "30 hli 9 2028" in mine["kit.expires"]
    assert {row["review"]["status"] for row in rows if row["lang"] == CODE} == {"draft"}


def test_it_is_offered_by_its_own_name(house: Path) -> None:
    rows = json.loads(run(house, "cli", "catalogue", "--json"))
    asked = [row["text"] for row in rows if row["key"] == "language.ask" and row["lang"] == "en"]
    assert NAME in asked[0]


@pytest.mark.parametrize(
    ("text", "intent"), [("nws tsis uapa", "emergency"), ("nresa", "stop"), ("STOP", "stop")]
)
def test_it_is_heard_by_its_own_words(house: Path, text: str, intent: str) -> None:
    line = json.dumps({"text": text, "lang": CODE, "context": None})
    assert json.loads(run(house, "cli", "hear", "--jsonl", said=line))["intent"] == intent
