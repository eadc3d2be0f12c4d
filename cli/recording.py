"""The command about recordings for calls: which are wanted with their scripts, and what is wrong with the files."""

import csv
import json
import sys
from dataclasses import asdict

import click

from cli.programme import read_language
from cli.settings import read_settings
from messages.recordings import list_faults, list_unmeasured, list_wanted


@click.command()
@click.option("--lang", required=True, help="The language to be recorded.")
@click.option("--json", "as_json", is_flag=True, help="For programs; else CSV.")
@click.option(
    "--check", is_flag=True, help="Look at the recordings there are: format, rate, length, loudness (of WAV)."
)
def audio(lang: str, as_json: bool, check: bool) -> int:
    """What must be recorded for calls in a language, with the words of each, or what is wrong with the files."""
    code, settings = read_language(lang), read_settings()
    own = {"programme": settings.programme_name, "help_phone": settings.help_phone}
    if check:
        return show_check(code, own)
    rows = [asdict(one) for one in list_wanted(code, own)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        writer = csv.DictWriter(sys.stdout, ("name", "script", "is_there"))
        writer.writeheader()
        writer.writerows(rows)
    return 0


def show_check(code: str, own: dict[str, str]) -> int:
    """Say each fault, how many recordings there are, and what nobody measured; the exit status."""
    faults, wanted = list(list_faults(code, own)), list(list_wanted(code, own))
    there, unmeasured = sum(one.is_there for one in wanted), len(list_unmeasured(code, own))
    for fault in faults:
        click.echo(fault)
    click.echo(f"{there} of {len(wanted)} recordings are there.")
    if unmeasured:
        click.echo(
            f"Loudness not measured in {unmeasured}: WAV only can be measured. Listen to the MP3 files."
        )
    if there and not faults:
        click.echo("Nothing is wrong with them." if not unmeasured else "Nothing else is wrong with them.")
    return 1 if faults else 0


COMMANDS = (audio,)
