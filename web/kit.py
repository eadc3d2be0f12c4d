"""The public how-to: what to do with the kit, in one language a page, for anybody who holds one."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template

from messages.languages import DEFAULT, Language, find_code, get_language
from messages.pages import get_howto_frame, list_paged
from messages.render import has_translation, render
from model import Level

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
KEEP_FOR = "public, max-age=300"


@kit.get("/kit/<code>")
def page(code: str) -> Any:
    """The page in the language with that tag; an unknown one is a 404 that leads to those there are."""
    languages = list_howto_languages()
    known = find_code(code)
    if known not in [language.code for language in languages]:
        return render_template("kit_unknown.html", languages=languages), 404
    return keep(make_response(render_template("kit.html", **fill(known or DEFAULT), languages=languages)))


def fill(code: str) -> dict[str, Any]:
    """Everything the page says in one language."""
    frame = get_howto_frame(code)
    return {
        "language": get_language(code),
        "frame": frame,
        "steps": [(frame[name], say(key, code)) for name, key in STEPS.items()] if frame else [],
        "more": [(frame[name], say(key, code)) for name, key in MORE.items()] if frame else [],
    }


def say(key: str, code: str) -> str:
    """One text of the catalogue in plain words: this page names no person."""
    return render(key, code, Level.EXPLICIT, {})


def list_howto_languages() -> list[Language]:
    """The languages in which every word of the page is written: no half-translated instruction is shown."""
    return [language for language in list_paged() if is_whole(language.code)]


def is_whole(code: str) -> bool:
    """Whether every text of the page is there in that language."""
    keys = [*STEPS.values(), *MORE.values()]
    return code == DEFAULT or all(has_translation(key, code, Level.EXPLICIT) for key in keys)


def keep(response: Response) -> Response:
    """A phone may keep the page for a while: signal is poor where it is needed."""
    response.headers["Cache-Control"] = KEEP_FOR
    return response
