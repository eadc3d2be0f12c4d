"""The composition root: the only file that knows every room and puts the house together from its settings."""

import hashlib
import hmac
import logging
import os
import socket
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

from flask import Flask

from calling import CallPolicy
from carrier.port import Carrier
from carrier.twilio_client import TwilioCarrier
from clock import Clock, wall
from config import ConfigError, Settings
from model import Policy
from scheduler.run import Metronome
from service.works import Works
from store.engine import Memory
from store.sealing import Seal, SealError, make_key
from web.app import create_web
from web.desk import Desk

KEYS_FILE = Path("var/keys")


@dataclass(frozen=True, slots=True)
class House:
    """The settings and what was opened with them."""

    settings: Settings
    memory: Memory
    policy: Policy
    clock: Clock
    secret: str = field(repr=False)

    def close(self) -> None:
        """Let go of the database."""
        self.memory.close()


def open_house(settings: Settings) -> House:
    """Open memory and clock. Raises ConfigError when a key is missing or unusable."""
    keys = settings.keys or read_own_keys(settings)
    try:
        seal = Seal(keys)
    except SealError as problem:
        raise ConfigError(str(problem)) from None
    try:
        memory = Memory(settings.database_url, seal)
    except OSError:
        raise ConfigError("The folder of the SQLite file in DATABASE_URL does not exist.") from None
    return House(settings, memory, make_policy(settings), Clock(settings.clock_file), keys[-1])


def read_own_keys(settings: Settings) -> tuple[str, ...]:
    """The key an embedded installation made for itself; made now, readable by its owner alone, when absent."""
    if not settings.is_embedded:
        raise ConfigError("AFTERKIT_KEYS is missing: with PostgreSQL every process needs the same keys.")
    if not KEYS_FILE.exists():
        KEYS_FILE.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(KEYS_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make_key())
    return tuple(KEYS_FILE.read_text(encoding="utf-8").strip().split(","))


def make_policy(settings: Settings) -> Policy:
    """What the programme decided, from its settings."""
    return Policy(
        programme_name=settings.programme_name,
        help_phone=settings.help_phone,
        quiet_start=settings.quiet_start,
        quiet_end=settings.quiet_end,
        default_zone=settings.default_tz,
        strict_review=settings.strict_review,
        any_voice=settings.any_voice,
    )


def make_call_policy(settings: Settings) -> CallPolicy:
    """What the programme decided about calls, from its settings."""
    return CallPolicy(
        audio_base=f"{settings.public_base_url}/audio",
        on_call_phone=settings.on_call_phone,
        office=settings.office_hours,
    )


def make_carrier(settings: Settings) -> Carrier:
    """The telephone. Raises ConfigError when no account is configured."""
    if not settings.twilio_account_sid:
        raise ConfigError("TWILIO_ACCOUNT_SID is missing. To try Afterkit without an account: make run.")
    service = settings.twilio_messaging_service_sid
    sender = {"messaging_service_sid": service} if service else {"from_": settings.twilio_from}
    return TwilioCarrier(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        settings.twilio_api_base,
        sender,
        settings.send_concurrency,
        caller=settings.twilio_from,
    )


def make_web(house: House) -> Flask:
    """Door 2."""
    settings = house.settings
    desk = Desk(
        memory=house.memory,
        policy=house.policy,
        now=house.clock.now,
        wall=wall,
        public_base_url=settings.public_base_url,
        carrier_token=settings.twilio_auth_token,
        session_secret=derive(house.secret, "session"),
        calls=make_call_policy(settings),
        is_demo=settings.clock_file is not None,
    )
    return create_web(desk)


def make_metronome(house: House) -> Metronome:
    """Door 1."""
    settings = house.settings
    works = Works(
        memory=house.memory,
        carrier=make_carrier(settings),
        policy=house.policy,
        worker=name_worker(settings),
        callback_base=f"{settings.public_base_url}/twilio/receipts",
        answer_base=f"{settings.public_base_url}/twilio/voice",
        now=house.clock.now,
        wall=wall,
    )
    return Metronome(works, concurrency=settings.send_concurrency, rate=settings.send_rate)


def name_worker(settings: Settings) -> str:
    """One name for ever on SQLite, where there is one worker; a fresh one a process on PostgreSQL."""
    return "embedded" if settings.is_embedded else f"{socket.gethostname()}-{os.getpid()}-{token_hex(4)}"


def derive(secret: str, what: str) -> str:
    """A secret of its own for one purpose."""
    return hmac.new(secret.encode(), what.encode(), hashlib.sha256).hexdigest()


def set_up_logs() -> None:
    """Plain lines with row ids and keys; libraries that would write numbers or addresses are kept quiet."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("twilio", "aiohttp", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("apscheduler", "waitress"):  # a busy queue and a beat that waits are no news
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
