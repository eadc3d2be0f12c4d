"""Checks what an agency sends for one enrolment and names every field that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from messages.languages import find_code, list_languages
from model import Channel, Kit, Level, Role
from service.place import find_zone, read_zip
from service.telephone import BadNumber, read_number

FIELDS = (
    "phone",
    "language",
    "zip",
    "channel",
    "content_level",
    "role",
    "adult",
    "consent",
    "kit",
    "encounter",
)
CONSENT = ("given", "method", "language", "script_version", "at")
KIT = ("label", "product", "lot", "expires_on")
GIVEN = ("refused_transport", "training_given", "written_info_given", "warning_911_given")
ENCOUNTER = ("incident", "pcr", "at", *GIVEN)
METHODS = ("verbal", "web", "paper", "sms")
AHEAD = timedelta(minutes=10)  # clocks of tablets run a little fast
LONG_AGO = timedelta(days=366)  # an older consent is no ground for texting anybody today
MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One enrolment as it may be written: every value checked."""

    phone: str = field(repr=False)
    language: str
    zip: str | None
    zone: str | None
    channel: Channel
    level: Level
    role: Role
    consent: Mapping[str, Any]
    kit: Kit
    encounter: Mapping[str, Any]


class BadEnrolment(ValueError):
    """`problems` says for each wrong field, by its dotted name, what is wrong and what to do."""

    def __init__(self, problems: Mapping[str, str]):
        super().__init__("; ".join(f"{name}: {text}" for name, text in problems.items()))
        self.problems = dict(problems)


def check_enrolment(data: Any, now: datetime) -> Enrolment:
    """The enrolment in a JSON body (or a form shaped like one). Raises BadEnrolment with every problem at once."""
    if not isinstance(data, Mapping):
        raise BadEnrolment({"body": "Send one JSON object."})
    reader = Reader(now)
    reader.refuse_unknown(data, FIELDS, "")
    checked = read_all(reader, data)
    if reader.problems:
        raise BadEnrolment(reader.problems)
    return checked


def read_all(reader: "Reader", data: Mapping[str, Any]) -> Enrolment:
    """Every field; what is wrong is noted in the reader."""
    if data.get("adult", True) is not True:
        reader.note("adult", "Only adults (18 or older) can be enrolled.")
    zip_code = reader.read_zip(data.get("zip"))
    return Enrolment(
        phone=reader.read_phone(data.get("phone")),
        language=reader.read_language(data.get("language"), "language"),
        zip=zip_code,
        zone=find_zone(zip_code) if zip_code else None,
        channel=Channel(reader.read_choice(data.get("channel", "sms"), "channel", list(Channel))),
        level=Level(reader.read_choice(data.get("content_level", "discreet"), "content_level", list(Level))),
        role=Role(reader.read_choice(data.get("role"), "role", list(Role))),
        consent=reader.read_consent(data.get("consent")),
        kit=reader.read_kit(data.get("kit")),
        encounter=reader.read_encounter(data.get("encounter")),
    )


class Reader:
    """Reads one field after the other and collects what is wrong with them."""

    def __init__(self, now: datetime):
        self.now = now
        self.problems: dict[str, str] = {}

    def note(self, name: str, text: str) -> None:
        """One problem; the first of a field stays."""
        self.problems.setdefault(name, text)

    def refuse_unknown(self, data: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
        """A misspelt field is a lost value: say so."""
        for name in data:
            if name not in known:
                self.note(f"{prefix}{name}", f"This field is not known. Known here: {', '.join(known)}.")

    def read_object(self, value: Any, name: str, known: tuple[str, ...]) -> Mapping[str, Any]:
        """An object with known fields; missing is empty."""
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.note(name, "This must be an object.")
            return {}
        self.refuse_unknown(value, known, f"{name}.")
        return value

    def read_phone(self, value: Any) -> str:
        """A number that can be texted, as E.164."""
        try:
            return read_number(value if isinstance(value, str) else "")
        except BadNumber as problem:
            self.note("phone", str(problem))
            return ""

    def read_language(self, value: Any, name: str) -> str:
        """One of our languages, by our code."""
        code = find_code(value) if isinstance(value, str) else None
        if code is None:
            known = ", ".join(language.tag for language in list_languages())
            self.note(name, f"This language is not available. Choose one of: {known}.")
        return code or ""

    def read_zip(self, value: Any) -> str | None:
        """A ZIP code that exists, or none."""
        if value in (None, ""):
            return None
        text = read_zip(value) if isinstance(value, str) else None
        if text is None or find_zone(text) is None:
            self.note("zip", "This is not a US ZIP code. Write five digits, or leave it empty.")
            return None
        return text

    def read_choice(self, value: Any, name: str, choices: list[Any]) -> Any:
        """One of a few words."""
        if value not in choices:
            self.note(name, f"Choose one of: {', '.join(choices)}.")
            return choices[0]
        return value

    def read_moment(self, value: Any, name: str, *, needed: bool) -> datetime | None:
        """A moment with its zone, not in the future; empty only where it may be."""
        if value in (None, "") and not needed:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            self.note(name, "Write date and time with its zone, such as 2026-11-23T14:05:00-08:00.")
            return None
        if moment.tzinfo is None:
            self.note(name, "The zone is missing. Write it at the end, such as 2026-11-23T14:05:00-08:00.")
            return None
        if not self.now - LONG_AGO < moment < self.now + AHEAD:
            self.note(name, "This moment lies in the future, or more than a year ago.")
        return moment

    def read_text(
        self, data: Mapping[str, Any], name: str, prefix: str, *, needed: bool = False
    ) -> str | None:
        """A short text, or none."""
        value = data.get(name)
        if value in (None, "") and not needed:
            return None
        if not isinstance(value, str) or not value.strip() or len(value) > MOST_LETTERS:
            self.note(f"{prefix}{name}", f"Write a text of at most {MOST_LETTERS} letters.")
            return None
        return value.strip()

    def read_consent(self, value: Any) -> Mapping[str, Any]:
        """The proof of consent; without it nobody is ever texted."""
        data = self.read_object(value, "consent", CONSENT)
        if data.get("given") is not True:
            self.note("consent.given", "Without the person's own consent nobody is enrolled.")
        return {
            "method": self.read_choice(data.get("method"), "consent.method", list(METHODS)),
            "language": self.read_language(data.get("language"), "consent.language"),
            "script_version": self.read_text(data, "script_version", "consent.", needed=True),
            "given_at": self.read_moment(data.get("at"), "consent.at", needed=True),
        }

    def read_kit(self, value: Any) -> Kit:
        """The kit, as far as it was written down."""
        data = self.read_object(value, "kit", KIT)
        label, product, lot = (self.read_text(data, name, "kit.") for name in ("label", "product", "lot"))
        return Kit(label, product, lot, self.read_expiry(data.get("expires_on")))

    def read_expiry(self, value: Any) -> date | None:
        """The printed date; an expired kit is not left with anybody."""
        if value in (None, ""):
            return None
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            self.note("kit.expires_on", "Write the date as 2028-05-31.")
            return None
        if day <= self.now.date():
            self.note("kit.expires_on", "This kit has expired. Leave a fresh one.")
        return day

    def read_encounter(self, value: Any) -> Mapping[str, Any]:
        """What the crew wrote of the encounter."""
        data = self.read_object(value, "encounter", ENCOUNTER)
        for name in GIVEN:
            if not isinstance(data.get(name), bool | None):
                self.note(f"encounter.{name}", "Write true or false.")
        return {
            "incident": self.read_text(data, "incident", "encounter."),
            "pcr": self.read_text(data, "pcr", "encounter."),
            "encounter_at": self.read_moment(data.get("at"), "encounter.at", needed=False),
            **{name: data.get(name) for name in GIVEN},
        }
