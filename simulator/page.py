"""GET /: the telephone page."""

from flask import Blueprint, Response, current_app, render_template

from simulator.exchange import Exchange
from simulator.numbers import write_number

page = Blueprint("page", __name__)
FIRST_PHONE = "+16195550142"
QUICK = ("1", "2", "3", "STOP", "HELP")
SPEEDS = (
    (1, "Real time", "Real time"),
    (60, "1 min/s", "1 minute a second"),
    (3600, "1 hour/s", "1 hour a second"),
    (86400, "1 day/s", "1 day a second"),
)
FAIL_KINDS = (
    ("429", "Too many requests (429)"),
    ("500", "Broken (500)"),
    ("500-after-accept", "Taken, but the answer is 500"),
    ("timeout", "Silence, and the text is lost"),
    ("timeout-after-accept", "Taken, then silence"),
    ("reset", "The line drops, and the text is lost"),
    ("reset-after-accept", "Taken, but the line drops before the answer"),
)
# What a telephone can be: reached, or lost with one of Twilio's codes (domain-facts E6).
REACHES = (
    (0, "In reach"),
    (30003, "Off 30003"),
    (30004, "Blocked 30004"),
    (30005, "Unknown 30005"),
    (30006, "Landline 30006"),
    (30007, "Filtered 30007"),
)

# What becomes of a call to a telephone: it rings for the tester, or one of these by itself.
ANSWERS = (
    ("", "Rings"),
    ("person", "Answers"),
    ("machine", "Machine"),
    ("busy", "Busy"),
    ("no-answer", "No answer"),
)
KEYS = (*((key, "") for key in "123456789"), ("*", "Star"), ("0", ""), ("#", "Hash"))
HANDSET = (
    "M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1"
    "A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1 11.4 11.4 0 0 0 .57 3.6 1 1 0 0 1-.25 1z"
)


@page.get("/")
def show_phones() -> str:
    """The page with its telephones; all that moves on it is fetched by its script."""
    exchange: Exchange = current_app.extensions["exchange"]
    settings = exchange.settings
    return render_template(
        "phones.html",
        product=settings.product_url.rstrip("/"),
        number=write_number(settings.numbers[0]),
        first_phone=FIRST_PHONE,
        quick=QUICK,
        speeds=SPEEDS,
        fail_kinds=FAIL_KINDS,
        reaches=REACHES,
        answers=ANSWERS,
        keys=KEYS,
        handset=HANDSET,
        settable=exchange.clock.file is not None,
    )


@page.get("/healthz")
def tell_health() -> Response:
    """The simulator is up."""
    return Response("ok\n", mimetype="text/plain")


@page.after_app_request
def add_headers(response: Response) -> Response:
    """Nothing from elsewhere may be loaded, nobody may frame the page, nothing is kept."""
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
