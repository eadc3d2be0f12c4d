"""Calls with the whole product and the simulator: one that comes in, and one that rings in a browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from service.enrol import enrol
from store.accounts import add_agency
from store.contacts import find_contact
from store.record import list_facts, list_task_kinds
from tests.acceptance.running import Crowd, answers, call, wait_until
from tests.world import POLICY, make_body

PHONE = "+16195550142"
SOON = 15_000  # milliseconds; a call is placed and asked about in other processes


@pytest.fixture
def house(crowd: Crowd) -> Crowd:
    """The product and the simulator, on a Monday noon."""
    crowd.open("serve-1")
    wait_until(lambda: answers(f"{crowd.product}/readyz"), 40, "the product is ready")
    return crowd


def enrol_by_call(house: Crowd) -> None:
    """A person who reads no texts."""
    now = house.clock.now()
    with house.memory.transaction() as tx:
        agency = add_agency(tx, "Test Ambulance", now.date())
    body = {**make_body(PHONE, now), "channel": "voice"}
    enrol(house.memory, agency, body, POLICY, now, key=None, who="crew@test.example")


def act(house: Crowd, made: dict[str, Any], what: str, **given: Any) -> dict[str, Any]:
    """Do something to a call on the telephone's side; the call after it."""
    return call(f"{house.telephone}/sim/calls/{made['sid']}/{what}", given)


def read_words(made: dict[str, Any]) -> str:
    """All that was spoken in a call."""
    return "\n".join(str(line.get("text", "")) for line in made["lines"])


def read_record(house: Crowd) -> tuple[list[tuple[str, str]], list[str]]:
    """What the programme knows of the person."""
    with house.memory.reading() as tx:
        row = find_contact(tx, PHONE)
        assert row is not None
        return list_facts(tx, row.id), list(list_task_kinds(tx, row.id))


def test_somebody_calls_in_and_is_helped_and_the_same_request_again_changes_nothing(house: Crowd) -> None:
    made = call(f"{house.telephone}/sim/calls", {"from": PHONE})
    assert read_words(made).startswith("If someone is not breathing, hang up now and dial 9 1 1.")
    act(house, made, "press", keys="1")
    act(house, made, "press", keys="5")
    again = call(f"{house.telephone}/sim/calls/{made['sid']}/again", {})
    facts, tasks = read_record(house)
    assert (again["status"], again["same"], tasks) == (200, True, ["human"])
    assert ("language", "en") in facts
    ended = act(house, made, "press", keys="9")
    assert (ended["status"], ended["error_code"]) == ("completed", None)
    assert "no more calls or texts" in read_words(ended)


def test_a_caller_who_keeps_silent_is_hung_up_on(house: Crowd) -> None:
    made = call(f"{house.telephone}/sim/calls", {"from": PHONE})
    for _ in range(8):
        if made["status"] == "completed":
            break
        made = act(house, made, "silent")
    assert (made["status"], made["error_code"]) == ("completed", None)


def test_a_machine_hears_no_word_about_health(house: Crowd) -> None:
    enrol_by_call(house)
    number = PHONE.replace("+", "%2B")
    wait_until(lambda: list_calls(house, number), 20, "the telephone rings")
    made = list_calls(house, number)[0]
    act(house, made, "answer", by="machine")
    heard = read_words(list_calls(house, number)[0])
    assert "call us back" in heard and "kit" not in heard.replace("Afterkit", "")


def list_calls(house: Crowd, number: str) -> list[dict[str, Any]]:
    """Every call of one telephone."""
    return call(f"{house.telephone}/sim/calls?number={number}")["calls"]


def test_a_person_answers_the_ringing_telephone_and_the_call_is_heard(house: Crowd, page: Page) -> None:
    page.goto(house.telephone)
    page.wait_for_selector("body[data-ready]")
    enrol_by_call(house)
    page.get_by_role("button", name="Answer", exact=True).click(timeout=SOON)
    log = page.get_by_role("log", name="What is spoken on (619) 555-0142")
    expect(log).to_contain_text("If this is a good time, press 1", timeout=SOON)
    page.get_by_role("button", name="1", exact=True).click()
    expect(log).to_contain_text("You said yes to calls about your kit", timeout=SOON)
    box = page.get_by_label("Say on (619) 555-0142")
    box.fill("he is not breathing")
    box.press("Enter")
    expect(log).to_contain_text("Hang up and dial 9 1 1 now.", timeout=SOON)
    wait_until(lambda: "emergency" in read_record(house)[1], 10, "a person is told")
