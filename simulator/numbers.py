"""Telephone numbers as people write them and as Twilio knows them (E.164)."""

import re

import phonenumbers

# The usual case, decided without the library: a load test sends thousands of these a second.
NORTH_AMERICAN = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}")

# Twilio fills these from where a number was issued, not from where its owner is (domain-facts E3).
PLACES = {"619": ("SAN DIEGO", "CA"), "858": ("SAN DIEGO", "CA"), "760": ("OCEANSIDE", "CA")}


def read_number(text: str) -> str | None:
    """E.164 for a number written any way (a bare one is taken as North American), or None when it is none."""
    text = text.strip()
    if NORTH_AMERICAN.fullmatch(text):
        return text
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def write_number(number: str) -> str:
    """A number as its own country prints it: `(619) 555-0142`; abroad with its country code."""
    parsed = phonenumbers.parse(number, "US")
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        parsed, style.NATIONAL if parsed.country_code == 1 else style.INTERNATIONAL
    )


def get_place(number: str) -> dict[str, str]:
    """City, state, ZIP and country that Twilio's webhook would give for a number; blank where it would not know."""
    if not number.startswith("+1"):
        return {"City": "", "State": "", "Zip": "", "Country": ""}
    city, state = PLACES.get(number[2:5], ("", ""))
    return {"City": city, "State": state, "Zip": "", "Country": "US"}
