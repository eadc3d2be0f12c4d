"""Any way a person writes a telephone number, to E.164; only numbers that can take our texts."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

HOME = "US"
SERVED = ("US", "PR", "VI", "GU", "AS", "MP")
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


class BadNumber(ValueError):
    """The text is not a number we can text; it says why in words for the person who typed it."""


def read_number(text: str) -> str:
    """E.164 of a number as somebody wrote it. Raises BadNumber."""
    number = parse(text)
    if number.extension:
        raise BadNumber("A number with an extension cannot be texted. Ask for a mobile number.")
    if not phonenumbers.is_valid_number(number):
        raise BadNumber("This is not a US telephone number. Write ten digits, such as 619 555 0142.")
    if phonenumbers.region_code_for_number(number) not in SERVED:
        raise BadNumber("Only US numbers can be texted. Ask for a US mobile number.")
    if phonenumbers.number_type(number) not in MOBILE:
        raise BadNumber("This is a service or toll-free number. Ask for the person's own mobile number.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def parse(text: str) -> PhoneNumber:
    """The number in the text, read as a US number unless it names a country."""
    try:
        return phonenumbers.parse(text, HOME)
    except NumberParseException:
        raise BadNumber("This is not a telephone number. Write ten digits, such as 619 555 0142.") from None


def show_number(e164: str) -> str:
    """A number as people in the US read it."""
    return phonenumbers.format_number(parse(e164), phonenumbers.PhoneNumberFormat.NATIONAL)
