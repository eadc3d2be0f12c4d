"""The OpenAPI document is true: every answer the API gives is one the document describes."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_core import Config, OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIResponse
from openapi_core.testing import MockRequest
from visitor import URL, bearer
from werkzeug.test import TestResponse

from service.check_enrolment import CONSENT, ENCOUNTER, FIELDS, KIT, METHODS
from service.edit_resource import KINDS
from store.tables import agencies
from tests.world import PHONE, World, make_body
from web.api import DOCUMENT, api

SPEC = json.loads(DOCUMENT)
PROBLEMS = {"application/problem+json": json.loads}
DESCRIBED = OpenAPI.from_dict(SPEC, config=Config(extra_media_type_deserializers=PROBLEMS))
ENROLMENTS = "/api/v1/enrolments"


def hold_against(answer: TestResponse) -> TestResponse:
    """The answer itself, if the document describes it. Raises what openapi-core finds wrong."""
    asked = MockRequest(URL, answer.request.method, answer.request.path)
    DESCRIBED.validate_response(asked, WerkzeugOpenAPIResponse(answer))
    return answer


def enrol(client: FlaskClient, world: World, key: str = "1", **changes: Any) -> TestResponse:
    """One enrolment over the API."""
    body = {**make_body(PHONE, world.now), **changes}
    return client.post(ENROLMENTS, json=body, headers=bearer() | {"Idempotency-Key": key})


def test_the_document_is_public_and_says_its_version(client: FlaskClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer.content_type, answer.json["openapi"]) == (
        200,
        "application/json",
        "3.1.0",
    )


def test_the_document_lists_every_route_and_no_other(client: FlaskClient) -> None:
    rules = [
        rule for rule in client.application.url_map.iter_rules() if rule.endpoint.startswith(f"{api.name}.")
    ]
    routes = {(rule.rule.removeprefix("/api/v1").replace("<public_id>", "{id}"), method.lower())
              for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}  # fmt: skip
    described = {
        (path, method) for path, item in SPEC["paths"].items() for method in item if method != "parameters"
    }
    assert described == routes


def test_the_document_names_the_fields_that_are_read() -> None:
    schemas = SPEC["components"]["schemas"]
    named = [
        tuple(sorted(schemas[name]["properties"])) for name in ("NewEnrolment", "Consent", "Kit", "Encounter")
    ]
    assert named == [tuple(sorted(fields)) for fields in (FIELDS, CONSENT, KIT, ENCOUNTER)]
    assert schemas["Kind"]["enum"] == [*KINDS]
    assert schemas["Consent"]["properties"]["method"]["enum"] == [*METHODS]


def test_the_example_in_the_document_is_taken(client: FlaskClient, world: World) -> None:
    described = SPEC["paths"]["/enrolments"]["post"]["requestBody"]["content"]["application/json"]
    body = described["example"]
    body["consent"]["at"] = body["encounter"]["at"] = world.now.isoformat()
    asked = MockRequest(URL, "post", ENROLMENTS, headers=bearer(), data=json.dumps(body).encode())
    DESCRIBED.validate_request(asked)
    assert hold_against(client.post(ENROLMENTS, json=body, headers=bearer())).status_code == 201


def test_the_life_of_an_enrolment_is_described(client: FlaskClient, world: World) -> None:
    made = hold_against(enrol(client, world))
    again = hold_against(enrol(client, world))
    world.work()
    path = f"{ENROLMENTS}/{made.json['id']}"
    shown = hold_against(client.get(path, headers=bearer()))
    stopped = hold_against(client.post(f"{path}/stop", headers=bearer()))
    ended = hold_against(client.get(path, headers=bearer()))
    states = [answer.status_code for answer in (made, again, shown, stopped, ended)]
    assert (states, ended.json["because"]) == ([201, 200, 200, 200, 200], "agency")


def test_each_refusal_of_an_enrolment_is_described(client: FlaskClient, world: World) -> None:
    made = enrol(client, world)
    client.post(f"{ENROLMENTS}/{made.json['id']}/stop", headers=bearer())
    refused = [
        client.post(ENROLMENTS, data="{", content_type="application/json", headers=bearer()),
        client.post(ENROLMENTS, json={}),
        enrol(client, world, "2"),
        client.post(ENROLMENTS, data=" " * 300_000, content_type="application/json", headers=bearer()),
        client.post(ENROLMENTS, data="x", content_type="text/plain", headers=bearer()),
        enrol(client, world, "3", phone="911"),
    ]
    with world.memory.transaction() as tx:
        tx.conn.execute(agencies.update().values(approved_on=None))
    refused.append(enrol(client, world, "4"))
    assert [hold_against(answer).status_code for answer in refused] == [400, 401, 409, 413, 415, 422, 403]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/enrolments/enr_none", 404),
        ("/api/v1/enrolments/enr_%00", 400),
        ("/api/v1/resources?zip=%00", 400),
        ("/api/v1/reports/qa?to=%00", 400),
        ("/api/v1/resources", 200),
        ("/api/v1/resources?zip=92113&language=es&kind=treatment", 200),
        ("/api/v1/resources?zip=x", 422),
        ("/api/v1/reports/qa", 200),
        ("/api/v1/reports/qa?from=2026-01-01&to=2026-01-31", 200),
        ("/api/v1/reports/qa?from=x", 422),
        ("/api/v1/openapi.json", 200),
    ],
)
def test_every_question_is_answered_as_described(
    client: FlaskClient, world: World, path: str, status: int
) -> None:
    world.publish("Clinic", "619-555-0150", languages="en es", verified_on="2026-03-01")
    assert hold_against(client.get(path, headers=bearer())).status_code == status
