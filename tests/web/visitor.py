"""People and programs that visit the web in tests: who they are, and how a browser sends a form."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

URL = "http://localhost"
MORNING = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)  # Monday 10:00 in San Diego
TOKEN = "a token of the carrier in tests"
AGENCY_KEY, OTHER_KEY = "ak_agency", "ak_other"
PASSWORD = "correct horse battery staple"
PEOPLE = {"staff": "staff@test.example", "crew": "crew@test.example"}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass
class Visitor:
    """A browser without a screen: it keeps cookies and sends the hidden fields of the page it looked at."""

    client: FlaskClient

    def look(self, path: str) -> str:
        """The page at that address."""
        return self.client.get(path).text

    def send(self, path: str, page: str | None = None, **fields: Any) -> TestResponse:
        """Fill in the form on `page` (where it is not the form's own address) and send it."""
        return self.post(path, {**self.read_hidden(page or path), **fields})

    def post(self, path: str, fields: dict[str, Any]) -> TestResponse:
        """Send exactly these fields."""
        return self.client.post(path, data=fields)

    def read_hidden(self, page: str) -> dict[str, str]:
        """The hidden fields on a page."""
        return {name: unescape(value) for name, value in HIDDEN.findall(self.look(page))}

    def sign_in(self, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Go through the sign-in page."""
        return self.send("/sign-in", email=email, password=password, **more)


def bearer(key: str = AGENCY_KEY) -> dict[str, str]:
    """The header of an agency's program."""
    return {"Authorization": f"Bearer {key}"}
