"""Frozen settings from the environment; Afterkit refuses to start on a bad value, with one clear sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

TWILIO = "https://api.twilio.com"
FLOOR_START, FLOOR_END = time(21, 0), time(8, 0)  # 47 CFR 64.1200(c)(1): no calls before 8:00 or after 21:00


class ConfigError(ValueError):
    """A setting is missing or wrong; the text names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the README's settings table."""

    name: str
    default: str
    means: str


SETTINGS = (
    Setting("DATABASE_URL", "sqlite:///var/afterkit.db", "SQLite for one process, postgresql:// for more"),
    Setting("PUBLIC_BASE_URL", "http://127.0.0.1:PORT", "the address Twilio calls; signatures are checked against it"),
    Setting("HOST", "127.0.0.1", "the address the web server listens on"),
    Setting("PORT", "8000", "the port of the web server"),
    Setting("WEB_WORKERS", "1", "how many processes answer the web, on one port"),
    Setting("SIM_PORT", "8010", "the port of the simulator"),
    Setting("TWILIO_ACCOUNT_SID", "", "the Twilio account, AC..."),
    Setting("TWILIO_AUTH_TOKEN", "", "its auth token (secret)"),
    Setting("TWILIO_MESSAGING_SERVICE_SID", "", "the messaging service texts leave from, MG..."),
    Setting("TWILIO_FROM", "", "or the number texts leave from, +1..."),
    Setting("TWILIO_API_BASE", TWILIO, "where Twilio's REST API is; any HTTP base URL"),
    Setting("AFTERKIT_KEYS", "", "encryption keys, newest first (secret); made in var/ when absent in embedded mode"),
    Setting("SEND_CONCURRENCY", "128", "how many texts are on their way to the carrier at once"),
    Setting("SEND_RATE", "0", "texts a second at most, 0 = unlimited"),
    Setting("QUIET_START", "21:00", "no scheduled text from then on; 21:00 or earlier"),
    Setting("QUIET_END", "08:00", "until then; 08:00 or later"),
    Setting("DEFAULT_TZ", "America/Los_Angeles", "the zone of a person whose ZIP is unknown"),
    Setting("PROGRAMME_NAME", "Afterkit", "the name texts are signed with; keep it neutral"),
    Setting("HELP_PHONE", "888-724-7240", "the number HELP gives; by default the San Diego Access and Crisis Line"),
    Setting("REVIEW_POLICY", "", "strict: only signed translations go out (default with a real account); or demo"),
    Setting("CLOCK_FILE", "", "a demonstration clock that may run fast; refused with a real Twilio account"),
)  # fmt: skip
SECRETS = ("TWILIO_AUTH_TOKEN", "AFTERKIT_KEYS", "DATABASE_URL")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked and typed."""

    database_url: str = field(repr=False)
    public_base_url: str
    host: str
    port: int
    web_workers: int
    sim_port: int
    twilio_account_sid: str
    twilio_auth_token: str = field(repr=False)
    twilio_messaging_service_sid: str
    twilio_from: str
    twilio_api_base: str
    keys: tuple[str, ...] = field(repr=False)
    send_concurrency: int
    send_rate: float
    quiet_start: time
    quiet_end: time
    default_tz: str
    programme_name: str
    help_phone: str
    clock_file: Path | None
    review_policy: str

    @property
    def is_embedded(self) -> bool:
        """One SQLite file, one process."""
        return self.database_url.startswith("sqlite")

    @property
    def is_live(self) -> bool:
        """Texts would reach real people: a Twilio account, and its API not on this machine."""
        return bool(self.twilio_account_sid) and not is_loopback(self.twilio_api_base)

    @property
    def strict_review(self) -> bool:
        """Only translations that somebody signed for go out."""
        return self.review_policy == "strict" or (not self.review_policy and self.is_live)


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`. Raises ConfigError for the first value that cannot be used."""
    raw = {setting.name: read_value(environ, setting) for setting in SETTINGS}
    port = read_int(raw, "PORT", 1, 65535)
    settings = Settings(
        database_url=read_database_url(raw["DATABASE_URL"]),
        public_base_url=read_public_url(raw["PUBLIC_BASE_URL"], port),
        host=raw["HOST"],
        port=port,
        web_workers=read_int(raw, "WEB_WORKERS", 1, 64),
        sim_port=read_int(raw, "SIM_PORT", 1, 65535),
        twilio_account_sid=read_written(raw["TWILIO_ACCOUNT_SID"], "TWILIO_ACCOUNT_SID", r"AC\w+", "AC..."),
        twilio_auth_token=raw["TWILIO_AUTH_TOKEN"],
        twilio_messaging_service_sid=read_written(
            raw["TWILIO_MESSAGING_SERVICE_SID"], "TWILIO_MESSAGING_SERVICE_SID", r"MG\w+", "MG..."
        ),
        twilio_from=read_written(raw["TWILIO_FROM"], "TWILIO_FROM", r"\+?\d{5,15}", "+16195550100"),
        twilio_api_base=read_url(raw["TWILIO_API_BASE"], "TWILIO_API_BASE"),
        keys=tuple(key.strip() for key in raw["AFTERKIT_KEYS"].split(",") if key.strip()),
        send_concurrency=read_int(raw, "SEND_CONCURRENCY", 1, 500),
        send_rate=read_rate(raw["SEND_RATE"]),
        quiet_start=read_quiet(raw, "QUIET_START"),
        quiet_end=read_quiet(raw, "QUIET_END"),
        default_tz=read_zone(raw["DEFAULT_TZ"]),
        programme_name=raw["PROGRAMME_NAME"],
        help_phone=read_written(raw["HELP_PHONE"], "HELP_PHONE", r"[\d() +.-]{3,20}", "888-724-7240"),
        clock_file=Path(raw["CLOCK_FILE"]) if raw["CLOCK_FILE"] else None,
        review_policy=read_written(raw["REVIEW_POLICY"], "REVIEW_POLICY", "strict|demo", "strict or demo"),
    )
    check_together(settings)
    return settings


def read_value(environ: Mapping[str, str], setting: Setting) -> str:
    """NAME, else the content of the file NAME_FILE names (secrets only), else the default."""
    file = environ.get(f"{setting.name}_FILE")
    if setting.name in SECRETS and file and not environ.get(setting.name):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise ConfigError(f"{setting.name}_FILE does not name a text file that can be read.") from None
    return (environ.get(setting.name) or setting.default).strip()


def read_int(raw: Mapping[str, str], name: str, low: int, high: int) -> int:
    """A whole number between `low` and `high`."""
    if not (raw[name].isascii() and raw[name].isdecimal()) or not low <= int(raw[name]) <= high:
        raise ConfigError(f"{name} must be a whole number from {low} to {high}, not {raw[name]!r}.")
    return int(raw[name])


def read_rate(text: str) -> float:
    """SEND_RATE as texts a second, 0 = unlimited."""
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= 10_000:
        raise ConfigError(f"SEND_RATE must be a number from 0 (unlimited) to 10000, not {text!r}.")
    return rate


def read_database_url(text: str) -> str:
    """A SQLite or PostgreSQL address."""
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    if text in ("sqlite:///", "sqlite:///:memory:"):
        raise ConfigError("DATABASE_URL must name a file: what is kept in memory is lost.")
    return text


def read_public_url(text: str, port: int) -> str:
    """PUBLIC_BASE_URL, by default this machine's own address."""
    return read_url(text.replace(":PORT", f":{port}"), "PUBLIC_BASE_URL")


def read_url(text: str, name: str) -> str:
    """An http or https base URL without a slash at its end."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment:
        raise ConfigError(f"{name} must be a base URL such as https://example.org, not {text!r}.")
    return text.rstrip("/")


def read_written(text: str, name: str, shape: str, example: str) -> str:
    """A value of a certain shape, or none."""
    if text and not re.fullmatch(shape, text, re.ASCII):
        raise ConfigError(f"{name} must look like {example}, not {text!r}.")
    return text


def read_quiet(raw: Mapping[str, str], name: str) -> time:
    """One end of the quiet hours; they may be wider than 21:00-08:00 but never narrower."""
    try:
        moment = time.fromisoformat(raw[name])
    except ValueError:
        raise ConfigError(f"{name} must be a time such as 20:30, not {raw[name]!r}.") from None
    if not FLOOR_END <= moment <= FLOOR_START or moment.tzinfo:
        raise ConfigError(f"{name} must lie between 08:00 and 21:00: nobody is texted at night.")
    return moment


def read_zone(text: str) -> str:
    """A zone name of the IANA list."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ConfigError(f"DEFAULT_TZ must be a zone such as America/Los_Angeles, not {text!r}.") from None
    return text


def check_together(settings: Settings) -> None:
    """What no single setting can show."""
    if settings.quiet_end >= settings.quiet_start:
        raise ConfigError("QUIET_END must be earlier than QUIET_START: the day lies between them.")
    if settings.twilio_account_sid and not settings.twilio_auth_token:
        raise ConfigError("TWILIO_AUTH_TOKEN is missing for the account in TWILIO_ACCOUNT_SID.")
    if settings.twilio_account_sid and not (settings.twilio_messaging_service_sid or settings.twilio_from):
        raise ConfigError("TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM is missing: texts need a sender.")
    if settings.review_policy == "demo" and settings.is_live:
        raise ConfigError(
            "REVIEW_POLICY=demo is for demonstrations: this Twilio account is real, take it out."
        )
    if settings.clock_file and settings.is_live:
        raise ConfigError("CLOCK_FILE is for demonstrations: take it out, this Twilio account is real.")


def is_loopback(url: str) -> bool:
    """Whether a base URL points at this machine."""
    host = urlsplit(url).hostname or ""
    return host == "localhost" or host == "::1" or host.startswith("127.")
