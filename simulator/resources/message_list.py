"""The list of messages: Twilio's filters and Twilio's paging, newest first."""

from collections.abc import Mapping
from urllib.parse import urlencode

from simulator.exchange import Exchange
from simulator.numbers import read_number
from simulator.records import Message
from simulator.refusals import Refusal
from simulator.resources.message_check import read_moment

DAY = 86_400
PAGE_SIZE, BIGGEST_PAGE = 50, 1000
FILTERS = ("To", "From", "DateSent", "DateSent<", "DateSent>")
# A text that has not left yet counts by its creation, so that a caller who asks at once can find it.
SENT = "coalesce(sent_at, created_at)"


def read_filters(asked: Mapping[str, str]) -> tuple[str, list[object]]:
    """The SQL condition and its values for To, From and the three DateSent filters, both ends included."""
    parts: list[str] = ["deleted = 0"]
    values: list[object] = []
    for name, column in (("To", "recipient"), ("From", "sender")):
        if asked.get(name):
            parts.append(f"{column} = ?")
            values.append(read_number(asked[name]) or asked[name])
    for name in ("DateSent", "DateSent<", "DateSent>"):
        if asked.get(name):
            first, last = read_span(name, asked[name])
            parts.append(f"{SENT} >= ? and {SENT} < ?")
            values += [first, last]
    return " and ".join(parts), values


def read_span(name: str, text: str) -> tuple[float, float]:
    """From (included) and until (excluded) epoch seconds of one DateSent filter. Raises Refusal 20001 on no date.

    Bare DateSent means the whole UTC day, for Twilio's client writes a day as its midnight.
    """
    at = read_moment(text)
    if at is None:
        raise Refusal(20001, name)
    if name == "DateSent":
        return at - at % DAY, at - at % DAY + DAY
    width = DAY if len(text) <= len("2026-11-22") else 1
    return (at, float("inf")) if name == "DateSent>" else (0.0, at + width)


def read_whole(asked: Mapping[str, str], name: str, default: int) -> int:
    """A whole number of 0 or more. Raises Refusal 20001 on anything else."""
    text = asked.get(name, str(default))
    if not text.isdecimal():
        raise Refusal(20001, name)
    return int(text)


def list_page(
    exchange: Exchange, path: str, asked: Mapping[str, str]
) -> tuple[list[Message], dict[str, object]]:
    """One page of messages, and the paging fields Twilio puts beside them."""
    size = min(max(read_whole(asked, "PageSize", PAGE_SIZE), 1), BIGGEST_PAGE)
    page = read_whole(asked, "Page", 0)
    token = asked.get("PageToken", "")
    found = find_page(exchange, asked, size, page, token)
    more = len(found) > size
    shown = found[1:] if more and token.startswith("PB") else found[:size]
    return shown, describe_page(path, asked, size, page, shown, more or token.startswith("PB"))


def find_page(
    exchange: Exchange, asked: Mapping[str, str], size: int, page: int, token: str
) -> list[Message]:
    """The page's messages and one more where there is one: after PA<sid>, before PB<sid>, else by page number."""
    where, values = read_filters(asked)
    anchor = exchange.records.get_message(token[2:]) if token else None
    if token.startswith("PB") and anchor:
        rows = exchange.records.list_rows(
            f"where {where} and id > ? order by id limit ?", [*values, anchor.id, size + 1]
        )
        return rows[::-1]
    if anchor:
        return exchange.records.list_rows(
            f"where {where} and id < ? order by id desc limit ?", [*values, anchor.id, size + 1]
        )
    return exchange.records.list_rows(
        f"where {where} order by id desc limit ? offset ?", [*values, size + 1, page * size]
    )


def describe_page(
    path: str, asked: Mapping[str, str], size: int, page: int, shown: list[Message], more: bool
) -> dict[str, object]:
    """Twilio's paging fields for the page that shows these messages."""
    kept = [(name, asked[name]) for name in FILTERS if asked.get(name)] + [("PageSize", str(size))]

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
        "uri": link(page, asked.get("PageToken", "")),
    }
