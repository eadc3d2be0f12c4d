"""What an agency reads over the API: places near a person, and how far the people it enrolled have come."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from visitor import OTHER_KEY, bearer

from model import Fact, Receipt
from service.settle_receipt import settle_receipt
from store.record import add_fact
from tests.world import PHONE, POLICY, World

SECOND = "+16195550143"


def list_names(client: FlaskClient, **query: str) -> list[str]:
    """The names of the places that fit, in order."""
    answer = client.get("/api/v1/resources", query_string=query, headers=bearer())
    return [entry["name"] for entry in answer.json["resources"]]


@pytest.fixture
def places(world: World) -> None:
    """Four places that help."""
    world.publish("Everywhere", "988", kind="crisis")
    world.publish("County", "619-555-0150", zip_area="919 920 921", languages="es")
    world.publish("Corner", "619-555-0151", zip_area="92113", kind="shelter", languages="en")
    world.publish("North", "619-555-0152", zip_area="92054")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Everywhere", "County", "Corner", "North"]),
        ({"zip": "92113"}, ["Corner", "County", "Everywhere"]),
        ({"zip": "92054", "language": ""}, ["North", "County", "Everywhere"]),
        ({"zip": "10001"}, ["Everywhere"]),
        ({"language": "es-MX"}, ["Everywhere", "County", "North"]),
        ({"kind": "shelter"}, ["Corner"]),
        ({"kind": "shelter", "language": "es"}, []),
        ({"zip": "92113", "language": "en", "kind": "shelter"}, ["Corner"]),
    ],
)
def test_the_places_that_fit_come_nearest_first(
    client: FlaskClient, places: None, query: dict[str, str], names: list[str]
) -> None:
    assert list_names(client, **query) == names


@pytest.mark.parametrize(
    ("query", "named"),
    [({"zip": "9211"}, {"zip"}), ({"zip": "९२११३"}, {"zip"}), ({"language": "tlh"}, {"language"}),
     ({"kind": "pub", "zip": "x"}, {"kind", "zip"})],
)  # fmt: skip
def test_a_wrong_question_is_named(client: FlaskClient, query: dict[str, str], named: set[str]) -> None:
    answer = client.get("/api/v1/resources", query_string=query, headers=bearer())
    assert (answer.status_code, set(answer.json["errors"])) == (422, named)


def test_an_entry_says_everything_staff_wrote(client: FlaskClient, world: World) -> None:
    world.publish(
        "Clinic", "619-555-0150", zip_area="921 92020", hours="24/7", languages="es", verified_on="2026-03-01"
    )
    entry = client.get("/api/v1/resources", headers=bearer()).json["resources"][0]
    assert entry == {"id": 1, "name": "Clinic", "kind": "treatment", "phone": "619-555-0150", "hours": "24/7",
                     "zip_areas": ["921", "92020"], "languages": ["es"], "verified_on": "2026-03-01",
                     "is_demo": False}  # fmt: skip


def read_report(client: FlaskClient, key: str = "ak_agency", **query: str) -> dict[str, Any]:
    """The agency's funnel."""
    return client.get("/api/v1/reports/qa", query_string=query, headers=bearer(key)).json


def tell(world: World, kind: str, value: str, phone: str = PHONE) -> None:
    """The person tells us something now."""
    with world.memory.transaction() as tx:
        add_fact(tx, world.find(phone).id, Fact(kind, value), world.now, since=world.now)


def test_an_agency_that_enrolled_nobody_counts_nobody(client: FlaskClient) -> None:
    report = read_report(client)
    assert (report.pop("from"), report.pop("to")) == ("2025-12-02", "2026-03-02")
    assert report == dict.fromkeys(
        ("enrolled", "texted", "delivered", "undelivered", "replied", "checked_in", "stopped", "reversals"), 0
    )


def test_the_funnel_counts_people_and_reversals_count_events(client: FlaskClient, world: World) -> None:
    world.enrol()
    world.enrol(SECOND)
    world.work()
    settle_receipt(world.memory, Receipt(1, "SM1", "delivered"), POLICY, world.now)
    settle_receipt(world.memory, Receipt(3, "SM3", "failed"), POLICY, world.now)
    world.write("hello")
    for kind, value in (
        ("feeling", "fine"),
        ("kit", "kept"),
        ("reversal", "reported"),
        ("reversal", "again"),
    ):
        tell(world, kind, value)
    report = read_report(client)
    assert [report[name] for name in ("enrolled", "texted", "delivered", "undelivered")] == [2, 2, 1, 1]
    assert [report[name] for name in ("replied", "checked_in", "stopped", "reversals")] == [1, 1, 0, 2]


def test_who_took_consent_back_counts_as_stopped(client: FlaskClient, world: World) -> None:
    made = world.enrol()
    client.post(f"/api/v1/enrolments/{made.id}/stop", headers=bearer())
    assert read_report(client)["stopped"] == 1


def test_days_are_whole_days_at_home(client: FlaskClient, world: World) -> None:
    world.now = world.now.replace(hour=7, minute=59)  # 23:59 on the first of March in San Diego
    world.enrol()
    asked = [
        read_report(client, **{"from": day, "to": day})["enrolled"] for day in ("2026-03-01", "2026-03-02")
    ]
    assert asked == [1, 0]


def test_what_a_person_says_counts_for_their_newest_enrolment(client: FlaskClient, world: World) -> None:
    world.enrol()
    world.now += timedelta(days=1)
    world.enrol()
    tell(world, "reversal", "reported")
    days = [
        read_report(client, **{"from": day, "to": day})["reversals"] for day in ("2026-03-02", "2026-03-03")
    ]
    assert days == [0, 1]


def test_another_agency_sees_nothing_of_it(client: FlaskClient, world: World) -> None:
    world.enrol()
    tell(world, "reversal", "reported")
    report = read_report(client, OTHER_KEY)
    assert (report["enrolled"], report["reversals"]) == (0, 0)


@pytest.mark.parametrize(
    ("query", "named"),
    [({"from": "yesterday"}, {"from"}), ({"to": "2026-02-30"}, {"to"}), ({"from": "0001-01-01"}, {"from"}),
     ({"to": "9999-12-31"}, {"to"}), ({"from": "2026-03-02", "to": "2026-03-01"}, {"from"})],
)  # fmt: skip
def test_a_wrong_day_is_named(client: FlaskClient, query: dict[str, str], named: set[str]) -> None:
    answer = client.get("/api/v1/reports/qa", query_string=query, headers=bearer())
    assert (answer.status_code, set(answer.json["errors"])) == (422, named)
