"""Twilio's paging of a list, newest first, and the dates and whole numbers its filters are written with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlencode

from simulator.refusals import Refusal
from simulator.resources.dates import read_moment

DAY = 86_400
PAGE_SIZE, BIGGEST_PAGE = 50, 1000


class Row(Protocol):
    """What can be paged."""

    @property
    def id(self) -> int: ...
    @property
    def sid(self) -> str: ...


Kind = TypeVar("Kind", bound=Row)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Kind]):
    """A table to page through: how rows are picked and found, and which condition the caller's filters make."""

    list_rows: Callable[[str, Sequence[object]], list[Kind]]
    get: Callable[[str], Kind | None]
    filters: tuple[str, ...]
    where: str
    values: list[object]


def read_dates(asked: Mapping[str, str], name: str, column: str) -> tuple[list[str], list[object]]:
    """The SQL conditions and values of one date's three filters (bare, `<` and `>`), both ends included."""
    parts: list[str] = []
    values: list[object] = []
    for sign in ("", "<", ">"):
        if asked.get(name + sign):
            parts.append(f"{column} >= ? and {column} < ?")
            values += read_span(name + sign, asked[name + sign])
    return parts, values


def read_span(name: str, text: str) -> tuple[float, float]:
    """From (included) and until (excluded) epoch seconds of one date filter. Raises Refusal 20001 on no date.

    A bare name means the whole UTC day, for Twilio's client writes a day as its midnight.
    """
    at = read_moment(text)
    if at is None:
        raise Refusal(20001, name)
    if name[-1] not in "<>":
        return at - at % DAY, at - at % DAY + DAY
    width = DAY if len(text) <= len("2026-11-22") else 1
    return (at, float("inf")) if name.endswith(">") else (0.0, at + width)


def read_whole(asked: Mapping[str, str], name: str, default: int) -> int:
    """A whole number of 0 or more. Raises Refusal 20001 on anything else."""
    text = asked.get(name, str(default))
    if not text.isdecimal():
        raise Refusal(20001, name)
    return int(text)


def list_page(
    shelf: Shelf[Kind], path: str, asked: Mapping[str, str]
) -> tuple[list[Kind], dict[str, object]]:
    """One page of rows, and the paging fields Twilio puts beside them."""
    size = min(max(read_whole(asked, "PageSize", PAGE_SIZE), 1), BIGGEST_PAGE)
    page = read_whole(asked, "Page", 0)
    token = asked.get("PageToken", "")
    found = find_page(shelf, size, page, token)
    more = len(found) > size
    shown = found[1:] if more and token.startswith("PB") else found[:size]
    kept = [(name, asked[name]) for name in shelf.filters if asked.get(name)] + [("PageSize", str(size))]
    return shown, describe_page(path, kept, size, page, token, shown, more or token.startswith("PB"))


def find_page(shelf: Shelf[Kind], size: int, page: int, token: str) -> list[Kind]:
    """The page's rows and one more where there is one: after PA<sid>, before PB<sid>, else by page number."""
    where, values = shelf.where, shelf.values
    anchor = shelf.get(token[2:]) if token else None
    if token.startswith("PB") and anchor:
        rows = shelf.list_rows(
            f"where {where} and id > ? order by id limit ?", [*values, anchor.id, size + 1]
        )
        return rows[::-1]
    if anchor:
        return shelf.list_rows(
            f"where {where} and id < ? order by id desc limit ?", [*values, anchor.id, size + 1]
        )
    return shelf.list_rows(
        f"where {where} order by id desc limit ? offset ?", [*values, size + 1, page * size]
    )


def describe_page(
    path: str,
    kept: list[tuple[str, str]],
    size: int,
    page: int,
    token: str,
    shown: Sequence[Row],
    more: bool,
) -> dict[str, object]:
    """Twilio's paging fields for the page that shows these rows; `kept` are the parameters all pages share."""

    def link(number: int, token: str = "") -> str:
        return (
            f"{path}?{urlencode([*kept, ('Page', str(number)), *([('PageToken', token)] if token else [])])}"
        )

    return {
        "end": page * size + max(len(shown) - 1, 0),
        "first_page_uri": link(0),
        "next_page_uri": link(page + 1, f"PA{shown[-1].sid}") if more and shown else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": link(page - 1, f"PB{shown[0].sid}") if page and shown else None,
        "start": page * size,
        "uri": link(page, token),
    }
