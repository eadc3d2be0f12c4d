"""The locks: every route has exactly one of these, or stands on the short public list."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, g, redirect, request, session, url_for

from carrier.signature import is_signed
from service.sign_in import find_signed_in
from store.accounts import find_agency_by_key
from web.desk import get_desk

View = Callable[..., Any]

# Endpoints that anybody may call: nothing personal is shown, and the sign-in page is how a lock is opened.
PUBLIC = ("static", "ops.healthz", "ops.readyz", "ops.metrics", "front.home", "kit.page", "kit.qr", "kit.keeper",
          "audio.recording", "api.openapi", "account.sign_in", "account.sign_in_form", "account.sign_out")  # fmt: skip


def signed(view: View) -> View:
    """Only the carrier: its signature fits this form and the public address, else 403 and nothing changes."""

    @wraps(view)
    def locked(*args: Any, **kwargs: Any) -> Any:
        desk = get_desk()
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        url = f"{desk.public_base_url}{request.path}{query}"
        if not is_signed(desk.carrier_token, url, request.form, request.headers):
            abort(403)
        return view(*args, **kwargs)

    return mark(locked, "signature")


def with_api_key(view: View) -> View:
    """Only an agency's program: `Authorization: Bearer <agency key>`; the agency is in `g.agency`."""

    @wraps(view)
    def locked(*args: Any, **kwargs: Any) -> Any:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        with get_desk().memory.reading() as tx:
            agency = find_agency_by_key(tx, key.strip()) if scheme.lower() == "bearer" and key else None
        if agency is None:
            abort(401)
        g.agency = agency
        return view(*args, **kwargs)

    return mark(locked, "key")


def with_staff(view: View) -> View:
    """Only programme staff who signed in; the account is in `g.account`."""
    return with_role(view, "staff")


def with_crew(view: View) -> View:
    """Only an ambulance crew that signed in; the account is in `g.account`."""
    return with_role(view, "crew")


def with_role(view: View, role: str) -> View:
    """Only accounts of one role; others are sent to the sign-in page."""

    @wraps(view)
    def locked(*args: Any, **kwargs: Any) -> Any:
        account = find_signed_in(get_desk().memory, session["account"]) if "account" in session else None
        if account is None:
            return redirect(url_for("account.sign_in_form", next=request.path))
        if account.role != role:
            abort(403)
        g.account = account
        return view(*args, **kwargs)

    return mark(locked, "session")


def mark(view: View, lock: str) -> View:
    """Write the lock on the view, where the rule of the house looks for it."""
    view.lock = lock  # type: ignore[attr-defined]
    return view
