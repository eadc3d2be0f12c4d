"""The web's doors: the sockets it listens on, and the server that answers behind them."""

import socket
import threading
from collections.abc import Sequence
from typing import Any

from flask import Flask
from waitress.server import create_server
from waitress.wasyncore import close_all

from bot.hear import hear, read_grammars
from cli.settings import refuse_port
from config import ConfigError, Settings
from messages.voices import read_hints

# On SQLite many may wait for the one writer and share its commit; on PostgreSQL each takes a connection of its own.
THREADS_ON_SQLITE, THREADS_ON_POSTGRES = 16, 8
CONNECTIONS = 1000  # kept by the carrier and by browsers; beyond waitress's own 100 everybody waits
WAITING = 1024  # connections that were not accepted yet

Doors = Sequence[socket.socket]


def open_doors(settings: Settings) -> Doors:
    """Listening sockets, which processes may share. Raises ConfigError when the port is taken or the host not ours."""
    try:
        found = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except OSError:
        raise ConfigError(f"HOST {settings.host!r} is not an address of this machine.") from None
    try:
        return [
            socket.create_server(address, family=family, backlog=WAITING) for family, *_, address in found
        ]
    except OSError as problem:
        raise ConfigError(refuse_port("PORT", settings.port, problem)) from None


class Server:
    """A server behind doors, which it closes when it stops: nobody is left waiting for an answer that never comes.

    waitress by itself closes several doors and forgets a single one.
    """

    def __init__(self, server: Any, lines: dict[int, Any]):
        self.server, self.lines = server, lines

    def run(self) -> None:
        """Answer until SystemExit is raised in this thread."""
        self.server.run()
        close_all(self.lines)


def make_server(app: Flask, doors: Doors, *, embedded: bool) -> Server:
    """A server behind those doors, over the embedded database or over PostgreSQL."""
    lines: dict[int, Any] = {}
    server = create_server(
        app,
        map=lines,
        sockets=list(doors),
        threads=THREADS_ON_SQLITE if embedded else THREADS_ON_POSTGRES,
        ident=None,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
    )
    return Server(server, lines)


def learn_by_heart() -> None:
    """Read what hearing needs in any language: done at the first text in each, it would keep that person waiting."""
    read_grammars()
    read_hints()


def learn_most_by_heart() -> None:
    """Read what hearing needs for most people's texts now, and the rest beside the work: it takes seconds."""
    hear("hello")
    threading.Thread(target=learn_by_heart, name="grammars", daemon=True).start()
