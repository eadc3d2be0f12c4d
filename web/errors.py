"""Errors in words: problem+json for programs, a page for people, never a traceback."""

import logging
from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

LOG = logging.getLogger(__name__)
TITLES = {
    400: "This request is incomplete",
    401: "No valid key",
    403: "Not for this account",
    404: "There is nothing here",
    405: "This address does not do that",
    409: "This stands against it",
    413: "That is too much",
    415: "This is not JSON",
    422: "Some fields need another look",
    500: "Something failed on our side",
}
DETAILS = {
    400: "Something that must be there is missing. Go back and try again.",
    401: "Send your agency's key as `Authorization: Bearer <key>`.",
    403: "You are signed in, or have signed, as somebody who may not do this.",
    404: "The address may be mistyped, or what it named has been removed.",
    405: "The address exists, but not for this kind of request.",
    413: "Send less than 256 KB.",
    415: "Send the body as application/json.",
    500: "Please try again. If it goes on, tell the people who run this service.",
}
FOR_PROGRAMS = ("/api/", "/twilio/")


def explain(problem: Exception) -> Any:
    """The answer to anything that was raised. A failure of ours is logged by its type alone."""
    status = problem.code or 500 if isinstance(problem, HTTPException) else 500
    if status == 500:
        # The type alone: an exception's text may hold a number or a name.
        LOG.error("%s failed: %s", request.endpoint, type(problem).__name__)
    detail = find_detail(problem, status)
    if request.path.startswith(FOR_PROGRAMS):
        return write_problem(status, detail, headers=list_headers(problem, status))
    title = (
        "This form has grown old"
        if isinstance(problem, CSRFError)
        else TITLES.get(status, "This did not work")
    )
    return render_template("error.html", title=title, detail=detail), status, list_headers(problem, status)


def find_detail(problem: Exception, status: int) -> str:
    """What to do: the words of whoever refused, else ours for that status."""
    if isinstance(problem, CSRFError):
        return "Go back, reload the page and send it again."
    ours = DETAILS.get(status, "Please try again.")
    if not isinstance(problem, HTTPException) or problem.description == type(problem).description:
        return ours
    return problem.description or ours


def list_headers(problem: Exception, status: int) -> dict[str, str]:
    """The headers without which the status says only half: how to sign in, what is allowed."""
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    methods = getattr(problem, "valid_methods", None)
    return {"Allow": ", ".join(sorted(methods))} if methods else {}


def write_problem(
    status: int,
    detail: str,
    errors: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An application/problem+json answer (RFC 9457); `errors` has a text for each wrong field."""
    body: dict[str, Any] = {"type": "about:blank", "title": TITLES.get(status, "This did not work")}
    body |= {"status": status, "detail": detail}
    if errors:
        body["errors"] = dict(errors)
    response = jsonify(body)
    response.status_code = status
    response.content_type = "application/problem+json"
    response.headers.update(headers or {})
    return response
