"""Every message key with its English words: what Afterkit can say, and nothing else is ever said."""

from collections.abc import Mapping
from datetime import date

from messages.catalogue.answers import ANSWERS
from messages.catalogue.calls import CALLS
from messages.catalogue.checkins import CHECKINS
from messages.catalogue.consent import CONSENT
from messages.catalogue.emergencies import EMERGENCIES
from messages.catalogue.howtos import HOWTOS
from messages.catalogue.message import Budget, Message, list_params
from messages.catalogue.misunderstandings import MISUNDERSTANDINGS
from messages.catalogue.safety import SAFETY
from messages.catalogue.welcomes import WELCOMES

__all__ = ["SAMPLES", "Budget", "Message", "get_message", "list_messages", "list_params"]

MESSAGES: tuple[Message, ...] = (
    *WELCOMES,
    *HOWTOS,
    *SAFETY,
    *CHECKINS,
    *ANSWERS,
    *EMERGENCIES,
    *CONSENT,
    *MISUNDERSTANDINGS,
    *CALLS,
)

BY_KEY: Mapping[str, Message] = {message.key: message for message in MESSAGES}

# What every parameter looks like at its usual size; days are written out, languages named, in each language.
SAMPLES: Mapping[str, str | date] = {
    "programme": "Afterkit",
    "help_phone": "888-724-7240",
    "resources": "Access & Crisis Line 888-724-7240\nSAMHSA 1-800-662-4357\nSan Diego 211",
    "expires_on": date(2028, 9, 30),
    "next_on": date(2026, 11, 30),
    "language_name": "English",
    "languages": "English",
    "choices": "1 English",
    "digit": "1",
}


def get_message(key: str) -> Message:
    """The message with this key. Raises KeyError when the catalogue has none."""
    if key not in BY_KEY:
        raise KeyError(f"The catalogue has no message {key}")
    return BY_KEY[key]


def list_messages() -> tuple[Message, ...]:
    """Every message, in the order a person may meet them."""
    return MESSAGES
