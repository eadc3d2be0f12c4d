"""A simulator on a free loopback port, with a small product at the other end."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from stand_in_product import OURS, SID, TOKEN, Product, Served, make_client, serve_app
from twilio.rest import Client

from simulator.app import close_simulator, create_simulator
from simulator.settings import SimulatorSettings


@pytest.fixture
def product() -> Iterator[Product]:
    seen = Product()
    app = Flask("product")

    @app.get("/audio/<path:path>")
    def play(path: str) -> Response:
        return Response(seen.sound, mimetype="audio/wav" if path.endswith(".wav") else "text/html")

    @app.route("/<path:path>", methods=["GET", "POST"])
    def take(path: str) -> Response:
        form = (request.form or request.args).to_dict()
        seen.received.append((request.full_path, form, request.headers["X-Twilio-Signature"]))
        return seen.answer()

    served = serve_app(app)
    seen.url = served.url
    yield seen
    served.close()


@pytest.fixture
def settings(product: Product, tmp_path: Path) -> SimulatorSettings:
    return SimulatorSettings(
        account_sid=SID,
        auth_token=TOKEN,
        product_url=product.url,
        numbers=(OURS, "+16195550101"),
        clock_file=tmp_path / "clock.json",
    )


@pytest.fixture
def simulator(settings: SimulatorSettings) -> Iterator[Served]:
    served = serve_app(create_simulator(settings))
    served.app.test_client().post("/sim/settings", json={"callback_delay_ms": 0})
    yield served
    close_simulator(served.app)
    served.close()


@pytest.fixture
def hand(simulator: Served) -> FlaskClient:
    """The hand on the simulator: what the page and the tests use under /sim."""
    return simulator.app.test_client()


@pytest.fixture
def client(simulator: Served) -> Client:
    return make_client(simulator.url)


@pytest.fixture
def touch(hand: FlaskClient) -> Callable[..., dict]:
    """Do something to a call; out comes the call when it waits again or is over."""
    return lambda sid, act, **more: hand.post(f"/sim/calls/{sid}/{act}", json=more).json


@pytest.fixture
def programme_now(hand: FlaskClient) -> Callable[[], datetime]:
    """The simulator's clock."""
    return lambda: datetime.fromisoformat(hand.get("/sim/clock").json["now"])


@pytest.fixture
def wait_for_status(client: Client) -> Callable[[str, str], None]:
    """Returns once a text has come to this status; fails after five seconds."""

    def wait(sid: str, status: str) -> None:
        for _ in range(500):
            if client.messages(sid).fetch().status == status:
                return
            time.sleep(0.01)
        raise AssertionError(f"never {status}, but {client.messages(sid).fetch().status}")

    return wait
