"""A carrier's side of inbound texts: a process of its own that posts signed webhooks over kept connections."""

import argparse
import json
import random
import selectors
import socket
import sys
import time
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

TOKEN = "t" * 32
AREAS = (619, 858, 760, 442, 213, 310, 323, 415, 510, 530)
COMMON = (
    "how do i use the spray",
    "HELP",
    "thank you",
    "where can i get treatment",
    "1",
    "gracias estoy bien",
)
CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus"


def list_words() -> list[str]:
    """What people write: the corpus in a fixed order of chance, every second one a common short text."""
    files = (CORPUS / "dev_en.jsonl", CORPUS / "dev_es.jsonl")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    rare = [json.loads(line)["text"] for line in lines]
    random.Random(3).shuffle(rare)
    return [words for pair in zip(rare, cycle(COMMON), strict=False) for words in pair]


def name_phone(number: int) -> str:
    """One of a thousand telephones of ten area codes."""
    return f"+1{AREAS[number // 100 % 10]}555{100 + number % 100:04d}"


def make_request(number: int, port: int, words: list[str]) -> bytes:
    """One signed webhook, as it goes over the wire."""
    form = {
        "MessageSid": f"SM{number:032x}",
        "From": name_phone(number),
        "To": "+16195550100",
        "Body": words[number % len(words)],
        "NumMedia": "0",
    }
    host = f"127.0.0.1:{port}"
    signature = RequestValidator(TOKEN).compute_signature(f"http://{host}/twilio/sms", form)
    body = urlencode(form).encode()
    head = (
        f"POST /twilio/sms HTTP/1.1\r\nHost: {host}\r\nX-Twilio-Signature: {signature}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Line:
    """One kept connection: one webhook at a time, a new connection where the server closed it."""

    def __init__(self, port: int, poll: selectors.BaseSelector):
        self.port, self.poll = port, poll
        self.answer = b""
        self.number, self.began = 0, 0.0
        self.connect()

    def connect(self) -> None:
        """Open the connection."""
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.poll.register(self.socket, selectors.EVENT_READ, self)

    def send(self, number: int, request: bytes) -> None:
        """Post one webhook."""
        self.answer, self.number, self.began = b"", number, time.monotonic()
        self.socket.sendall(request)

    def read(self) -> int | None:
        """The status once the answer is whole, else None."""
        piece = self.socket.recv(65536)
        self.answer += piece
        head, _, body = self.answer.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0].strip()
        if piece and (not length or len(body) < int(length)):
            return None
        if not piece or b"connection: close" in head.lower():
            self.poll.unregister(self.socket)
            self.socket.close()
            self.connect()
        return int(head[9:12] or b"0")


def post_all(
    requests: list[bytes], port: int, connections: int, pause: float
) -> list[tuple[int, float, float, int]]:
    """For each webhook its place, the moment it was posted, the seconds until its answer, and the status.

    They are posted `pause` seconds apart, or as fast as they are answered.
    """
    poll = selectors.DefaultSelector()
    free = [Line(port, poll) for _ in range(min(connections, len(requests)))]
    posts: list[tuple[int, float, float, int]] = []
    begin, sent = time.monotonic(), 0
    while len(posts) < len(requests):
        while free and sent < len(requests) and time.monotonic() >= begin + sent * pause:
            free.pop().send(sent, requests[sent])
            sent += 1
        waits = free and sent < len(requests)
        for key, _ in poll.select(max(0.0, begin + sent * pause - time.monotonic()) if waits else None):
            line = key.data
            status = line.read()
            if status is not None:
                posts.append((line.number, line.began, time.monotonic() - line.began, status))
                free.append(line)
    return posts


def main() -> None:
    """Post `count` webhooks from number `first` on; prints one JSON line."""
    parser = argparse.ArgumentParser()
    for name in ("port", "first", "count", "connections"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between two")
    parser.add_argument("--words", default="", help="what everybody writes, instead of the corpus")
    asked = parser.parse_args()
    words = [asked.words] if asked.words else list_words()
    numbers = range(asked.first, asked.first + asked.count)
    requests = [make_request(number, asked.port, words) for number in numbers]
    json.dump(post_all(requests, asked.port, asked.connections, asked.pause), sys.stdout)


if __name__ == "__main__":
    main()
