"""The labelled texts: which are learned from, and which are kept apart to measure hearing honestly."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "corpus"


def list_learned() -> list[Path]:
    """The files that lexicons and weights were made from."""
    return sorted(FOLDER.glob("dev*.jsonl"))


def list_blind() -> list[Path]:
    """The files nobody looked at while making them."""
    return sorted(FOLDER.glob("blind*.jsonl"))


def describe_files(files: Sequence[Path]) -> str:
    """A fingerprint of their content."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
