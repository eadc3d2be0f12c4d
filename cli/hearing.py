"""Commands for other programs and for curious people: hear, segments, catalogue, talk."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import click

from bot.decide import decide
from bot.hear import hear as hear_text
from clock import wall
from messages.catalogue import get_message, list_messages
from messages.fitting import render_sample
from messages.languages import find_code, get_language, list_languages
from messages.render import fill_samples, render
from messages.reviews import Review, ReviewStatus, get_review
from messages.segments import count_segments
from model import Contact, Decision, Heard, Level, Line, Standing, Talk


@click.command()
@click.option("--jsonl", is_flag=True, required=True, help="One JSON object a line, in and out.")
def hear(jsonl: bool) -> int:
    """What each text on standard input means."""
    return answer_lines(hear_one)


@click.command()
@click.option("--jsonl", is_flag=True, required=True, help="One JSON object a line, in and out.")
def segments(jsonl: bool) -> int:
    """What each text on standard input costs."""
    return answer_lines(lambda line: asdict(count_segments(read_text(line))))


def answer_lines(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """One answer a line, in the order of the questions; a bad line gets an error in its place, and exit 1."""
    refused = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            said = answer(read_object(line))
        except (ValueError, RecursionError) as problem:
            refused = 1
            said = {"error": f"line {number}: {problem}"}
        click.echo(json.dumps(said, ensure_ascii=False))
    return refused


def read_object(line: str) -> dict[str, Any]:
    """The JSON object on one line."""
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError("this is not a JSON object")
    return found


def read_text(line: dict[str, Any]) -> str:
    """The text to look at."""
    if not isinstance(line.get("text"), str):
        raise ValueError('"text" is missing')
    return line["text"]


def hear_one(line: dict[str, Any]) -> dict[str, Any]:
    """The meaning of one text."""
    if not isinstance(line.get("lang"), str | None) or not isinstance(line.get("context"), str | None):
        raise ValueError('"lang" and "context" are texts or null')
    heard = hear_text(read_text(line), find_code(line.get("lang")), line.get("context"))
    return {"intent": heard.intent, "rule": heard.rule, "confidence": round(heard.confidence, 3)}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def catalogue(as_json: bool) -> int:
    """Every text in every language; exit 1 when a translation is missing."""
    rows = list(list_texts())
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            click.echo(
                f"{row['key']} [{row['lang']}, {row['content_level']}, {row['segments']} x {row['encoding']}]"
            )
            click.echo(f"    {row['text']}")
    return int(any(row["review"]["status"] == "missing" for row in rows))


def list_texts() -> Iterator[dict[str, Any]]:
    """One row for each key, language and content level."""
    for message in list_messages():
        for language in list_languages():
            for level in Level:
                yield show_text(message.key, language.code, level)


def show_text(key: str, code: str, level: Level) -> dict[str, Any]:
    """One text with sample parameters and its cost; what is only spoken costs no segment."""
    text = render_sample(key, code, level)
    size = count_segments(text)
    review = get_review(key, code, level)
    return {
        "key": key,
        "lang": get_language(code).tag,
        "content_level": level,
        "text": text,
        "encoding": size.encoding,
        "segments": 0 if get_message(key).is_spoken else size.segments,
        "review": show_review(review),
    }


def show_review(review: Review) -> dict[str, str | None]:
    """Where a text stands, and who signed exactly these words, when."""
    signed = review.record if review.status is ReviewStatus.APPROVED else None
    return {
        "status": review.status,
        "by": signed.by if signed else None,
        "role": signed.role if signed else None,
        "on": signed.on if signed else None,
    }


@click.command()
@click.option("--lang", default="en", show_default=True, help="The person's language.")
@click.option(
    "--content",
    type=click.Choice([level.value for level in Level]),
    default=Level.DISCREET.value,
    show_default=True,
)
def talk(lang: str, content: str) -> None:
    """A conversation in the terminal: write as the person, read what Afterkit would answer."""
    code = find_code(lang)
    if code is None:
        raise click.UsageError(f"The language {lang} is not available.")
    now = wall()
    person = Contact(
        0,
        "",
        code,
        "America/Los_Angeles",
        Standing.ACTIVE,
        level=Level(content),
        ends_at=now + timedelta(days=90),
    )
    state = Talk()
    click.echo("Write as the person would; an empty line ends.")
    while text := click.prompt(">", default="", show_default=False, prompt_suffix=" "):
        person, state = answer_one(person, state, text)


def answer_one(person: Contact, state: Talk, text: str) -> tuple[Contact, Talk]:
    """Print the answers to one text; the person and the talk as they are afterwards."""
    heard = hear_text(text, person.language, state.question)
    decision = decide(person, state, Heard(heard), wall())
    click.echo(f"  ({heard.intent} by {heard.rule})")
    changed = change(person, decision)
    for line in decision.lines:
        click.echo(f"< {show_line(changed, line)}")
    return changed, decision.talk


def show_line(person: Contact, line: Line) -> str:
    """One answer, with sample parameters where memory would fill them."""
    params = fill_samples(line.key, person.language) | dict(line.params)
    return render(line.key, person.language, person.level, params)


def change(person: Contact, decision: Decision) -> Contact:
    """The person after a decision."""
    standing = decision.standing or person.standing
    return replace(person, standing=standing, language=decision.language or person.language)


COMMANDS = (hear, segments, catalogue, talk)
