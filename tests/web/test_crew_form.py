"""The crew's form: enrols once, keeps what was typed, says what is wrong, and shows no number."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select
from visitor import PEOPLE, Visitor

from store.accounts import save_account
from store.tables import agencies, consents, contacts, enrolments
from tests.world import PHONE, World

FILLED = {
    "language": "es",
    "consent.given": "yes",
    "content_level": "discreet",
    "phone": "(619) 555-0142",
    "role": "family",
    "zip": "92113",
}


def enrol(crew: Visitor, **changes: str) -> Any:
    """Send a full form with these changes; an empty text leaves the field out."""
    return crew.send("/enrol", **{name: value for name, value in {**FILLED, **changes}.items() if value})


def count_enrolments(world: World) -> int:
    """How many enrolments there are."""
    with world.memory.reading() as tx:
        return tx.conn.execute(select(func.count()).select_from(enrolments)).scalar_one()


def test_an_enrolled_person_is_texted_in_their_language(crew: Visitor, world: World) -> None:
    answer = enrol(crew)
    world.work()
    texts = [text.body for text in world.carrier.sent if text.to == PHONE]
    assert (answer.location, len(texts)) == ("/enrol/done", 2)
    assert world.find().language == "es"


def test_the_consent_is_kept_as_it_was_given(crew: Visitor, world: World) -> None:
    enrol(crew)
    with world.memory.reading() as tx:
        kept = tx.conn.execute(select(consents)).one()
    assert (kept.method, kept.language, kept.script_version) == ("verbal", "es", "crew/1")
    assert (kept.given_at, kept.recorded_by) == (world.now, PEOPLE["crew"])


def test_the_same_form_sent_twice_enrols_once(crew: Visitor, world: World) -> None:
    fields = {**crew.read_hidden("/enrol"), **FILLED}
    answers = [crew.post("/enrol", fields).location for _ in range(2)]
    assert (answers, count_enrolments(world)) == (["/enrol/done"] * 2, 1)


def test_the_same_form_for_another_phone_is_another_person(crew: Visitor, world: World) -> None:
    fields = {**crew.read_hidden("/enrol"), **FILLED}
    crew.post("/enrol", fields)
    crew.post("/enrol", {**fields, "phone": "619 555 0143"})
    assert count_enrolments(world) == 2


def test_a_form_without_a_token_of_its_own_is_refused(crew: Visitor, world: World) -> None:
    fields = {**crew.read_hidden("/enrol"), **FILLED, "token": ""}
    assert (crew.post("/enrol", fields).status_code, count_enrolments(world)) == (400, 0)


def test_the_done_page_shows_two_digits_and_no_more(crew: Visitor) -> None:
    enrol(crew)
    page = crew.look("/enrol/done")
    assert ('<p class="ending">42</p>' in page, "555" in page) == (True, False)


def test_the_done_page_of_nothing_is_the_form(crew: Visitor) -> None:
    assert crew.client.get("/enrol/done").location == "/enrol"


def test_nothing_is_ticked_before_somebody_ticks_it(crew: Visitor) -> None:
    page = crew.look("/enrol")
    ticked = [line for line in page.splitlines() if "<input" in line and " checked" in line]
    assert [line.split('value="')[1].split('"')[0] for line in ticked] == ["discreet", "sms"]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("phone", "619 555", "not a US telephone number"),
        ("phone", "", "not a telephone number"),
        ("language", "", "Choose the language of the texts"),
        ("language", "tlh", "Choose the language of the texts"),
        ("consent.given", "", "Tick this once the person has said yes"),
        ("role", "", "Choose whose phone this is"),
        ("zip", "9211", "not a US ZIP code"),
        ("content_level", "loud", "Choose one of"),
        ("kit.expires_on", "2020-01-31", "This kit has expired"),
        ("kit.lot", "x" * 101, "at most 100 letters"),
        ("encounter.incident", "x" * 101, "at most 100 letters"),
    ],
)
def test_a_wrong_field_is_named_beside_itself_and_at_the_top(
    crew: Visitor, world: World, name: str, value: str, says: str
) -> None:
    answer = enrol(crew, **{name: value})
    place = name.replace(".", "-")
    assert (answer.status_code, count_enrolments(world)) == (422, 0)
    assert f'id="{place}-problem"' in answer.text and f'href="#{place}"' in answer.text
    assert answer.text.count(says) == 2 and f'id="{place}"' in answer.text


def test_what_was_typed_is_still_there(crew: Visitor) -> None:
    page = enrol(crew, phone='619 "555', **{"kit.label": "K <7>", "encounter.training_given": "yes"}).text
    assert 'value="619 &#34;555"' in page and 'value="K &lt;7&gt;"' in page
    assert page.count(" checked") == 6


def test_a_mended_form_keeps_its_token(crew: Visitor, world: World) -> None:
    fields = {**crew.read_hidden("/enrol"), **FILLED}
    page = crew.post("/enrol", {**fields, "phone": "1"}).text
    assert f'name="token" value="{fields["token"]}"' in page


def test_kit_and_incident_are_kept(crew: Visitor, world: World) -> None:
    enrol(crew, **{"kit.label": "K-1", "kit.lot": "A7", "kit.expires_on": "2029-01-31",
                   "encounter.incident": "26-1", "encounter.warning_911_given": "yes"})  # fmt: skip
    with world.memory.reading() as tx:
        row = tx.conn.execute(select(enrolments)).one()
    assert (row.kit_label, row.kit_lot, str(row.kit_expires_on), row.incident) == (
        "K-1",
        "A7",
        "2029-01-31",
        "26-1",
    )
    assert (row.warning_911_given, row.training_given) == (True, None)


def test_who_said_stop_is_not_enrolled_again(crew: Visitor, world: World) -> None:
    enrol(crew)
    world.write("STOP")
    answer = enrol(crew)
    assert (answer.status_code, "was stopped" in answer.text) == (409, True)


def test_an_agency_that_is_not_approved_enrols_nobody(crew: Visitor, world: World) -> None:
    with world.memory.transaction() as tx:
        tx.conn.execute(agencies.update().values(approved_on=None))
    answer = enrol(crew)
    assert (answer.status_code, "not approved this agency" in answer.text) == (403, True)


def test_a_crew_without_an_agency_enrols_nobody(crew: Visitor, world: World) -> None:
    with world.memory.transaction() as tx:
        save_account(tx, PEOPLE["crew"], "none", "crew", None)
    assert (enrol(crew).status_code, count_enrolments(world)) == (403, 0)


def test_the_session_and_the_headers_hold_no_number(crew: Visitor) -> None:
    answer = enrol(crew)
    with crew.client.session_transaction() as session:
        kept = json.dumps(dict(session)) + str(answer.headers)
    assert "555" not in kept and "0142" not in kept


def test_explicit_texts_only_when_they_said_so(crew: Visitor, world: World) -> None:
    enrol(crew, content_level="explicit")
    with world.memory.reading() as tx:
        assert tx.conn.execute(select(contacts.c.level)).scalar_one() == "explicit"
