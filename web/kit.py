"""The public how-to: what to do with the kit, in one language a page, for anybody who holds one."""

from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, Response, abort, current_app, make_response, render_template, url_for

from messages.languages import DEFAULT, Language, find_code, get_language
from messages.pages import get_howto_frame, list_paged
from messages.render import has_translation, render
from messages.reviews import is_approved
from model import Level
from web.desk import get_desk

kit = Blueprint("kit", __name__)

# Heading in pages.toml, text in the catalogue. The order of the steps is fixed: domain-facts A3, A5.
STEPS = {
    "call": "howto.call",
    "spray": "howto.spray",
    "second": "howto.second",
    "breathe": "howto.breathe",
    "side": "howto.side",
    "stay": "howto.stay",
}
MORE = {
    "signs": "howto.signs",
    "unsure": "howto.unsure",
    "storage": "howto.storage",
    "expiry": "howto.expiry",
    "test": "howto.test",
}
KEYS = (*STEPS.values(), *MORE.values())
KEEP_FOR = "public, max-age=300"


@kit.get("/kit/<code>")
def page(code: str) -> Any:
    """The page in the language with that tag; an unknown one is a 404 that leads to those there are."""
    languages = list_howto_languages()
    known = find_code(code)
    if known not in [language.code for language in languages]:
        return render_template("kit_unknown.html", languages=languages), 404
    return keep(make_response(render_template("kit.html", **fill(known or DEFAULT), languages=languages)))


@kit.get("/kit/<code>/qr.svg")
def qr(code: str) -> Response:
    """A QR code for the kit's label, as SVG: the page's address and nothing else, the same on every kit."""
    known = find_code(code)
    if known not in [language.code for language in list_howto_languages()]:
        abort(404)
    address = f"{get_desk().public_base_url}{url_for('kit.page', code=get_language(known).tag)}"
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", scale=8, border=4, title=address)
    return keep(Response(drawn.getvalue(), content_type="image/svg+xml"))


@kit.get("/kit/keeper.js")
def keeper() -> Response:
    """The script that answers when there is no signal; here, so that a browser lets it answer for the how-to alone."""
    return keep(current_app.send_static_file("keeper.js"))


def fill(code: str) -> dict[str, Any]:
    """Everything the page says in one language."""
    frame = get_howto_frame(code)
    return {
        "language": get_language(code),
        "frame": frame,
        "is_draft": not is_signed_for(code),
        "steps": [(name, frame[name], say(key, code)) for name, key in STEPS.items()] if frame else [],
        "more": [(name, frame[name], say(key, code)) for name, key in MORE.items()] if frame else [],
    }


def say(key: str, code: str) -> str:
    """One text of the catalogue in plain words: this page names no person."""
    return render(key, code, Level.EXPLICIT, {})


def list_howto_languages() -> list[Language]:
    """The languages in which every word of the page is written, and under strict review signed for; English always."""
    strict = get_desk().policy.strict_review
    return [
        language
        for language in list_paged()
        if language.code == DEFAULT
        or (is_whole(language.code) and (not strict or is_signed_for(language.code)))
    ]


def is_whole(code: str) -> bool:
    """Whether every text of the page is there in that language: no half-translated instruction is shown."""
    return all(has_translation(key, code, Level.EXPLICIT) for key in KEYS)


def is_signed_for(code: str) -> bool:
    """Whether somebody signed for every text of the page in that language."""
    return all(is_approved(key, code, Level.EXPLICIT) for key in KEYS)


def keep(response: Response) -> Response:
    """A phone may keep the page for a while: signal is poor where it is needed."""
    response.headers["Cache-Control"] = KEEP_FOR
    return response
