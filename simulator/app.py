"""The simulator put together: one Flask app that is Twilio and the telephones, and how it is served."""

import logging
import threading
from typing import Any

import waitress
from flask import Flask

from simulator import call_control
from simulator.control import control
from simulator.exchange import close_exchange, open_exchange
from simulator.page import page
from simulator.resources import accounts, calls, messages
from simulator.resources.door import api
from simulator.settings import SimulatorSettings

ROUTES = (accounts, calls, messages, call_control)
CONNECTIONS = 2000


def create_simulator(settings: SimulatorSettings) -> Flask:
    """A simulator that runs: its worker threads are started. Stop it with `close_simulator`."""
    app = Flask(__name__)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["exchange"] = open_exchange(settings)
    for door in (api, control, page):
        app.register_blueprint(door)
    return app


def close_simulator(app: Flask) -> None:
    """Stop the worker threads and let go of the state file."""
    close_exchange(app.extensions["exchange"])


def listen(app: Flask, settings: SimulatorSettings) -> Any:
    """A server that listens; its `run` answers. Raises OSError when the port cannot be had."""
    return waitress.create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        # Waitress stops accepting at 100 by itself: one more kept connection would wait for minutes.
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        ident=None,
    )


def serve(settings: SimulatorSettings) -> None:
    """Serve until the process ends: KeyboardInterrupt and SystemExit pass through when all is safely kept."""
    # A busy queue is the point of a load test, not news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_simulator(settings)
    server = listen(app, settings)
    # On its own thread, so that stopping does not wait for pages that hold a request open for news.
    listening = threading.Thread(target=server.run, name="simulator-server", daemon=True)
    listening.start()
    try:
        listening.join()
    finally:
        close_simulator(app)
