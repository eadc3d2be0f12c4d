"""Enrolments over the API: made once, shown without words, stopped for good, and each refusal names its field."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from visitor import AGENCY_KEY, OTHER_KEY, bearer
from werkzeug.test import TestResponse

from model import Standing
from store.tables import agencies, api_keys, consents, enrolments
from tests.world import PHONE, World, make_body

PATH = "/api/v1/enrolments"


def post(client: FlaskClient, world: World, key: str | None = None, **changes: Any) -> TestResponse:
    """Ask for an enrolment that is good but for the changes."""
    headers = bearer() | ({"Idempotency-Key": key} if key is not None else {})
    return client.post(PATH, json={**make_body(PHONE, world.now), **changes}, headers=headers)


def count_enrolments(world: World) -> int:
    """How many enrolments there are."""
    with world.memory.reading() as tx:
        return tx.conn.execute(select(func.count()).select_from(enrolments)).scalar_one()


def test_a_new_enrolment_says_what_comes_next(client: FlaskClient, world: World) -> None:
    answer = post(client, world)
    body = answer.json
    assert (answer.status_code, body["status"]) == (201, "active")
    assert body["next"][0] == {"key": "welcome.confirm", "at": "2026-03-02T18:00:00+00:00"}
    assert body["next"][-1]["key"] == "checkin.last" and len(body["next"]) == 9


def test_the_same_key_again_is_the_same_enrolment(client: FlaskClient, world: World) -> None:
    first = post(client, world, "incident 7")
    again = post(client, world, "incident 7", phone="619 555 0143")
    assert (first.status_code, again.status_code, again.json["id"]) == (201, 200, first.json["id"])
    assert count_enrolments(world) == 1


def test_the_same_words_again_are_the_same_enrolment(client: FlaskClient, world: World) -> None:
    first, again = post(client, world), post(client, world)
    assert (again.status_code, again.json["id"], count_enrolments(world)) == (200, first.json["id"], 1)


def test_the_same_key_of_another_agency_is_another_enrolment(client: FlaskClient, world: World) -> None:
    first = post(client, world, "incident 7")
    headers = bearer(OTHER_KEY) | {"Idempotency-Key": "incident 7"}
    other = client.post(PATH, json=make_body("619 555 0143", world.now), headers=headers)
    assert (other.status_code, other.json["id"] != first.json["id"]) == (201, True)


def test_an_enrolment_that_ended_says_so_when_asked_again(client: FlaskClient, world: World) -> None:
    first = post(client, world, "incident 7")
    client.post(f"{PATH}/{first.json['id']}/stop", headers=bearer())
    again = post(client, world, "incident 7")
    assert (again.status_code, again.json["status"], again.json["next"]) == (200, "ended", [])


def test_the_agency_stands_in_the_proof_of_consent(client: FlaskClient, world: World) -> None:
    post(client, world)
    with world.memory.reading() as tx:
        assert tx.conn.execute(select(consents.c.recorded_by)).scalar_one() == "Test Ambulance"


def test_every_wrong_field_is_named_at_once(client: FlaskClient, world: World) -> None:
    answer = post(client, world, phone="911", language="tlh", consent={"given": False}, kit={"lot": 7}, x=1)
    body = answer.json
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert (body["type"], body["status"], count_enrolments(world)) == ("about:blank", 422, 0)
    assert set(body["errors"]) >= {"phone", "language", "consent.given", "consent.at", "kit.lot", "x"}


@pytest.mark.parametrize("body", ["[]", '"text"', "7", "null"])
def test_a_body_that_is_no_object_is_refused(client: FlaskClient, body: str) -> None:
    answer = client.post(PATH, data=body, content_type="application/json", headers=bearer())
    assert (answer.status_code, set(answer.json["errors"])) == (422, {"body"})


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "{'phone': 1}",
        b"\xff\xfe{}",
        "[" * 100_000,
        '{"phone": "\\ud800"}',
        '{"phone": "\\u0000"}',
        "9" * 5000,
    ],
)
def test_what_is_not_json_or_cannot_be_stored_is_refused(client: FlaskClient, body: str | bytes) -> None:
    answer = client.post(PATH, data=body, content_type="application/json", headers=bearer())
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_another_content_type_is_refused(client: FlaskClient, world: World, kind: str) -> None:
    body = json.dumps(make_body(PHONE, world.now))
    answer = client.post(PATH, data=body, content_type=kind, headers=bearer())
    assert (answer.status_code, count_enrolments(world)) == (415, 0)


@pytest.mark.parametrize("key", ["", " ", "x" * 201])
def test_an_idempotency_key_of_the_wrong_length_is_refused(
    client: FlaskClient, world: World, key: str
) -> None:
    assert (post(client, world, key).status_code, count_enrolments(world)) == (400, 0)


def test_the_longest_idempotency_key_is_taken(client: FlaskClient, world: World) -> None:
    assert [post(client, world, "x" * 200).status_code for _ in range(2)] == [201, 200]


def test_a_body_larger_than_any_enrolment_is_refused(client: FlaskClient, world: World) -> None:
    assert post(client, world, zip="9" * 300_000).status_code == 413


def test_an_agency_that_is_not_approved_enrols_nobody(client: FlaskClient, world: World) -> None:
    with world.memory.transaction() as tx:
        tx.conn.execute(agencies.update().values(approved_on=None))
    answer = post(client, world)
    assert (answer.status_code, set(answer.json["errors"]), count_enrolments(world)) == (403, {"agency"}, 0)


def test_who_was_stopped_is_not_enrolled_again(client: FlaskClient, world: World) -> None:
    made = post(client, world)
    client.post(f"{PATH}/{made.json['id']}/stop", headers=bearer())
    answer = post(client, world, "another day")
    assert (answer.status_code, set(answer.json["errors"])) == (409, {"phone"})


def test_an_enrolment_is_shown_by_keys_states_and_times(client: FlaskClient, world: World) -> None:
    made = post(client, world).json["id"]
    world.work()
    shown = client.get(f"{PATH}/{made}", headers=bearer()).json
    assert (shown["id"], shown["state"], shown["because"]) == (made, "active", None)
    assert [(one["key"], one["state"]) for one in shown["messages"]][:3] == [
        ("welcome.confirm", "sent"),
        ("howto.first", "sent"),
        ("checkin.feeling", "waiting"),
    ]


def test_what_an_agency_sees_holds_no_number_and_no_words(client: FlaskClient, world: World) -> None:
    made = post(client, world).json["id"]
    world.work()
    shown = client.get(f"{PATH}/{made}", headers=bearer()).text
    assert not [word for word in ("555", "0142", "nostril", "Reply") if word in shown]


def test_a_stopped_enrolment_sends_nothing_more(client: FlaskClient, world: World) -> None:
    made = post(client, world).json["id"]
    answers = [client.post(f"{PATH}/{made}/stop", headers=bearer()) for _ in range(2)]
    world.pass_time(timedelta(days=100))
    assert [answer.json for answer in answers] == [{"id": made, "state": "ended"}] * 2
    assert (world.find().standing, world.carrier.sent) == (Standing.STOPPED, [])


@pytest.mark.parametrize("number", ["enr_unknown", "7", "enr_" + "x" * 100, "enr_%E9", "%F0%9F%92%A9"])
def test_an_unknown_enrolment_is_not_found(client: FlaskClient, number: str) -> None:
    answers = [
        client.get(f"{PATH}/{number}", headers=bearer()),
        client.post(f"{PATH}/{number}/stop", headers=bearer()),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content_type for answer in answers} == {"application/problem+json"}


def test_an_enrolment_of_another_agency_is_not_found_and_not_stopped(
    client: FlaskClient, world: World
) -> None:
    made = post(client, world).json["id"]
    looked = client.get(f"{PATH}/{made}", headers=bearer(OTHER_KEY))
    stopped = client.post(f"{PATH}/{made}/stop", headers=bearer(OTHER_KEY))
    assert (looked.status_code, stopped.status_code) == (404, 404)
    assert world.find().standing is Standing.ACTIVE


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearer("ak_wrong"),
        bearer(""),
        {"Authorization": AGENCY_KEY},
        {"Authorization": f"Basic {AGENCY_KEY}"},
    ],
)
def test_without_a_valid_key_nobody_is_let_in(
    client: FlaskClient, world: World, headers: dict[str, str]
) -> None:
    paths = [(client.post, PATH), (client.get, f"{PATH}/enr_1"), (client.post, f"{PATH}/enr_1/stop"),
             (client.get, "/api/v1/resources"), (client.get, "/api/v1/reports/qa")]  # fmt: skip
    answers = [ask(path, headers=headers) for ask, path in paths]
    assert {(answer.status_code, answer.headers["WWW-Authenticate"]) for answer in answers} == {
        (401, "Bearer")
    }
    assert count_enrolments(world) == 0


def test_a_revoked_key_opens_nothing(client: FlaskClient, world: World) -> None:
    with world.memory.transaction() as tx:
        tx.conn.execute(api_keys.update().values(revoked_at=world.now))
    assert client.get("/api/v1/resources", headers=bearer()).status_code == 401
