"""Signed receipts as a carrier sends them for each text it took: first `sent`, then `delivered`."""

import asyncio
import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

STATUSES = ("sent", "delivered")
LINES = 4  # kept connections to the product
PAUSE_SECONDS = 1.0


def sign(token: str, url: str, form: Mapping[str, str]) -> str:
    """The carrier's signature of a form for one address (domain-facts E4)."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def write_request(token: str, url: str, form: Mapping[str, str]) -> bytes:
    """A whole HTTP request that brings one receipt."""
    parts, body = urlsplit(url), urlencode(form)
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nX-Twilio-Signature: {sign(token, url, form)}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode()


@dataclass(slots=True)
class ReceiptSender:
    """Sends receipts over a few kept connections, all to one product; what it could not bring it brings later."""

    token: str
    waiting: asyncio.Queue[tuple[str, str, str]] = field(default_factory=asyncio.Queue)
    lines: list[asyncio.Task[None]] = field(default_factory=list)

    @classmethod
    def from_environment(cls) -> "ReceiptSender":
        """A sender that signs with TWILIO_AUTH_TOKEN. Raises KeyError when there is none."""
        return cls(os.environ["TWILIO_AUTH_TOKEN"])

    def add(self, sid: str, url: str) -> None:
        """Let every receipt of one text leave."""
        for status in STATUSES:
            self.waiting.put_nowait((sid, url, status))

    def start(self) -> None:
        """Begin to send."""
        self.lines = [asyncio.create_task(self.run()) for _ in range(LINES)]

    async def run(self) -> None:
        """One connection's work, for ever: when it breaks, another is opened and what was in hand goes again."""
        in_hand: list[tuple[str, str, str]] = []
        while True:
            in_hand = in_hand or [await self.waiting.get()]
            parts = urlsplit(in_hand[0][1])
            try:
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
                await self.keep_sending(reader, writer, in_hand)
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(PAUSE_SECONDS)

    async def keep_sending(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, in_hand: list[tuple[str, str, str]]
    ) -> None:
        """Send what is in hand, and then whatever waits. Raises OSError when the connection breaks."""
        try:
            while True:
                sid, url, status = in_hand[0]
                writer.write(write_request(self.token, url, {"MessageSid": sid, "MessageStatus": status}))
                await read_answer(reader)
                in_hand[0] = await self.waiting.get()
        finally:
            writer.close()


async def read_answer(reader: asyncio.StreamReader) -> None:
    """Read one answer to its end. Raises IncompleteReadError when the line breaks off."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    _, _, rest = head.partition(b"content-length:")
    await reader.readexactly(int(rest.split(b"\r\n", 1)[0] or 0))
