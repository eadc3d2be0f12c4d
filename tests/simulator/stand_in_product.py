"""A small product that records what it is sent, and apps served on free loopback ports."""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import waitress
from flask import Flask, Response, request
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from waitress import wasyncore

SID, TOKEN, OURS, PHONE = "AC" + "5" * 32, "test-token", "+16195550100", "+16195550142"


@dataclass
class Served:
    """A WSGI app that listens on a free port."""

    app: Flask
    server: object
    thread: threading.Thread
    url: str

    def close(self) -> None:
        self.server.task_dispatcher.shutdown()
        # Closed from inside its own loop, which ends when it has no connection left.
        # It may see the wish before the byte that wakes it, and then the byte finds no reader.
        with contextlib.suppress(OSError):
            self.server.trigger.pull_trigger(lambda: wasyncore.close_all(self.server._map))
        self.thread.join()


def serve_app(app: Flask) -> Served:
    return run_server(app, waitress.create_server(app, host="127.0.0.1", port=0, threads=8, ident=None))


def run_server(app: Flask, server: object) -> Served:
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    return Served(app, server, thread, f"http://127.0.0.1:{server.effective_port}")


@dataclass
class Product:
    """What the stand-in product was sent, and what it will answer."""

    url: str = ""
    received: list[tuple[str, dict, str]] = field(default_factory=list)
    sound: bytes = b"RIFF"
    answer: Callable[[], Response] = lambda: Response("<Response/>", mimetype="text/xml")

    def speak(self, by_path: dict[str, str]) -> None:
        """Answer each path with what stands inside this TwiML's Response; all others with nothing to do."""

        def answer() -> Response:
            return Response(f"<Response>{by_path.get(request.path, '')}</Response>", mimetype="text/xml")

        self.answer = answer

    def wait_for(self, count: int, path: str = "/") -> list[dict]:
        """The forms posted to this path, once there are so many."""
        for _ in range(500):
            forms = [form for at, form, _ in list(self.received) if at.startswith(path)]
            if len(forms) >= count:
                return forms
            time.sleep(0.01)
        raise AssertionError(f"only {len(forms)} posts to {path}")


def make_client(url: str, token: str = TOKEN) -> Client:
    """Twilio's own client, pointed at the simulator."""
    client = Client(SID, token, http_client=TwilioHttpClient(timeout=5))
    client.api.base_url = url
    return client


def call(client: Client, product: Product, **changes: object) -> object:
    """One call from the product's number to the test telephone, whose TwiML is at /turn."""
    return client.calls.create(**{"to": PHONE, "from_": OURS, "url": product.url + "/turn"} | changes)


def send(client: Client, **changes: object) -> object:
    """One text from the product's number to the test telephone, changed as asked."""
    return client.messages.create(**{"to": PHONE, "from_": OURS, "body": "Hello"} | changes)
