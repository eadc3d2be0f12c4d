"""The web application: its blueprints, its headers, its settings."""

import re

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFProtect

from web.account import account
from web.api import api
from web.audio import audio
from web.calls import calls
from web.console import console
from web.desk import Desk
from web.enrol import enrol_form
from web.errors import explain
from web.front import front
from web.hooks import hooks
from web.kit import kit
from web.ops import ops
from web.storable import RowId, refuse_unstorable

LARGEST_BODY = 256 * 1024
SHIFT = 12 * 3600  # seconds a browser stays signed in
DIALLED = re.compile(r"[0-9+() .-]+")
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def create_web(desk: Desk) -> Flask:
    """The application around one desk."""
    app = Flask("web", static_folder="static", template_folder="templates")
    app.config.update(
        SECRET_KEY=desk.session_secret,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=desk.public_base_url.startswith("https"),
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=SHIFT,
        # A form opened at the start of a call must still be good an hour later; the session's end is its end.
        WTF_CSRF_TIME_LIMIT=None,
        # We ask browsers to send no referrer, so its absence proves nothing; the token does.
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions["afterkit"] = desk
    app.url_map.converters["row"] = RowId
    csrf = CSRFProtect(app)
    for blueprint in (hooks, calls, api):
        csrf.exempt(blueprint)
    for blueprint in (hooks, calls, audio, api, ops, front, account, enrol_form, console, kit):
        app.register_blueprint(blueprint)
    app.before_request(refuse_unstorable)
    app.after_request(add_headers)
    app.register_error_handler(Exception, explain)
    app.context_processor(
        lambda: {"signed_in": g.get("account"), "is_demo": desk.is_demo, "policy": desk.policy}
    )
    app.add_template_filter(write_tel)
    return app


def write_tel(phone: str) -> str | None:
    """The tel: address of a number as staff wrote it, or None when more than a number is written there."""
    return "tel:" + re.sub(r"[^0-9+]", "", phone) if DIALLED.fullmatch(phone) else None


def add_headers(response: Response) -> Response:
    """Nothing from elsewhere runs here, and nothing personal is kept in a browser's cache."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in ("static", "kit.page", "kit.qr", "kit.keeper", "audio.recording"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
