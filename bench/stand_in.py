"""A stand-in for the carrier's API, as cheap as Python allows, so that it is never the limit of a measurement.

Run as `python -m bench.stand_in --port 18150 [--latency-ms 50] [--jitter-ms 0] [--faults 0.05] [--statuses]`. It takes
`POST .../Messages.json`, gives the list of texts (`To`, `From`, `DateSent>`, newest first) and one text by its sid. Two
texts of one identity (`ledger.Text`) are a text sent twice. `GET /counts` and `GET /arrivals` tell what was taken,
`POST /forget` begins anew.
"""

import argparse
import asyncio
import gc
import json
import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from bench.ledger import API, Ledger, describe, describe_page
from bench.receipts import ReceiptSender

REASONS = {
    200: "OK",
    201: "Created",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
}
FAULTS = ("429", "500", "silence", "reset")


def write_answer(status: int, content: Any) -> bytes:
    """A whole HTTP answer with JSON in it; the connection stays open."""
    body = json.dumps(content).encode()
    head = f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def write_error(status: int, code: int) -> bytes:
    """An error as the API words it."""
    return write_answer(
        status, {"code": code, "message": "a stand-in's fault", "more_info": "", "status": status}
    )


@dataclass(slots=True)
class StandIn:
    """The carrier behind every connection; `faults` is the share of texts that go wrong, evenly in four ways."""

    latency: float = 0.05
    jitter: float = 0.0
    faults: float = 0.0
    receipts: ReceiptSender | None = None
    ledger: Ledger = field(default_factory=Ledger)
    dice: random.Random = field(default_factory=lambda: random.Random(1))

    def find_delay(self) -> float:
        """How long this answer takes, in seconds."""
        return self.latency + (self.dice.uniform(-self.jitter, self.jitter) if self.jitter else 0.0)

    def find_fault(self) -> str | None:
        """What goes wrong with this text, or nothing."""
        fault = self.dice.choice(FAULTS) if self.faults and self.dice.random() < self.faults else None
        if fault:
            self.ledger.faults[fault] += 1
        return fault

    def take(self, account: str, form: dict[str, str]) -> bytes | None:
        """Take a text, or not; the answer, where b"" is silence and None a connection that is reset."""
        fault = self.find_fault()
        if fault == "429":
            return write_error(429, 20429)
        text = None
        if fault in (None, "reset") or self.dice.random() < 0.5:
            text = self.ledger.take(account, form)
            if self.receipts and "StatusCallback" in form:
                self.receipts.add(text.sid, form["StatusCallback"])
        if fault is None and text:
            return write_answer(201, describe(text, "queued"))
        return {"500": write_error(500, 20500), "silence": b""}.get(fault or "")

    def answer(self, method: str, target: str, body: bytes) -> bytes | None:
        """What one request gets."""
        parts = urlsplit(target)
        if method == "POST" and parts.path.endswith("/Messages.json"):
            form = dict(parse_qsl(body.decode(), keep_blank_values=True))
            return self.take(parts.path[len(API) :].partition("/")[0], form)
        if method == "POST" and parts.path == "/forget":
            self.ledger = Ledger()
            return write_answer(200, {})
        return self.show(parts.path, dict(parse_qsl(parts.query)))

    def show(self, path: str, query: dict[str, str]) -> bytes:
        """What a reader gets."""
        if path == "/counts":
            return write_answer(200, self.ledger.count())
        if path == "/arrivals":
            return write_answer(
                200, [[text.identity, text.at, text.form.get("To")] for text in self.ledger.texts]
            )
        if path.endswith("/Messages.json"):
            return write_answer(200, describe_page(self.ledger, path, query))
        text = self.ledger.by_sid.get(unquote(path).rpartition("/")[2].removesuffix(".json"))
        return write_answer(200, describe(text)) if text else write_error(404, 20404)


class Line(asyncio.Protocol):
    """One kept connection, which asks one thing after the other."""

    def __init__(self, carrier: StandIn):
        self.carrier = carrier
        self.heard = b""
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody called."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that has come whole."""
        self.heard += data
        while (end := self.heard.find(b"\r\n\r\n")) >= 0:
            length = read_length(self.heard[:end])
            if len(self.heard) < end + 4 + length:
                return
            head, body = self.heard[:end], self.heard[end + 4 : end + 4 + length]
            self.heard = self.heard[end + 4 + length :]
            self.reply(head, body)

    def reply(self, head: bytes, body: bytes) -> None:
        """Take what came at once, and say so after the latency; our own questions are answered at once."""
        method, target, _ = head[: head.index(b"\r\n")].decode().split(" ")
        answer = self.carrier.answer(method, target, body)
        delay = self.carrier.find_delay() if target.startswith(API) else 0.0
        if delay > 0:
            asyncio.get_running_loop().call_later(delay, self.finish, answer)
        else:
            self.finish(answer)

    def finish(self, answer: bytes | None) -> None:
        """Send the answer, stay silent, or reset the connection."""
        if answer is None:
            self.transport.abort()
        elif answer:
            self.transport.write(answer)


def read_length(head: bytes) -> int:
    """The length of the body a request announces, in bytes."""
    start = head.lower().find(b"\r\ncontent-length:")
    return int(head[start + 17 :].split(b"\r\n", 1)[0]) if start >= 0 else 0


async def serve(port: int, carrier: StandIn) -> None:
    """Answer on loopback until the process ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(carrier), "127.0.0.1", port, backlog=4096)
    if carrier.receipts:
        carrier.receipts.start()
    async with server:
        await server.serve_forever()


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.stand_in")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--latency-ms", type=float, default=50)
    parser.add_argument("--jitter-ms", type=float, default=0)
    parser.add_argument("--faults", type=float, default=0, help="share of texts that go wrong, 0 to 1")
    parser.add_argument("--statuses", action="store_true", help="send signed receipts for what was taken")
    return parser.parse_args()


def main() -> None:
    """Serve as the command line says."""
    chosen = read_arguments()
    receipts = ReceiptSender.from_environment() if chosen.statuses else None
    gc.freeze()  # what is remembered only grows; looking through it again and again would be felt
    gc.disable()
    carrier = StandIn(chosen.latency_ms / 1000, chosen.jitter_ms / 1000, chosen.faults, receipts)
    asyncio.run(serve(chosen.port, carrier))


if __name__ == "__main__":
    main()
