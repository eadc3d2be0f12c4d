"""Signing in and out, for crews and for programme staff."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from service.sign_in import Account, sign_in
from web.desk import get_desk

account = Blueprint("account", __name__)

DOORS = {"staff": "/staff", "crew": "/enrol"}
# One text for every failure: it must not tell which accounts exist or which one is locked.
WRONG = (
    "Address and password do not fit. After five wrong passwords an account rests for 15 minutes; "
    "then try again, or ask program staff for a new password."
)


@account.get("/sign-in")
def sign_in_form() -> str:
    """The form; `next` is the local page that asked for it."""
    return render_template("sign_in.html", email="", next=request.args.get("next", ""), problem=None)


@account.post("/sign-in", endpoint="sign_in")
def take_sign_in() -> Any:
    """Open a session, or show the form again with the address kept."""
    desk = get_desk()
    email, wanted = request.form.get("email", ""), request.form.get("next", "")
    person = sign_in(desk.memory, email, request.form.get("password", ""), desk.now())
    if person is None:
        return render_template("sign_in.html", email=email, next=wanted, problem=WRONG), 401
    # A session that began before the password is not trusted after it.
    session.clear()
    session.permanent = True
    session["account"] = person.id
    return redirect(choose_door(person, wanted), 303)


@account.post("/sign-out")
def sign_out() -> Response:
    """End the session, also when there is none."""
    session.clear()
    flash("You are signed out.")
    return redirect(url_for("account.sign_in_form"), 303)


def choose_door(person: Account, wanted: str) -> str:
    """The page they came for if it lies behind their own door, so never another site; else the door."""
    door = DOORS[person.role]
    return wanted if wanted.startswith(f"{door}/") else door
