"""The simulator put together: one Flask app that is Twilio and the telephones, and how it is served."""

import logging
import threading

import waitress
from flask import Flask

from simulator.control import control
from simulator.exchange import close_exchange, open_exchange
from simulator.page import page
from simulator.resources import accounts, messages
from simulator.resources.door import api
from simulator.settings import SimulatorSettings

RESOURCES = (accounts, messages)


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


def serve(settings: SimulatorSettings) -> None:
    """Serve until the process ends: KeyboardInterrupt and SystemExit pass through when all is safely kept."""
    # A busy queue is the point of a load test, not news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_simulator(settings)
    server = waitress.create_server(
        app, host=settings.host, port=settings.port, threads=settings.threads, ident=None
    )
    # On its own thread, so that stopping does not wait for pages that hold a request open for news.
    listening = threading.Thread(target=server.run, name="simulator-server", daemon=True)
    listening.start()
    try:
        listening.join()
    finally:
        close_simulator(app)
