"""Commands about the lists staff keep: resources in and out as CSV."""

import csv
import sys
from pathlib import Path
from typing import Any

import click

from app import House
from cli.opening import opened_house
from service.edit_resource import BadResource, edit_resource
from store.resources import list_resources

COLUMNS = ("name", "kind", "phone", "zip_area", "hours", "languages", "verified_on")


@click.group()
def resources() -> None:
    """The list of places that help."""


@resources.command("export")
def export_resources() -> None:
    """The published list as CSV on standard output."""
    writer = csv.DictWriter(sys.stdout, COLUMNS)
    writer.writeheader()
    with opened_house() as house, house.memory.reading() as tx:
        for entry in list_resources(tx):
            writer.writerow({**show(entry), "languages": " ".join(entry.languages)})


def show(entry: Any) -> dict[str, Any]:
    """An entry's columns."""
    return {name: getattr(entry, name) for name in COLUMNS}


@resources.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_resources(file: Path) -> int:
    """Add every row of a CSV that is not on the list yet; a bad row is refused with its number and the reason."""
    rows = read_rows(file)
    with opened_house() as house:
        with house.memory.reading() as tx:
            known = {(entry.name, entry.phone) for entry in list_resources(tx)}
        fresh = [(number, form) for number, form in rows if (form["name"], form["phone"]) not in known]
        refused = [number for number, form in fresh if not take_row(house, number, form)]
    click.echo(f"{len(fresh) - len(refused)} added, {len(rows) - len(fresh)} known, {len(refused)} refused.")
    return int(bool(refused))


def read_rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Each row with its number in the file. Raises UsageError when the file is no CSV with our columns."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as handle:
            reader = csv.DictReader(handle)
            rows = [
                (number, {name: row.get(name) or "" for name in COLUMNS})
                for number, row in enumerate(reader, 2)
            ]
    except (UnicodeDecodeError, csv.Error):
        raise click.UsageError("The file is not a CSV in UTF-8.") from None
    if not {"name", "kind", "phone"} <= set(reader.fieldnames or ()):
        raise click.UsageError(f"The first line must name the columns: {','.join(COLUMNS)}")
    return rows


def take_row(house: House, number: int, form: dict[str, str]) -> bool:
    """Add one row; False after saying why not, column by column."""
    try:
        edit_resource(house.memory, None, form, "import", house.clock.now())
    except BadResource as problem:
        for name, text in problem.problems.items():
            click.echo(f"row {number}, {name}: {text}", err=True)
        return False
    return True


COMMANDS = (resources,)
