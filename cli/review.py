"""`afterkit review`: what nobody has signed yet, out to translators and back, and the signatures themselves."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.programme import read_language
from clock import wall
from messages.check import find_source, list_texts
from messages.extract import save_words
from messages.languages import list_languages
from messages.reviews import ReviewStatus, add_records, find_file, find_words, get_review, sign
from messages.spreadsheet import Row, read_po_rows, read_sheet, split_rows, write_sheet

LANGUAGE = click.option("--lang", required=True, help="The language, such as vi or zh-Hant.")


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--lang", default="", help="Only this language.")
@click.pass_context
def review(context: click.Context, as_json: bool, lang: str) -> None:
    """What is not signed for yet, by language; export, import and sign are commands of their own."""
    if context.invoked_subcommand:
        return
    codes = [read_language(lang)] if lang else [language.code for language in list_languages()]
    rows = [row for code in codes for row in list_open(code)]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1) if as_json else show_open(codes, rows))


def list_open(code: str) -> Iterator[dict[str, Any]]:
    """Every text of one language that may not go out live as it is."""
    for message, level in list_texts():
        status = get_review(message.key, code, level).status
        if status is not ReviewStatus.APPROVED:
            yield {
                "lang": code,
                "key": message.key,
                "content_level": level,
                "status": status,
                "safety": message.safety,
            }


def show_open(codes: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    """A line a language, then each text when only one language was asked for."""
    whole = len(list_texts())
    lines = []
    for code in codes:
        counts = Counter(row["status"] for row in rows if row["lang"] == code)
        told = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
        lines.append(
            f"{code}: {whole - counts.total()} of {whole} texts signed for{', ' + told if told else ''}"
        )
    if len(codes) == 1:
        lines += [f"  {row['status']:8} {row['key']} {row['content_level']}" for row in rows]
    return "\n".join(lines)


@review.command()
@LANGUAGE
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(lang: str, file: Path) -> None:
    """Write all texts of a language for a translator, as a table (FILE.csv) or as gettext (FILE.po)."""
    code = read_language(lang)
    if is_po(file):
        file.write_bytes(find_source(code).read_bytes())
    else:
        file.write_text(write_sheet(code), encoding="utf-8", newline="")
    click.echo(f"{len(list_texts())} texts are in {file.name}.")


@review.command("import")
@LANGUAGE
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take(lang: str, file: Path) -> int:
    """Take a translator's file back: words that changed, and who signed them. A row that cannot be taken says why."""
    code = read_language(lang)
    try:
        told = read_po_rows(file, code) if is_po(file) else read_sheet(file.read_text(encoding="utf-8"), code)
        rows, refused = split_rows(told)
    except UnicodeDecodeError:
        raise click.UsageError(f"{file.name} is not UTF-8: save it as CSV UTF-8.") from None
    except ValueError as problem:
        raise click.UsageError(f"{file.name}: {problem}") from None
    changed = save_changed(code, rows)
    signed = [sign(row.key, code, row.level, row.by, row.role, row.on) for row in rows if row.on]
    for sentence in refused:
        click.echo(f"refused: {sentence}", err=True)
    click.echo(
        f"{changed} texts changed, {add_records(find_file(code), signed)} signed, {len(refused)} refused."
    )
    return int(bool(refused))


def save_changed(code: str, rows: Sequence[Row]) -> int:
    """Write the words that are not those we have; how many."""
    fresh = [row for row in rows if row.words != find_words(row.key, code, row.level)]
    contexts = {(message.key, level): message.context(level) for message, level in list_texts()}
    if fresh:
        save_words(code, {contexts[row.key, row.level]: row.words for row in fresh})
    return len(fresh)


@review.command("sign")
@LANGUAGE
@click.option("--by", required=True, help="Who read the words and signs for them.")
@click.option("--role", required=True, help="As what: qualified translator, medical director, counsel ...")
@click.option("--on", "on_text", default="", help="The day, such as 2026-11-30; today by default.")
@click.option("--all", "everything", is_flag=True, help="Every text of the language as it is today.")
@click.argument("keys", nargs=-1)
def sign_texts(lang: str, by: str, role: str, on_text: str, everything: bool, keys: tuple[str, ...]) -> None:
    """Sign for the wording that KEYS have today, at both content levels."""
    code = read_language(lang)
    if everything == bool(keys):
        raise click.UsageError("Name the keys that were read, or say --all.")
    unknown = set(keys) - {message.key for message, _ in list_texts()}
    if unknown:
        raise click.UsageError(f"There is no text {', '.join(sorted(unknown))}.")
    on = read_day(on_text)
    chosen = [(message.key, level) for message, level in list_texts() if everything or message.key in keys]
    try:
        records = [sign(key, code, level, by.strip(), role.strip(), on) for key, level in chosen]
    except ValueError as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"{add_records(find_file(code), records)} texts signed.")


def read_day(text: str) -> date:
    """The day of a signature, today by default and never one to come. Raises UsageError."""
    today = wall().date()
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        raise click.UsageError("--on must look like 2026-11-30.") from None
    if day > today:
        raise click.UsageError("--on lies in the future: nobody has signed yet.")
    return day


def is_po(file: Path) -> bool:
    """Whether a file is to be gettext, by its name."""
    return file.suffix.lower() == ".po"


COMMANDS = (review,)
