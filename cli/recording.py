"""The command about recordings for calls: which are wanted with their scripts, and what is wrong with the files."""

import csv
import json
import sys
from dataclasses import asdict

import click

from cli.opening import read_settings
from cli.programme import read_language
from messages.recordings import list_faults, list_wanted


@click.command()
@click.option("--lang", required=True, help="The language to be recorded.")
@click.option("--json", "as_json", is_flag=True, help="For programs; else CSV.")
@click.option(
    "--check", is_flag=True, help="Look at the recordings there are: format, rate, length, loudness."
)
def audio(lang: str, as_json: bool, check: bool) -> int:
    """What must be recorded for calls in a language, with the words of each, or what is wrong with the files."""
    code, settings = read_language(lang), read_settings()
    own = {"programme": settings.programme_name, "help_phone": settings.help_phone}
    if check:
        return show_faults(list(list_faults(code, own)))
    rows = [asdict(one) for one in list_wanted(code, own)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        writer = csv.DictWriter(sys.stdout, ("name", "script", "is_there"))
        writer.writeheader()
        writer.writerows(rows)
    return 0


def show_faults(faults: list[str]) -> int:
    """Say each; the exit status."""
    click.echo("\n".join(faults) if faults else "Nothing is wrong with the recordings.")
    return 1 if faults else 0


COMMANDS = (audio,)
