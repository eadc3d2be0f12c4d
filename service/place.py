"""From a ZIP code to the zone a person lives in, from data that ships with the package."""

from functools import lru_cache

import zipcodes


@lru_cache(maxsize=4096)
def find_zone(zip_code: str) -> str | None:
    """The IANA zone of a five-digit US ZIP code, or None when there is no such ZIP."""
    known = zipcodes.matching(zip_code)
    return known[0]["timezone"] if known else None
