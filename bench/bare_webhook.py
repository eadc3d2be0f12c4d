"""The least a webhook can do: Twilio's signature and one INSERT with its own commit, behind the product's server."""

import os
import sqlite3
import threading
from functools import partial
from typing import Any

import psycopg
from flask import Flask, Response, abort, request

from bench.stage import POSTGRES, SQLITE, Place
from carrier.signature import is_signed
from carrier.webhooks import EMPTY_ANSWER
from cli.family import run_family
from cli.listening import Doors, make_server, open_doors
from cli.running import serve_until_stopped
from config import Settings, load_settings

TABLE = "CREATE TABLE bare_inbox (sid TEXT PRIMARY KEY, phone TEXT, body TEXT)"
ADD = "INSERT INTO bare_inbox (sid, phone, body) VALUES ({p}, {p}, {p})"


def connect(place: Place) -> Any:
    """A connection whose every statement is a commit on the disk."""
    if place.kind == POSTGRES:
        return psycopg.connect(place.plain_url, autocommit=True)
    conn = sqlite3.connect(str(place.parsed.database), isolation_level=None, timeout=30)
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("PRAGMA synchronous=FULL")
    return conn


def make_app(place: Place, settings: Settings) -> Flask:
    """The one route, as anybody would write it."""
    app, mine = Flask("bare"), threading.local()
    words = ADD.format(p="%s" if place.kind == POSTGRES else "?")

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.post("/twilio/sms")
    def sms() -> Response:
        url = f"{settings.public_base_url}/twilio/sms"
        if not is_signed(settings.twilio_auth_token, url, request.form, request.headers):
            abort(403)
        if not hasattr(mine, "conn"):
            mine.conn = connect(place)
        mine.conn.execute(words, [request.form[name] for name in ("MessageSid", "From", "Body")])
        return Response(EMPTY_ANSWER, content_type="text/xml")

    return app


def serve(place: Place, settings: Settings, doors: Doors) -> None:
    """Answer until told to stop."""
    serve_until_stopped(make_server(make_app(place, settings), doors, embedded=settings.is_embedded))


def main() -> None:
    """As many processes as WEB_WORKERS says, on DATABASE_URL."""
    settings = load_settings(os.environ)
    place = Place(SQLITE if settings.is_embedded else POSTGRES, settings.database_url)
    conn = connect(place)
    conn.execute(TABLE)
    conn.close()
    run_family([partial(serve, place, settings, open_doors(settings))] * settings.web_workers)


if __name__ == "__main__":
    main()
