"""The agencies' programs: /api/v1, JSON in and out, problems as application/problem+json."""

import json
import re
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, g, jsonify, request

from messages.programmes import find_step
from service.check_enrolment import BadEnrolment
from service.enrol import Enrolled, NotEnrolled, enrol
from service.show_enrolment import show_enrolment
from service.stop_enrolment import stop_enrolment
from store.reports import count_funnel
from store.resources import list_resources
from web.ask import BadQuery, choose_resources, read_days, write_resource
from web.desk import get_desk
from web.errors import write_problem
from web.guard import with_api_key
from web.storable import is_storable

api = Blueprint("api", __name__, url_prefix="/api/v1")

DOCUMENT = (Path(__file__).resolve().parent / "openapi.json").read_text(encoding="utf-8")
ENROLMENT_ID = re.compile(r"enr_[A-Za-z0-9_-]{1,60}")
LONGEST_KEY = 200
UNKNOWN = "Your agency has no enrolment with this id."


@api.get("/openapi.json")
def openapi() -> Response:
    """What this API takes and gives, as an OpenAPI 3.1 document."""
    return Response(DOCUMENT, content_type="application/json")


@api.post("/enrolments")
@with_api_key
def add_enrolment() -> Any:
    """201 with a new enrolment, 200 with the one this key made before, or a problem that names each field."""
    desk, data, key = get_desk(), read_body(), read_key()
    try:
        made = enrol(desk.memory, g.agency.id, data, desk.policy, desk.now(), key=key, who=g.agency.name)
    except BadEnrolment as problem:
        return write_problem(422, "Nobody was enrolled. See `errors` for each field.", problem.problems)
    except NotEnrolled as problem:
        return write_problem(problem.status, str(problem), problem.problems)
    return write_made(made), 201 if made.is_new else 200


@api.get("/enrolments/<public_id>")
@with_api_key
def get_enrolment(public_id: str) -> Any:
    """State of one enrolment and of each of its messages; no words, no number."""
    view = show_enrolment(get_desk().memory, g.agency.id, check_id(public_id))
    if view is None:
        abort(404, UNKNOWN)
    messages = [{"key": one.key, "state": one.state, "at": one.at.isoformat()} for one in view.messages]
    return jsonify(id=view.id, state=view.state, because=view.because, messages=messages)


@api.post("/enrolments/<public_id>/stop")
@with_api_key
def stop(public_id: str) -> Any:
    """End it on all channels, at once and without a text. Twice is once."""
    desk = get_desk()
    if not stop_enrolment(desk.memory, g.agency.id, check_id(public_id), desk.now()):
        abort(404, UNKNOWN)
    return jsonify(id=public_id, state="ended")


@api.get("/resources")
@with_api_key
def resources() -> Any:
    """The published list, for one place, language or kind."""
    with get_desk().memory.reading() as tx:
        entries = list_resources(tx)
    try:
        chosen = choose_resources(entries, request.args)
    except BadQuery as problem:
        return write_problem(422, "See `errors` for each parameter.", problem.problems)
    return jsonify(resources=[write_resource(entry) for entry in chosen])


@api.get("/reports/qa")
@with_api_key
def qa() -> Any:
    """The agency's funnel: of the people it enrolled on these days, how many got how far."""
    desk = get_desk()
    try:
        days = read_days(request.args, desk.now(), desk.policy.default_zone)
    except BadQuery as problem:
        return write_problem(422, "See `errors` for each parameter.", problem.problems)
    with desk.memory.reading() as tx:
        counts = count_funnel(tx, g.agency.id, days.since, days.until)
    return jsonify({"from": days.first.isoformat(), "to": days.last.isoformat(), **counts})


def read_body() -> Any:
    """The JSON body. Aborts with 415 for another type and 400 for what is not JSON, or cannot be stored."""
    if request.mimetype != "application/json":
        abort(415)
    try:
        data = json.loads(request.get_data())
    except (ValueError, RecursionError):
        abort(400, "The body is not valid JSON.")
    if not is_storable(data):
        abort(400, "The body holds a character that cannot be stored.")
    return data


def read_key() -> str | None:
    """The idempotency key, or None. Aborts with 400 when it is empty or too long."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key.strip()) <= LONGEST_KEY:
        abort(400, f"Idempotency-Key must have 1 to {LONGEST_KEY} characters.")
    return key.strip() if key else None


def check_id(public_id: str) -> str:
    """An id that could be one of ours, else 404."""
    if not ENROLMENT_ID.fullmatch(public_id):
        abort(404, UNKNOWN)
    return public_id


def write_made(made: Enrolled) -> Response:
    """The enrolment and what comes next; one that was made before may have ended since."""
    view = None if made.is_new else show_enrolment(get_desk().memory, g.agency.id, made.id)
    coming = [{"key": find_step(step).key, "at": at.isoformat()} for step, at in made.next]
    return jsonify(id=made.id, status=view.state if view else "active", next=coming)
