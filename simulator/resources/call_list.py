"""The list of calls: Twilio's filters for it."""

from collections.abc import Mapping

from simulator.calls.records import Call
from simulator.exchange import Exchange
from simulator.numbers import read_number
from simulator.resources.paging import Shelf, read_dates

FILTERS = (
    "To",
    "From",
    "Status",
    *(name + sign for name in ("StartTime", "EndTime") for sign in ("", "<", ">")),
)
# A call that was not answered counts by its creation, so that a caller who asks at once can find it.
BEGUN = "coalesce(started_at, created_at)"


def choose_calls(exchange: Exchange, asked: Mapping[str, str]) -> Shelf[Call]:
    """The calls that To, From, Status and the date filters leave."""
    parts: list[str] = ["1"]
    values: list[object] = []
    for name, column in (("StartTime", BEGUN), ("EndTime", "ended_at")):
        conditions, moments = read_dates(asked, name, column)
        parts, values = parts + conditions, values + moments
    for name, column in (("To", "callee"), ("From", "caller"), ("Status", "status")):
        if asked.get(name):
            parts.append(f"{column} = ?")
            values.append(asked[name] if name == "Status" else read_number(asked[name]) or asked[name])
    return Shelf(exchange.calls.list_rows, exchange.calls.get_call, FILTERS, " and ".join(parts), values)
