"""Who gets in, where they land, and what a stranger learns from being refused."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from visitor import HIDDEN, PASSWORD, PEOPLE, Visitor

from store.accounts import save_account
from tests.world import World

INSIDE = ("/enrol", "/enrol/done", "/staff", "/staff/resources/new", "/staff/resources/1")


@pytest.mark.parametrize(("role", "door"), [("crew", "/enrol"), ("staff", "/staff")])
def test_each_lands_at_their_own_door(client: FlaskClient, role: str, door: str) -> None:
    answer = Visitor(client).sign_in(PEOPLE[role])
    assert (answer.status_code, answer.location) == (303, door)


def test_the_page_that_was_asked_for_comes_after_the_password(client: FlaskClient) -> None:
    asked = client.get("/staff/resources/new")
    answer = Visitor(client).send("/sign-in", asked.location, email=PEOPLE["staff"], password=PASSWORD)
    assert answer.location == "/staff/resources/new"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/staff/",
        "//evil.example/staff",
        "/\\evil.example",
        "/staffing",
        "/enrol/",
        "javascript:1",
    ],
)
def test_the_way_in_never_leads_to_another_site_or_door(client: FlaskClient, wanted: str) -> None:
    assert Visitor(client).sign_in(PEOPLE["staff"], next=wanted).location == "/staff"


@pytest.mark.parametrize("path", INSIDE)
def test_a_stranger_is_sent_to_the_sign_in_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.location.split("?")[0]) == (302, "/sign-in")


def strip_own(page: str) -> str:
    """A page without what is each visit's own: the address, and the form's token, which carries the second."""
    return HIDDEN.sub("", re.sub(r"\w+@test\.example", "X", page))


def test_every_refusal_reads_the_same(client: FlaskClient, world: World) -> None:
    visitor = Visitor(client)
    nobody = visitor.sign_in("nobody@test.example")
    wrong = visitor.sign_in(PEOPLE["crew"], "wrong")
    for _ in range(5):
        visitor.sign_in(PEOPLE["staff"], "wrong")
    locked = visitor.sign_in(PEOPLE["staff"])
    pages = {strip_own(answer.text) for answer in (nobody, wrong, locked)}
    assert (len(pages), {nobody.status_code, wrong.status_code, locked.status_code}) == (1, {401})


def test_a_session_of_before_the_password_does_not_outlive_it(client: FlaskClient) -> None:
    visitor = Visitor(client)
    visitor.look("/sign-in")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    visitor.sign_in(PEOPLE["crew"])
    with client.session_transaction() as session:
        assert ("planted" in session, session.permanent) == (False, True)


def test_signing_out_closes_the_door(crew: Visitor) -> None:
    answer = crew.send("/sign-out", "/enrol")
    assert (answer.status_code, crew.client.get("/enrol").status_code) == (303, 302)


@pytest.mark.parametrize(
    ("role", "path"), [("crew", "/staff"), ("staff", "/enrol"), ("crew", "/staff/resources/1")]
)
def test_the_other_door_stays_shut(enter: Callable[[str], Visitor], role: str, path: str) -> None:
    assert enter(role).client.get(path).status_code == 403


def test_a_crew_cannot_write_where_staff_write(crew: Visitor, world: World) -> None:
    number = world.publish("Clinic", "619-555-0150")
    answers = [
        crew.send(path, "/enrol", name="Other", phone="1", kind="other").status_code
        for path in (
            "/staff/resources/new",
            f"/staff/resources/{number}",
            f"/staff/resources/{number}/remove",
            "/staff/tasks/1/done",
        )
    ]
    assert answers == [403] * 4


def test_a_role_that_changed_counts_at_once(crew: Visitor, world: World) -> None:
    with world.memory.transaction() as tx:
        save_account(tx, PEOPLE["crew"], "none", "staff", None)
    assert crew.client.get("/enrol").status_code == 403


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-out", "/enrol", "/staff/resources/new", "/staff/tasks/1/done"]
)
def test_a_form_without_its_token_is_refused(crew: Visitor, path: str) -> None:
    answer = crew.post(path, {"email": PEOPLE["staff"], "password": PASSWORD, "token": "x"})
    assert (answer.status_code, "This form has grown old" in answer.text) == (400, True)
