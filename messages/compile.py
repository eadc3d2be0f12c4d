"""Compiles each language's messages.po into the messages.mo that `render` reads: `python -m messages.compile`."""

import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from messages.check import find_source, list_wrong_parameters, read_catalogue
from messages.languages import list_languages


def compile_source(source: Path) -> bool:
    """Compile one .po into the .mo beside it when the .po is newer; True when it did.

    Raises ValueError when a translation's parameters are not those of the English text.
    """
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return False
    catalogue = read_catalogue(source)
    faults = list_wrong_parameters(catalogue)
    if faults:
        raise ValueError("\n".join(faults))
    write_compiled(catalogue, target)
    return True


def write_compiled(catalogue: Catalog, target: Path) -> None:
    """Replace the .mo in one step, so that a running process never reads half of it."""
    fresh = target.with_suffix(f".{os.getpid()}")
    with fresh.open("wb") as handle:
        write_mo(handle, catalogue)
    fresh.replace(target)


def main() -> int:
    """Compile every language; 1 when one of them was refused."""
    refused = 0
    for language in list_languages():
        try:
            compile_source(find_source(language.code))
        except ValueError as fault:
            refused = 1
            print(fault, file=sys.stderr)
    return refused


if __name__ == "__main__":
    sys.exit(main())
