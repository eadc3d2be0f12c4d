"""For operations: is the process up, is it ready, how much waits, without personal data."""

from datetime import timedelta

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from messages.languages import list_languages
from messages.render import CatalogueMissing, has_translation
from model import Level
from store.counts import count_rows
from store.halts import find_halt
from store.schema import is_current
from store.workers import newest_heartbeat
from web.desk import Desk, get_desk

ops = Blueprint("ops", __name__)
ALIVE_FOR = timedelta(seconds=30)


@ops.get("/healthz")
def healthz() -> Response:
    """The process is up."""
    return jsonify(status="ok")


@ops.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Whether texts can be heard and sent: 200, or 503 with what is missing."""
    checks = check_all(get_desk())
    ready = all(checks.values())
    return jsonify(status="ready" if ready else "not ready", checks=checks), 200 if ready else 503


def check_all(desk: Desk) -> dict[str, bool]:
    """Each thing that must be true."""
    try:
        migrated = is_current(desk.memory)
        with desk.memory.reading() as tx:
            seen_at = newest_heartbeat(tx) if migrated else None
    except Exception:
        return {"database": False, "migrations": False, "scheduler": False, "catalogues": has_catalogues()}
    alive = seen_at is not None and desk.wall() - seen_at < ALIVE_FOR
    return {"database": True, "migrations": migrated, "scheduler": alive, "catalogues": has_catalogues()}


def has_catalogues() -> bool:
    """Whether every language's words are compiled."""
    try:
        return all(
            has_translation("help.info", language.code, Level.DISCREET) for language in list_languages()[1:]
        )
    except CatalogueMissing:
        return False


@ops.get("/metrics")
def metrics() -> Response:
    """How much waits, in Prometheus' format."""
    registry = CollectorRegistry()
    gauge = Gauge("afterkit_rows", "Rows by table and state", ["table", "state"], registry=registry)
    with get_desk().memory.reading() as tx:
        for table, state, count in count_rows(tx):
            gauge.labels(table, state).set(count)
        halt = find_halt(tx, get_desk().now())
    halted = Gauge("afterkit_halted", "The carrier's error for which texts wait, 0 = none", registry=registry)
    halted.set(halt or 0)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
