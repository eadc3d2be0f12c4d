"""Failures on purpose while a message is created: too busy, broken, silent, or gone, before accepting it or after."""

import random
import socket
import time
from collections.abc import Callable

from flask import Response, request

from simulator.behaviour import AFTER, Behaviour
from simulator.refusals import Refusal


def choose_failure(behaviour: Behaviour) -> str | None:
    """The kind of failure that strikes this request, or None."""
    if behaviour.fail_rate and random.random() < behaviour.fail_rate:
        return random.choice(behaviour.fail_kinds)
    return None


def create_or_fail(behaviour: Behaviour, create: Callable[[], Response]) -> Response:
    """Call `create`, or fail before or after it as the behaviour says. Raises Refusal 20429 or 20500."""
    kind = choose_failure(behaviour)
    if kind is None:
        return create()
    if kind.endswith(AFTER):
        create()
    return fail(kind.removesuffix(AFTER), behaviour)


def fail(kind: str, behaviour: Behaviour) -> Response:
    """One failure, with the message taken or not. Raises Refusal 20429 or 20500."""
    if kind == "429":
        raise Refusal(20429, retry_after=behaviour.retry_after)
    if kind == "500":
        raise Refusal(20500)
    if kind == "timeout":
        time.sleep(behaviour.timeout_ms / 1000)
    return hang_up()


def hang_up() -> Response:
    """Close the caller's connection without an answer."""
    # waitress shows its connection only through this callable.
    check = request.environ.get("waitress.client_disconnected")
    if check is not None:
        check.__self__.socket.shutdown(socket.SHUT_RDWR)
    return Response(status=500)
