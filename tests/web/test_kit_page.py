"""The public how-to: whole, in order, small, in its own language, and the same for everybody."""

import pytest
from flask.testing import FlaskClient

from messages.languages import LOCALES, list_languages
from messages.pages import get_howto_frame, get_script, list_paged
from messages.render import render
from model import Level
from web.kit import MORE, STEPS

CODES = [language.code for language in list_paged()]


@pytest.mark.parametrize("code", CODES)
def test_the_page_says_every_step_in_its_order(client: FlaskClient, code: str) -> None:
    page = client.get(f"/kit/{code}").text
    places = [page.find(f"<p>{render(key, code, Level.EXPLICIT, {})}</p>") for key in STEPS.values()]
    assert -1 not in places and places == sorted(places)


@pytest.mark.parametrize(
    ("asked", "lang"), [("en", "en"), ("es", "es"), ("es-MX", "es"), ("spa", "es"), ("EN-us", "en")]
)
def test_the_page_is_in_the_language_that_was_asked_for(client: FlaskClient, asked: str, lang: str) -> None:
    answer = client.get(f"/kit/{asked}")
    assert (answer.status_code, f'<html lang="{lang}" dir="ltr">' in answer.text) == (200, True)


def test_911_is_one_touch_away_above_everything(client: FlaskClient) -> None:
    page = client.get("/kit/es").text
    assert page.index('href="tel:911">Llame al 911</a>') < page.index("<ol")


def test_the_page_leads_to_the_other_languages(client: FlaskClient) -> None:
    page = client.get("/kit/es").text
    assert 'href="/kit/en" lang="en"' in page and 'href="/kit/es"' not in page


def test_an_unknown_language_leads_to_those_there_are(client: FlaskClient) -> None:
    answer = client.get("/kit/tlh")
    assert (answer.status_code, 'href="/kit/en"' in answer.text, 'href="/kit/es"' in answer.text) == (
        404,
        True,
        True,
    )
    assert "call 911" in answer.text


def test_the_page_is_small_and_knows_nobody(client: FlaskClient) -> None:
    answer = client.get("/kit/en")
    assert len(answer.data) < 8_000
    assert ("Set-Cookie" in answer.headers, "Vary" in answer.headers, "token" in answer.text) == (
        False,
        False,
        False,
    )


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_every_heading_and_the_whole_script(code: str) -> None:
    frame, script = get_howto_frame(code), get_script(code, "Afterkit")
    assert frame and set(frame) == set(get_howto_frame("en") or {}) >= {*STEPS, *MORE}
    assert len(script.points) == len(get_script("en", "Afterkit").points) and "Afterkit" in script.points[0]
    assert (script.version, script.language.code) == ("crew/1", code)


@pytest.mark.parametrize("code", CODES)
def test_a_script_says_all_that_consent_rests_on(code: str) -> None:
    said = " ".join(get_script(code, "Afterkit").points)
    assert not [word for word in ("10", "90", "STOP", "HELP", "911", "18") if word not in said]


def test_a_language_without_pages_is_read_from_the_english_script() -> None:
    unwritten = [
        language.code
        for language in list_languages()
        if not (LOCALES / language.code / "pages.toml").exists()
    ]
    assert {get_script(code, "Afterkit").language.code for code in unwritten} <= {"en"}


def test_the_page_is_marked_as_a_draft_until_its_words_are_signed_for(client: FlaskClient) -> None:
    assert (get_howto_frame("es") or {})["draft"] in client.get("/kit/es").text


def test_the_pages_script_keeps_it_for_a_time_without_signal(client: FlaskClient) -> None:
    answer = client.get("/kit/keeper.js")
    assert (answer.status_code, answer.mimetype, "no-store" in answer.headers["Cache-Control"]) == (
        200,
        "text/javascript",
        False,
    )


def test_a_kits_label_leads_to_the_page_and_tells_nothing_else(client: FlaskClient) -> None:
    answer = client.get("/kit/spa/qr.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "<title>http://localhost/kit/es</title>" in answer.text


def test_a_label_for_a_language_we_do_not_have_is_not_drawn(client: FlaskClient) -> None:
    assert client.get("/kit/tlh/qr.svg").status_code == 404
