"""The stand-in carrier answers the official client, counts what came twice, and goes wrong as it was told."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from requests import get, post
from requests.exceptions import ConnectionError as Broken
from twilio.rest import Client

from tests.acceptance.running import ROOT, find_free_port

PHONE, SENDER = "+16195550142", "+16195550100"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@contextmanager
def running(*arguments: str) -> Iterator[str]:
    """A stand-in without latency; its address."""
    port = find_free_port()
    command = [sys.executable, "-m", "bench.stand_in", "--port", str(port), "--latency-ms", "0", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TWILIO_AUTH_TOKEN": "t" * 32})
    try:
        wait_for(lambda: get(f"http://127.0.0.1:{port}/counts", timeout=2).ok)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for(act: Callable[[], Any]) -> None:
    """Until the act succeeds; the last try's error after ten seconds."""
    for _ in range(100):
        try:
            return act()
        except Broken:
            time.sleep(0.1)
    return act()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """One stand-in without faults."""
    with running() as address:
        yield address


@pytest.fixture
def client(address: str) -> Client:
    """The official client against a stand-in that has forgotten everything."""
    post(f"{address}/forget", timeout=2)
    client = Client("AC1", "t" * 32)
    client.api.base_url = address
    return client


def send(client: Client, number: int, callback: int) -> Any:
    """One text by the official client."""
    url = f"http://127.0.0.1:1/twilio/receipts/{callback}"
    return client.messages.create(to=PHONE, from_=SENDER, body=f"Text {number}", status_callback=url)


def test_the_official_client_reads_what_it_sent(client: Client) -> None:
    message = send(client, 1, 1)
    assert (message.status, message.to, message.body, len(message.sid)) == ("queued", PHONE, "Text 1", 34)


def test_one_text_is_found_by_its_sid(client: Client) -> None:
    sid = send(client, 1, 1).sid
    assert client.messages(sid).fetch().body == "Text 1"


def test_the_list_is_newest_first_and_follows_its_pages(client: Client) -> None:
    for number in range(5):
        send(client, number, number)
    found = client.messages.list(to=PHONE, from_=SENDER, date_sent_after=LONG_AGO, page_size=2)
    assert [message.body for message in found] == [f"Text {number}" for number in (4, 3, 2, 1, 0)]


def test_the_list_leaves_out_what_was_sent_before(client: Client) -> None:
    sent = send(client, 1, 1)
    later = sent.date_created + timedelta(hours=1)
    assert client.messages.list(to=PHONE, date_sent_after=later) == []


def test_a_text_of_the_same_callback_is_counted_as_twice(client: Client, address: str) -> None:
    for number, callback in ((1, 7), (2, 7), (3, 8)):
        send(client, number, callback)
    counts = get(f"{address}/counts", timeout=2).json()
    assert (counts["taken"], counts["distinct"], counts["twice"]) == (3, 2, 1)


def test_every_arrival_has_its_moment(client: Client, address: str) -> None:
    send(client, 1, 7)
    [[identity, at, to]] = get(f"{address}/arrivals", timeout=2).json()
    assert identity.endswith("/receipts/7") and at <= time.monotonic() and to.startswith("+1")


def test_faults_are_of_four_kinds_and_some_are_taken() -> None:
    with running("--faults", "1") as address:
        answers = [post_text(address, number) for number in range(60)]
        counts = get(f"{address}/counts", timeout=2).json()
    assert set(answers) == {429, 500, "no answer", "reset"}
    assert answers.count("reset") < counts["taken"] < 60 - answers.count(429)


def post_text(address: str, number: int) -> int | str:
    """One text without a client's comforts: its status, or how the connection ended."""
    form = {"To": PHONE, "Body": "Text", "StatusCallback": f"http://127.0.0.1:1/{number}"}
    try:
        return post(f"{address}/2010-04-01/Accounts/AC1/Messages.json", data=form, timeout=0.2).status_code
    except Broken:
        return "reset"
    except OSError:
        return "no answer"
