"""Commands about people: enrol somebody, make log-ins and agency keys."""

import json
from collections.abc import Mapping
from secrets import token_urlsafe
from typing import IO, Any

import click

from app import House
from cli.opening import opened_house
from config import ConfigError
from messages.languages import DEFAULT
from model import Channel, Level, Role
from service.check_enrolment import BadEnrolment
from service.enrol import Enrolled, NotEnrolled
from service.enrol import enrol as enrol_person
from service.sign_in import HASHER
from store.accounts import add_agency, add_api_key, find_agency, save_account

SCRIPT_VERSION = "cli/1"


class Refused(click.ClickException):
    """A person cannot be enrolled: a line for each field, with the reason. The exit status is 1."""

    def __init__(self, problems: Mapping[str, str]):
        super().__init__("\n".join(f"{name}: {text}" for name, text in problems.items()))

    def show(self, file: IO[Any] | None = None) -> None:
        """The lines, bare."""
        click.echo(self.message, file, err=True)


@click.command()
@click.option("--agency", required=True, help="The agency that left the kit, by its name.")
@click.option("--phone", required=True, help="Any way a person writes it.")
@click.option("--lang", default=DEFAULT, show_default=True)
@click.option("--zip", "zip_code", default="")
@click.option(
    "--content",
    type=click.Choice([level.value for level in Level]),
    default=Level.DISCREET.value,
    show_default=True,
)
@click.option(
    "--channel",
    type=click.Choice([channel.value for channel in Channel]),
    default=Channel.SMS.value,
    show_default=True,
    help="How the person agreed to be reached.",
)
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), default=Role.PATIENT.value, show_default=True
)
@click.option(
    "--consent", type=click.Choice(["verbal", "web", "paper", "sms"]), required=True, help="How it was given."
)
@click.option("--consent-at", default="", help="When it was given, ISO 8601 with its zone; default now.")
@click.option("--kit-label", default="")
@click.option("--kit-expires", default="", help="The date printed on the kit, such as 2028-05-31.")
@click.option("--encounter-at", default="", help="When the crew was there, ISO 8601 with its zone.")
@click.option("--key", default=None, help="An idempotency key: the same key again enrols nobody twice.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def enrol(as_json: bool, agency: str, key: str | None, **given: str) -> None:
    """Enrol a person who consented."""
    with opened_house() as house:
        now = house.clock.now()
        data = shape(given, now.isoformat())
        agency_id = find_agency_id(house, agency)
        try:
            made = enrol_person(house.memory, agency_id, data, house.policy, now, key=key, who="cli")
        except (BadEnrolment, NotEnrolled) as problem:
            raise Refused(problem.problems) from None
    click.echo(json.dumps(show_json(made)) if as_json else show_plain(made))


def shape(given: dict[str, str], now: str) -> dict[str, object]:
    """The options as the body that the API takes."""
    consent = {"given": True, "method": given["consent"], "language": given["lang"]}
    return {
        "phone": given["phone"],
        "language": given["lang"],
        "zip": given["zip_code"],
        "channel": given["channel"],
        "content_level": given["content"],
        "role": given["role"],
        "consent": {**consent, "script_version": SCRIPT_VERSION, "at": given["consent_at"] or now},
        "kit": {"label": given["kit_label"], "expires_on": given["kit_expires"]},
        "encounter": {"at": given["encounter_at"]},
    }


def find_agency_id(house: House, name: str) -> int:
    """The agency with that name. Raises ConfigError."""
    with house.memory.reading() as tx:
        agency = find_agency(tx, name)
    if agency is None:
        raise ConfigError(
            f"There is no agency called {name!r}. Add it with: afterkit key --agency NAME --approved"
        )
    return agency.id


def show_json(made: Enrolled) -> dict[str, object]:
    """An enrolment for programs."""
    return {"id": made.id, "next": [{"step": step, "at": at.isoformat()} for step, at in made.next]}


def show_plain(made: Enrolled) -> str:
    """An enrolment for a reader."""
    state = "Enrolled" if made.is_new else "Was enrolled before"
    return f"{state}: {made.id}, {len(made.next)} texts to come."


@click.command()
@click.option("--email", required=True)
@click.option("--role", type=click.Choice(["staff", "crew"]), required=True)
@click.option("--agency", default="", help="The crew's agency.")
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Twelve letters or more."
)
def user(email: str, role: str, agency: str, password: str) -> None:
    """Add a log-in, or give one a new password."""
    if "@" not in email:
        raise click.UsageError("--email must be an email address.")
    if len(password) < 12:
        raise click.UsageError("The password must have twelve letters or more.")
    if role == "crew" and not agency:
        raise click.UsageError("A crew needs its agency: --agency NAME.")
    with opened_house() as house:
        agency_id = find_agency_id(house, agency) if role == "crew" else None
        with house.memory.transaction() as tx:
            save_account(tx, email.strip().lower(), HASHER.hash(password), role, agency_id)
    click.echo(f"{email} may sign in as {role}.")


@click.command()
@click.option("--agency", required=True, help="The agency's name; added when it is new.")
@click.option("--approved", is_flag=True, help="The county has approved it for leaving kits behind.")
def key(agency: str, approved: bool) -> None:
    """Make an API key for an agency; it is shown once."""
    if not agency.strip():
        raise click.UsageError("--agency must name the agency.")
    made = f"ak_{token_urlsafe(24)}"
    with opened_house() as house:
        now = house.clock.now()
        with house.memory.transaction() as tx:
            agency_id = add_agency(tx, agency, now.date() if approved else None)
            add_api_key(tx, agency_id, made, now)
    click.echo(made)


COMMANDS = (enrol, user, key)
