"""Compiles each language's messages.po into the messages.mo that `render` reads: `python -m messages.compile`."""

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from messages.check import list_wrong_parameters
from messages.languages import LOCALES, list_languages


def compile_language(code: str) -> bool:
    """Compile one language when its .po is newer than its .mo; True when it did.

    Raises ValueError when a translation's parameters are not those of the English text.
    """
    source = LOCALES / code / "LC_MESSAGES" / "messages.po"
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return False
    faults = list_wrong_parameters(code)
    if faults:
        raise ValueError("\n".join(faults))
    write_compiled(source, target)
    return True


def write_compiled(source: Path, target: Path) -> None:
    """Replace the .mo in one step, so that a running process never reads half of it."""
    with source.open("rb") as handle:
        catalogue = read_po(handle)
    fresh = target.with_suffix(f".{os.getpid()}")
    with fresh.open("wb") as handle:
        write_mo(handle, catalogue)
    fresh.replace(target)


def main() -> int:
    """Compile every language; 1 when one of them was refused."""
    refused = 0
    for language in list_languages():
        try:
            compile_language(language.code)
        except ValueError as fault:
            refused = 1
            print(fault, file=sys.stderr)
    return refused


if __name__ == "__main__":
    sys.exit(main())
