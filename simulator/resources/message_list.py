"""The list of messages: Twilio's filters for it."""

from collections.abc import Mapping

from simulator.exchange import Exchange
from simulator.numbers import read_number
from simulator.records import Message
from simulator.resources.paging import Shelf, read_dates

FILTERS = ("To", "From", "DateSent", "DateSent<", "DateSent>")
# A text that has not left yet counts by its creation, so that a caller who asks at once can find it.
SENT = "coalesce(sent_at, created_at)"


def choose_messages(exchange: Exchange, asked: Mapping[str, str]) -> Shelf[Message]:
    """The texts that To, From and the three DateSent filters leave."""
    parts, values = read_dates(asked, "DateSent", SENT)
    for name, column in (("To", "recipient"), ("From", "sender")):
        if asked.get(name):
            parts.append(f"{column} = ?")
            values.append(read_number(asked[name]) or asked[name])
    where = " and ".join(["deleted = 0", *parts])
    return Shelf(exchange.records.list_rows, exchange.records.get_message, FILTERS, where, values)
