"""Commands about the lists staff keep: resources in and out as CSV."""

import csv
import sys
from pathlib import Path
from typing import Any

import click

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
    refused = 0
    with opened_house() as house, file.open(newline="", encoding="utf-8-sig") as handle:
        with house.memory.reading() as tx:
            known = {(entry.name, entry.phone) for entry in list_resources(tx)}
        for number, row in enumerate(csv.DictReader(handle), start=2):
            form = {name: row.get(name) or "" for name in COLUMNS}
            if (form["name"], form["phone"]) in known:
                continue
            try:
                edit_resource(house.memory, None, form, "import", house.clock.now())
            except BadResource as problem:
                refused = 1
                click.echo(f"row {number}: {problem}", err=True)
    return refused


COMMANDS = (resources,)
