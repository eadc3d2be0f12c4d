"""The shared nouns: frozen values that every room may hold and none may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum


class Intent(StrEnum):
    """The sixteen things a person can mean; the order is the order of precedence."""

    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    STOP = "stop"
    START = "start"
    USED_KIT = "used_kit"
    REPLACEMENT = "replacement"
    HOW_TO = "how_to"
    RESOURCES = "resources"
    HUMAN = "human"
    LANGUAGE = "language"
    HELP = "help"
    WRONG_PERSON = "wrong_person"
    OK_STATUS = "ok_status"
    YES = "yes"
    NO = "no"
    OTHER = "other"


class Level(StrEnum):
    """How plainly a text may speak: discreet for shared phones, explicit by consent."""

    DISCREET = "discreet"
    EXPLICIT = "explicit"


class Channel(StrEnum):
    """How a person asked to be reached."""

    SMS = "sms"
    VOICE = "voice"
    BOTH = "both"


class Role(StrEnum):
    """Who took the kit home."""

    PATIENT = "patient"
    COMPANION = "companion"
    FAMILY = "family"
    BYSTANDER = "bystander"


class Standing(StrEnum):
    """Where a telephone number stands with the programme; `stopped` is never texted first."""

    STRANGER = "stranger"
    ACTIVE = "active"
    ENDED = "ended"
    STOPPED = "stopped"


class Urgency(IntEnum):
    """What leaves the outbox first: lower goes first."""

    EMERGENCY = 0
    REPLY = 1
    SCHEDULED = 2


class Question(StrEnum):
    """A question that waits for its answer; it is the context a bare digit is heard in."""

    CONSENT = "consent_prompt"
    HAVE_KIT = "checkin_have_kit"
    FEELING = "checkin_feeling"
    USED_KIT = "checkin_used_kit"
    REPLACEMENT = "ask_replacement"
    DANGER = "ask_danger"
    LANGUAGE = "ask_language"


class Outcome(StrEnum):
    """What one try to send came to; after `unsure` nobody knows whether the carrier took it."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LATER = "later"
    UNSURE = "unsure"


class Advice(StrEnum):
    """What an error of the carrier asks of us (domain-facts E6)."""

    RETRY = "retry"
    STOP = "stop"
    VOICE = "voice"
    ALERT = "alert"
    HALT = "halt"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one inbound text was understood to mean, and by which rule."""

    intent: Intent
    rule: str
    confidence: float
    topic: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One telephone number and how its person wants to be spoken to; `ends_at` is when the programme is over, UTC."""

    id: int
    phone: str = field(repr=False)
    language: str
    zone: str
    standing: Standing
    zip: str | None = None
    channel: Channel = Channel.SMS
    level: Level = Level.DISCREET
    role: Role = Role.PATIENT
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """The state of one conversation: the question that waits, and how often we did not understand."""

    question: Question | None = None
    asked_at: datetime | None = None
    unclear: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """Event: a person wrote. `carrier_replied` is STOP, START or HELP when the carrier answered it itself."""

    hearing: Hearing
    carrier_replied: str | None = None
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """Event: a step of the programme came due; `again` for a person who was enrolled before."""

    step: str
    again: bool = False


Event = Heard | Came


@dataclass(frozen=True, slots=True)
class Line:
    """One text to say, by catalogue key; the words are chosen when it is rendered."""

    key: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the person told us that the record keeps, such as ('kit', 'used')."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Decision:
    """All that one event changes. `language` is the person's from now on, `speak` that of these lines alone."""

    talk: Talk
    lines: tuple[Line, ...] = ()
    urgency: Urgency = Urgency.REPLY
    facts: tuple[Fact, ...] = ()
    tasks: tuple[str, ...] = ()
    standing: Standing | None = None
    because: str | None = None
    language: str | None = None
    speak: str | None = None
    restart: bool = False
    hush_until: datetime | None = None  # nothing scheduled is said before: it may be an emergency


@dataclass(frozen=True, slots=True)
class Planned:
    """One step on one person's calendar: `at` is UTC; `at_once` may leave at any hour; and why it was moved."""

    step: str
    at: datetime
    at_once: bool = False
    moved_because: str | None = None


@dataclass(frozen=True, slots=True)
class Kit:
    """The kit left behind, as far as the crew wrote it down."""

    label: str | None = None
    product: str | None = None
    lot: str | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A place or a number that helps, as programme staff published it."""

    id: int
    name: str
    kind: str
    phone: str
    zip_area: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    verified_on: date | None = None
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text as the carrier is asked to send it, or with `answer_url` a call; our `id` rides in the callback URL."""

    id: int
    to: str = field(repr=False)
    body: str = field(repr=False)
    callback_url: str = ""
    answer_url: str = ""
    night_in: float | None = None  # seconds until it must not reach the person any more; None = at any hour


@dataclass(frozen=True, slots=True)
class Found:
    """One text in the carrier's own list; of a lost one also what a receipt would say (see Receipt)."""

    sid: str
    body: str = field(repr=False)
    status: str
    code: int | None = None
    advice: Advice | None = None
    again_after: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier's answer to one send. `code` is its error code, `advice` what such an error asks of us."""

    outcome: Outcome
    sid: str | None = None
    status: str | None = None
    code: int | None = None
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What the programme decided for everybody."""

    programme_name: str
    help_phone: str
    quiet_start: time
    quiet_end: time
    default_zone: str
    strict_review: bool = False  # no translation leaves that nobody signed for
    any_voice: bool = False  # voices may speak that are not on the carrier's list for health data


@dataclass(frozen=True, slots=True)
class Inbound:
    """One text a person wrote, by the carrier's id; `at` (UTC) only if it was found late, in the carrier's list."""

    sid: str
    phone: str = field(repr=False)
    body: str = field(repr=False)
    has_media: bool = False
    carrier_replied: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one text, by the carrier's word; `outbox_id` is our own id from the callback URL.

    A lost text may be sent again after each of the pauses `again_after` in turn; then `advice` is followed.
    """

    outbox_id: int
    sid: str
    status: str
    code: int | None = None
    advice: Advice | None = None
    again_after: tuple[timedelta, ...] = ()
