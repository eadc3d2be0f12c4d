"""What an agency may send: every wrong field is named, and nobody without consent gets in."""

from datetime import timedelta
from typing import Any

import pytest

from service.check_enrolment import BadEnrolment, check_enrolment
from service.enrol import NotEnrolled
from store.accounts import add_agency
from tests.world import MONDAY, PHONE, World, make_body


def find_problems(**changes: Any) -> dict[str, str]:
    """What is wrong with an enrolment that is good but for these changes."""
    try:
        check_enrolment({**make_body(PHONE, MONDAY), **changes}, MONDAY)
    except BadEnrolment as problem:
        return problem.problems
    return {}


def change_consent(**changes: Any) -> dict[str, Any]:
    """The consent of a good enrolment with these changes."""
    return {**make_body(PHONE, MONDAY)["consent"], **changes}


@pytest.mark.parametrize(
    "written",
    ["(619) 555-0142", "619.555.0142", "1 619 555 0142", "+1 (619) 555 0142", " 6195550142 ", "619-5550142"],
)
def test_a_number_is_understood_however_it_is_written(written: str) -> None:
    assert check_enrolment({**make_body(written, MONDAY)}, MONDAY).phone == PHONE


@pytest.mark.parametrize(
    "written",
    ["", "911", "555-0142", "+44 20 7946 0958", "+52 664 123 4567", "416 555 0123", "800 555 0100", "619 555 0142 x3",
     "six one nine", None, 6195550142, "619 555 01422"],
)  # fmt: skip
def test_a_number_that_cannot_be_texted_is_refused(written: Any) -> None:
    assert set(find_problems(phone=written)) == {"phone"}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"language": "xx"}, "language"),
        ({"language": None}, "language"),
        ({"zip": "0000"}, "zip"),
        ({"zip": "00000"}, "zip"),
        ({"channel": "fax"}, "channel"),
        ({"content_level": "loud"}, "content_level"),
        ({"role": "friend"}, "role"),
        ({"role": None}, "role"),
        ({"adult": False}, "adult"),
        ({"phon": "x"}, "phon"),
        ({"consent": None}, "consent.given"),
        ({"consent": change_consent(given=False)}, "consent.given"),
        ({"consent": change_consent(given="yes")}, "consent.given"),
        ({"consent": change_consent(method="dream")}, "consent.method"),
        ({"consent": change_consent(script_version="")}, "consent.script_version"),
        ({"consent": change_consent(at="2026-03-02T10:00:00")}, "consent.at"),
        ({"consent": change_consent(at="yesterday")}, "consent.at"),
        ({"consent": change_consent(at=(MONDAY + timedelta(days=1)).isoformat())}, "consent.at"),
        ({"consent": change_consent(at="0001-01-01T00:00:00+23:59")}, "consent.at"),
        ({"consent": change_consent(extra=1)}, "consent.extra"),
        ({"kit": {"expires_on": "2020-01-01"}}, "kit.expires_on"),
        ({"kit": {"expires_on": "soon"}}, "kit.expires_on"),
        ({"kit": {"label": "x" * 200}}, "kit.label"),
        ({"kit": []}, "kit"),
        ({"encounter": {"at": "2026-03-02T10:00:00"}}, "encounter.at"),
        ({"encounter": {"training_given": "yes"}}, "encounter.training_given"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_wrong_field_is_named(changes: dict[str, Any], named: str) -> None:
    assert set(find_problems(**changes)) >= {named}


def test_every_problem_is_told_at_once() -> None:
    assert set(find_problems(phone="x", role="x", language="x")) == {"phone", "role", "language"}


@pytest.mark.parametrize("body", [None, [], "text", 7])
def test_anything_but_an_object_is_refused(body: Any) -> None:
    with pytest.raises(BadEnrolment, match="object"):
        check_enrolment(body, MONDAY)


@pytest.mark.parametrize(
    ("zip_code", "zone"),
    [
        ("92101", "America/Los_Angeles"),
        ("96813", "Pacific/Honolulu"),
        ("85001", "America/Phoenix"),
        ("99634", "America/Anchorage"),
    ],
)
def test_the_zip_decides_the_zone(world: World, zip_code: str, zone: str) -> None:
    world.enrol(zip=zip_code)
    assert world.find().zone == zone


def test_without_a_zip_the_programmes_zone_counts(world: World) -> None:
    world.enrol(zip=None)
    assert world.find().zone == "America/Los_Angeles"


def test_nothing_is_written_when_consent_is_missing(world: World) -> None:
    with pytest.raises(BadEnrolment):
        world.enrol(consent=change_consent(given=False))
    assert world.find() is None


def test_an_agency_that_is_not_approved_enrols_nobody(world: World) -> None:
    with world.memory.transaction() as tx:
        world.agency = add_agency(tx, "Not Yet Approved", None)
    with pytest.raises(NotEnrolled) as refused:
        world.enrol()
    assert (refused.value.status, world.find()) == (403, None)


def test_the_same_words_within_the_hour_are_one_enrolment(world: World) -> None:
    body = make_body(PHONE, world.now)
    first = world.enrol(consent=body["consent"])
    world.now += timedelta(minutes=30)
    again = world.enrol(consent=body["consent"])
    assert (again.id, again.is_new) == (first.id, False)
