"""Sending through Twilio's own client: every way an answer can come is told apart by whether the text may be gone."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

import pytest

from carrier.port import CarrierDown, MayLeave, always
from carrier.twilio_client import TwilioCarrier
from model import Advice, Outcome, Outgoing, Sent

TEXT = Outgoing(7, "+16195550142", "Hello", "http://example.org/twilio/receipts/7")
SENDER = {"from_": "+16195550100"}


class Door(BaseHTTPRequestHandler):
    """Answers as it was told to: (status, body), or not at all."""

    answer: tuple[int, str] | None = (500, "")
    called, requests, form = threading.Event(), 0, ""

    def setup(self) -> None:
        """Somebody connected."""
        super().setup()
        Door.called.set()

    def do_POST(self) -> None:
        """One send."""
        Door.requests += 1
        Door.form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.reply()

    def do_GET(self) -> None:
        """One question about the list."""
        self.reply()

    def reply(self) -> None:
        """The answer, or a connection that breaks off."""
        if self.answer is None:
            self.connection.close()
            return
        status, body = self.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def carrier() -> Iterator[TwilioCarrier]:
    """A carrier whose far end is the door."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    carrier = TwilioCarrier("AC1", "token", f"http://127.0.0.1:{server.server_port}", SENDER, 2)
    yield carrier
    carrier.close()
    server.shutdown()
    server.server_close()


def send(carrier: TwilioCarrier, may_leave: MayLeave = always, text: Outgoing = TEXT) -> Sent:
    """What the carrier answers to one text."""
    answers: Queue[Sent] = Queue()
    carrier.send([text], lambda _, sent: answers.put(sent), may_leave)
    return answers.get(timeout=20)


def refuse(code: int) -> str:
    """Twilio's error body."""
    return json.dumps({"code": code, "message": "no", "more_info": "", "status": 400})


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((201, json.dumps({"sid": "SM1", "status": "queued"})), Outcome.ACCEPTED),
        ((201, "{}"), Outcome.UNSURE),
        ((201, "<html>ok</html>"), Outcome.UNSURE),
        ((201, "[]"), Outcome.UNSURE),
        ((400, refuse(21610)), Outcome.REFUSED),
        ((400, refuse(30007)), Outcome.REFUSED),
        ((400, refuse(21606)), Outcome.LATER),
        ((401, refuse(20003)), Outcome.LATER),
        ((429, refuse(20429)), Outcome.LATER),
        ((404, "<html>lost</html>"), Outcome.UNSURE),
        ((408, "{}"), Outcome.UNSURE),
        ((429, "slow"), Outcome.LATER),
        ((500, "oops"), Outcome.UNSURE),
        ((503, refuse(20503)), Outcome.UNSURE),
        (None, Outcome.UNSURE),
    ],
    ids=str,
)
def test_an_answer_says_whether_the_text_may_be_gone(
    carrier: TwilioCarrier, answer: tuple[int, str] | None, outcome: Outcome
) -> None:
    Door.answer = answer
    assert send(carrier).outcome is outcome


def test_a_stopped_number_is_to_be_suppressed(carrier: TwilioCarrier) -> None:
    Door.answer = (400, refuse(21610))
    sent = send(carrier)
    assert (sent.code, sent.advice) == (21610, Advice.STOP)


@pytest.mark.parametrize(("night_in", "seconds"), [(None, 14400), (90_000, 14400), (1200.7, 1200), (0.2, 6)])
def test_a_text_does_not_wait_at_the_carrier_into_the_night(
    carrier: TwilioCarrier, night_in: float | None, seconds: int
) -> None:
    send(carrier, text=replace(TEXT, night_in=night_in))
    assert f"ValidityPeriod={seconds}" in Door.form.split("&")


def test_where_nobody_listens_nothing_is_gone() -> None:
    carrier = TwilioCarrier("AC1", "token", "http://127.0.0.1:9", SENDER, 2)
    assert send(carrier).outcome is Outcome.LATER


def test_a_text_is_looked_at_once_more_when_the_connection_stands(carrier: TwilioCarrier) -> None:
    """However long connecting took: a text that grew too old meanwhile is not written to the line."""
    Door.called.clear()
    Door.requests = 0

    def may_leave() -> bool:
        return not Door.called.wait(5)

    assert (send(carrier, may_leave=may_leave).outcome, Door.requests) == (Outcome.UNSURE, 0)


@pytest.mark.parametrize("answer", [(500, ""), (200, "<html>"), None], ids=str)
def test_a_list_that_cannot_be_read_is_no_answer(
    carrier: TwilioCarrier, answer: tuple[int, str] | None
) -> None:
    Door.answer = answer
    with pytest.raises(CarrierDown):
        carrier.list_texts(TEXT.to, datetime(2026, 1, 1, tzinfo=UTC))


def test_the_list_leaves_out_what_is_older_than_the_text(carrier: TwilioCarrier) -> None:
    dates = {"SM1": "Mon, 02 Mar 2026 10:00:00 +0000", "SM2": "Mon, 02 Mar 2026 12:00:00 +0000"}
    messages = [
        {"sid": sid, "body": "Hello", "status": "queued", "date_created": at} for sid, at in dates.items()
    ]
    Door.answer = (200, json.dumps({"messages": messages, "next_page_uri": None}))
    found = carrier.list_texts(TEXT.to, datetime(2026, 3, 2, 11, tzinfo=UTC))
    assert [text.sid for text in found] == ["SM2"]
