"""Twilio's signature on a webhook, checked before anything in it is believed."""

from collections.abc import Mapping
from functools import lru_cache
from hmac import compare_digest
from typing import Any

from twilio.request_validator import RequestValidator

HEADER = "X-Twilio-Signature"


def is_signed(token: str, url: str, form: Mapping[str, Any], headers: Any) -> bool:
    """Whether Twilio signed this form for this exact public URL (domain-facts E4). No token, no trust."""
    signature = headers.get(HEADER, "")
    if not (token and signature):
        return False
    validator = make_validator(token)
    # Twilio's own check tries the address with and without its port: twice the work, and rarely needed.
    expected = validator.compute_signature(url, form)
    return compare_digest(expected.encode(), signature.encode()) or bool(
        validator.validate(url, form, signature)
    )


@lru_cache(1)
def make_validator(token: str) -> RequestValidator:
    """Twilio's own check, made once."""
    return RequestValidator(token)
