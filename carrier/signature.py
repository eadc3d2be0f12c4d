"""Twilio's signature on a webhook, checked before anything in it is believed."""

from collections.abc import Mapping
from typing import Any

from twilio.request_validator import RequestValidator

HEADER = "X-Twilio-Signature"


def is_signed(token: str, url: str, form: Mapping[str, Any], headers: Any) -> bool:
    """Whether Twilio signed this form for this exact public URL (domain-facts E4). No token, no trust."""
    signature = headers.get(HEADER, "")
    return bool(token and signature) and bool(RequestValidator(token).validate(url, form, signature))
