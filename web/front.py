"""The front door: what this is, and where each kind of user goes."""

from flask import Blueprint, render_template

front = Blueprint("front", __name__)


@front.get("/")
def home() -> str:
    """A page with three doors: crews, staff, and the public how-to."""
    return render_template("home.html")
