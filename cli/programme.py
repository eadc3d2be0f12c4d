"""Commands about the follow-up itself: preview, demo, migrate."""

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from cli.opening import opened_house
from cli.settings import read_settings
from clock import wall
from messages.languages import find_code
from messages.programmes import FOLLOW_UP, get_programme
from messages.segments import count_segments
from model import Channel, Level
from service.load_demo import CREW_EMAIL, STAFF_EMAIL, load_demo
from service.place import find_zone, read_zip
from service.preview import Previewed
from service.preview import preview as preview_texts
from store.migrate import migrate as migrate_memory


@click.command()
def migrate() -> None:
    """Bring the database to today's schema; safe to run again."""
    with opened_house(migrated=False) as house:
        migrate_memory(house.memory)
    click.echo("The database is up to date.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def demo(as_json: bool) -> None:
    """Load the demonstration programme and show its log-ins; safe to run again."""
    settings = read_settings()
    if settings.is_live:
        raise click.ClickException(
            "A real Twilio account is configured: no demonstration beside real people."
        )
    with opened_house() as house:
        made = load_demo(house.memory, house.secret, wall())
    logins: dict[str, Any] = {
        "agency_key": made.agency_key,
        "staff": {"email": STAFF_EMAIL, "password": made.staff_password},
        "crew": {"email": CREW_EMAIL, "password": made.crew_password},
    }
    click.echo(json.dumps(logins) if as_json else show_logins(logins))


def show_logins(logins: dict[str, Any]) -> str:
    """The log-ins for a reader."""
    rows = [f"{who}: {logins[who]['email']}  {logins[who]['password']}" for who in ("staff", "crew")]
    return "\n".join([f"agency key: {logins['agency_key']}", *rows])


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--lang", default="en", show_default=True, help="The person's language.")
@click.option("--zip", "zip_code", default="", help="The person's ZIP code; it decides the zone.")
@click.option(
    "--at", "at_text", default="", help="When the person is enrolled, ISO 8601 with its zone; default now."
)
@click.option(
    "--content",
    type=click.Choice([level.value for level in Level]),
    default=Level.DISCREET.value,
    show_default=True,
)
@click.option("--channel", type=click.Choice(["sms", "voice"]), default="sms", show_default=True)
@click.option("--programme", default=FOLLOW_UP.name, show_default=True)
@click.option("--kit-expires", default="", help="The date printed on the kit, such as 2028-05-31.")
@click.option("--later", is_flag=True, help="The crew has left: the first texts wait for daytime too.")
def preview(
    as_json: bool, lang: str, zip_code: str, at_text: str, content: str, channel: str, programme: str,
    kit_expires: str, later: bool,
) -> None:  # fmt: skip
    """The whole follow-up of a person enrolled at that moment."""
    code, zone, at = read_language(lang), read_zone(zip_code), read_at(at_text)
    expires_on = read_day(kit_expires)
    with opened_house() as house:
        zone = zone or house.policy.default_zone
        texts = preview_texts(
            house.memory,
            read_programme(programme),
            house.policy,
            at,
            language=code,
            zone=zone,
            zip_code=read_zip(zip_code),
            level=Level(content),
            channel=Channel(channel),
            kit_expires_on=expires_on,
            live=not later,
        )
    rows = [show_row(text, zone, Channel(channel)) for text in texts]
    click.echo(
        json.dumps(rows, ensure_ascii=False, indent=1) if as_json else "\n\n".join(map(show_plain, rows))
    )


def read_programme(name: str) -> Any:
    """The programme with that name. Raises UsageError."""
    try:
        return get_programme(name)
    except KeyError as problem:
        raise click.UsageError(str(problem.args[0])) from None


def read_language(tag: str) -> str:
    """Our code for a language tag. Raises UsageError."""
    code = find_code(tag)
    if code is None:
        raise click.UsageError(f"The language {tag} is not available.")
    return code


def read_zone(zip_code: str) -> str | None:
    """The zone of a ZIP code, None without one. Raises UsageError."""
    if not zip_code:
        return None
    known = read_zip(zip_code)
    zone = find_zone(known) if known else None
    if zone is None:
        raise click.UsageError(f"{zip_code} is not a US ZIP code.")
    return zone


def read_at(text: str) -> datetime:
    """A moment with its zone, as UTC. Raises UsageError."""
    try:
        moment = datetime.fromisoformat(text) if text else wall()
    except ValueError:
        raise click.UsageError("--at must look like 2026-11-23T14:05:00-08:00.") from None
    if moment.tzinfo is None:
        raise click.UsageError("--at lacks its zone: write it at the end, such as -08:00.")
    if not 2000 <= moment.year <= 2100:
        raise click.UsageError("--at must lie between the years 2000 and 2100.")
    return moment.astimezone(UTC)


def read_day(text: str) -> date | None:
    """A date, None without one. Raises UsageError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise click.UsageError("--kit-expires must look like 2028-05-31.") from None


def show_row(text: Previewed, zone: str, channel: Channel) -> dict[str, Any]:
    """One text as programs read it."""
    return {
        "key": text.key,
        "at_local": text.at.astimezone(ZoneInfo(zone)).isoformat(),
        "at_utc": text.at.isoformat(),
        "channel": channel,
        "text": text.text,
        "segments": count_segments(text.text).segments if channel is Channel.SMS else 0,
        "moved_because": text.moved_because,
    }


def show_plain(row: dict[str, Any]) -> str:
    """One text for a reader."""
    moved = f"  (moved: {row['moved_because']})" if row["moved_because"] else ""
    return f"{row['at_local']}  {row['key']}{moved}\n  {row['text']}"


COMMANDS = (migrate, demo, preview)
