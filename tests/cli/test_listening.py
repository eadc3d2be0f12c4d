"""The web's doors, and who stands before them when they close."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from types import FrameType

import pytest
from flask import Flask

from cli.listening import make_server

SOON = 0.3  # seconds until the server is told to stop
PATIENCE = 5


def raise_stop(_number: int, _frame: FrameType | None) -> None:
    """As the product's own answer to SIGTERM."""
    raise SystemExit(0)


@pytest.fixture
def stop_soon() -> Iterator[None]:
    """This process is told to stop, once, in a moment."""
    before = signal.signal(signal.SIGUSR1, raise_stop)
    timer = threading.Timer(SOON, os.kill, (os.getpid(), signal.SIGUSR1))
    timer.start()
    yield
    timer.join()
    signal.signal(signal.SIGUSR1, before)


@pytest.mark.parametrize("doors", [1, 2])
def test_who_waits_before_a_server_that_stops_is_told_and_nobody_else_comes_in(
    stop_soon: None, doors: int
) -> None:
    opened = [socket.create_server(("127.0.0.1", 0)) for _ in range(doors)]
    addresses = [door.getsockname() for door in opened]
    waiting = [socket.create_connection(address, timeout=PATIENCE) for address in addresses]
    make_server(Flask("web"), opened, embedded=True).run()
    assert [line.recv(1) for line in waiting] == [b""] * doors
    for address in addresses:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address, timeout=PATIENCE)
