"""From a ZIP code to the zone a person lives in, from data that ships with the package."""

import re
from functools import lru_cache

import zipcodes

MISWRITTEN = {"Napakiak": "America/Anchorage"}  # the data name one town in place of its zone
WRITTEN = re.compile(r"([0-9]{5})(-[0-9]{4})?")


def read_zip(text: str) -> str | None:
    """The five digits of a ZIP code as written, with or without its extension; None for anything else."""
    written = WRITTEN.fullmatch(text.strip())
    return written.group(1) if written else None


@lru_cache(maxsize=4096)
def find_zone(zip_code: str) -> str | None:
    """The IANA zone of a five-digit US ZIP code, or None when there is no such ZIP."""
    known = zipcodes.matching(zip_code)
    return MISWRITTEN.get(known[0]["timezone"], known[0]["timezone"]) if known else None
