"""Which places that help fit one person, and how they are written in a text."""

from collections.abc import Sequence

from model import Contact, Resource


def rank_resources(entries: Sequence[Resource], contact: Contact) -> list[Resource]:
    """Those that serve the person's ZIP, nearest first; among equals their language, then the newest check."""
    near = [entry for entry in entries if match_zip(entry, contact.zip) > 0]
    return sorted(near, key=lambda entry: order_of(entry, contact), reverse=True)


def order_of(entry: Resource, contact: Contact) -> tuple[int, bool, str, int]:
    """The higher, the earlier it is named."""
    verified_on = entry.verified_on.isoformat() if entry.verified_on else ""
    speaks = not entry.languages or contact.language in entry.languages
    return match_zip(entry, contact.zip), speaks, verified_on, -entry.id


def match_zip(entry: Resource, zip_code: str | None) -> int:
    """How closely an entry's area fits: the digits in common, 1 for everywhere, 0 for somewhere else."""
    areas = entry.zip_area.replace(",", " ").split()
    if not areas or zip_code is None:
        return 1
    return max((len(area) + 1 for area in areas if zip_code.startswith(area)), default=0)


def describe_resource(entry: Resource, *, named: bool) -> str:
    """One entry for a text; unnamed for a shared phone that did not ask."""
    hours = f" ({entry.hours})" if entry.hours else ""
    return f"{entry.name}: {entry.phone}{hours}" if named else f"{entry.phone}{hours}"
