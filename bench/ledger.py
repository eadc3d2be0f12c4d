"""What a stand-in carrier took: each text once, found by sid and by number, shown as the carrier's API shows it."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import formatdate, parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

API = "/2010-04-01/Accounts/"


@dataclass(slots=True)
class Text:
    """One text that was taken; `at` is a moment of the monotonic clock in seconds."""

    sid: str
    account: str
    form: dict[str, str]
    date: str
    at: float

    @property
    def identity(self) -> str:
        """Whose text it is."""
        return self.form.get("StatusCallback") or f"{self.form.get('To')} {self.form.get('Body')}"


@dataclass(slots=True)
class Ledger:
    """Every text that was taken, in order, and the same by sid and by number."""

    texts: list[Text] = field(default_factory=list)
    by_sid: dict[str, Text] = field(default_factory=dict)
    by_number: dict[str, list[Text]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    second: int = 0
    date: str = ""

    def take(self, account: str, form: dict[str, str]) -> Text:
        """Remember one text as accepted now."""
        text = Text(f"SM{random.getrandbits(128):032x}", account, form, self.read_date(), time.monotonic())
        self.texts.append(text)
        self.by_sid[text.sid] = text
        self.by_number.setdefault(form.get("To", ""), []).append(text)
        return text

    def read_date(self) -> str:
        """Today and now as RFC 2822, made once a second."""
        second = int(time.time())
        if second != self.second:
            self.second, self.date = second, formatdate(second, usegmt=True).replace("GMT", "+0000")
        return self.date

    def count(self) -> dict[str, Any]:
        """How many texts, how many identities, how many of those came more than once, first and last moment."""
        times = Counter(text.identity for text in self.texts)
        return {
            "taken": len(self.texts),
            "distinct": len(times),
            "twice": sum(count > 1 for count in times.values()),
            "first_at": self.texts[0].at if self.texts else None,
            "last_at": self.texts[-1].at if self.texts else None,
            "faults": dict(self.faults),
        }

    def list_page(self, query: dict[str, str]) -> tuple[list[Text], bool]:
        """One page of the texts a query asks for, newest first, and whether there are more."""
        chosen = self.by_number.get(query["To"], []) if "To" in query else self.texts
        since = read_moment(query.get("DateSent>", ""))
        found = [text for text in reversed(chosen) if fits(text, query.get("From"), since)]
        size, page = int(query.get("PageSize", 50)), int(query.get("Page", 0))
        return found[page * size : (page + 1) * size], len(found) > (page + 1) * size


def read_moment(text: str) -> datetime | None:
    """The moment of a filter: a date or a date and time, with or without a zone."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else datetime.fromisoformat(f"{moment.isoformat()}+00:00")


def fits(text: Text, sender: str | None, since: datetime | None) -> bool:
    """Whether a text passes the filters; here a text counts as sent in the second in which it was taken."""
    if sender and text.form.get("From") != sender:
        return False
    return since is None or parsedate_to_datetime(text.date) >= since


def describe(text: Text, status: str = "sent") -> dict[str, Any]:
    """A text as the API shows it."""
    form, uri = text.form, f"{API}{text.account}/Messages/{text.sid}"
    return {
        "account_sid": text.account,
        "api_version": "2010-04-01",
        "body": form.get("Body", ""),
        "date_created": text.date,
        "date_sent": text.date if status == "sent" else None,
        "date_updated": text.date,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": form.get("From"),
        "messaging_service_sid": form.get("MessagingServiceSid"),
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": "USD",
        "sid": text.sid,
        "status": status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": form.get("To"),
        "uri": f"{uri}.json",
    }


def describe_page(ledger: Ledger, path: str, query: dict[str, str]) -> dict[str, Any]:
    """One page of the list, with the paging fields the client follows."""
    texts, more = ledger.list_page(query)
    page, size = int(query.get("Page", 0)), int(query.get("PageSize", 50))
    here, following = urlencode({**query, "Page": page}), urlencode({**query, "Page": page + 1})
    return {
        "messages": [describe(text) for text in texts],
        "page": page,
        "page_size": size,
        "start": page * size,
        "end": page * size + max(0, len(texts) - 1),
        "uri": f"{path}?{here}",
        "first_page_uri": f"{path}?{urlencode({**query, 'Page': 0})}",
        "next_page_uri": f"{path}?{following}" if more else None,
        "previous_page_uri": None,
    }
