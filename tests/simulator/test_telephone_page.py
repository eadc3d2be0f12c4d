"""The telephone page in a real browser, with a small product at the other end."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Response
from playwright.sync_api import Page, expect
from stand_in_product import PHONE, send

ARABIC = "هل ما زالت العلبة معك؟ أجب 1 لنعم أو 2 لا."


@pytest.fixture
def telephone(page: Page, simulator) -> Page:
    """The page, ready, with the telephone it starts with."""
    page.goto(simulator.url)
    page.wait_for_selector("body[data-ready]")
    return page


def write(page: Page, words: str) -> None:
    box = page.get_by_label("Text from (619) 555-0142")
    box.fill(words)
    box.press("Enter")


def test_a_text_appears_by_itself(telephone, client):
    send(client, body="Do you still have the kit?")
    text = telephone.get_by_role("log").get_by_text("Do you still have the kit?")
    expect(text).to_be_visible(timeout=2000)
    expect(telephone.locator('.text[data-status="delivered"]')).to_have_count(1)


def test_enter_sends_and_the_answer_appears(telephone, product):
    product.answer = lambda: Response(
        "<Response><Message>Thank you</Message></Response>", mimetype="text/xml"
    )
    write(telephone, "Sí, gracias 💚")
    expect(telephone.locator(".mine .bubble")).to_have_text("Sí, gracias 💚")
    expect(telephone.locator(".theirs .bubble")).to_have_text("Thank you")
    assert product.wait_for(1)[0]["Body"] == "Sí, gracias 💚"


def test_a_quick_answer_is_one_press(telephone, product):
    telephone.get_by_role("group", name="Quick answers").get_by_text("2", exact=True).click()
    assert product.wait_for(1)[0]["Body"] == "2"


def test_more_telephones_never_make_a_small_screen_wider(telephone):
    """They stand in a row that scrolls by itself."""
    telephone.set_viewport_size({"width": 390, "height": 844})
    for number in ("619 555 0143", "619 555 0144"):
        telephone.get_by_label("Its number, written any way").fill(number)
        telephone.get_by_role("button", name="Add telephone").click()
    expect(telephone.get_by_role("log")).to_have_count(3)
    assert telephone.evaluate("document.documentElement.scrollWidth") == 390


def test_texts_keep_their_order_when_one_is_late(telephone, client, hand):
    hand.post("/sim/settings", json={"callback_delay_ms": 400})
    send(client, body="first")
    hand.post("/sim/settings", json={"callback_delay_ms": 0})
    send(client, body="second")
    expect(telephone.locator(".theirs .bubble")).to_have_text(["first", "second"])


def test_arabic_runs_from_right_to_left(telephone, client):
    send(client, body=ARABIC)
    bubble = telephone.locator(".theirs .bubble")
    expect(bubble).to_have_text(ARABIC)
    assert bubble.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_a_second_telephone_hears_only_its_own_texts(telephone, client):
    telephone.get_by_label("Its number, written any way").fill("619.555.0151")
    telephone.get_by_role("button", name="Add telephone").click()
    send(client, to="+16195550151", body="for the other")
    own = telephone.get_by_role("log", name="Texts on (619) 555-0151")
    expect(own.get_by_text("for the other")).to_be_visible()
    expect(telephone.get_by_role("log", name="Texts on (619) 555-0142").locator(".text")).to_have_count(0)


def test_a_mistyped_number_is_explained(telephone):
    telephone.get_by_label("Its number, written any way").fill("hello")
    telephone.get_by_role("button", name="Add telephone").click()
    expect(telephone.get_by_role("alert").filter(has_text="not a telephone number")).to_be_visible()


def test_the_telephones_are_still_there_after_a_reload(telephone, client):
    telephone.get_by_label("Its number, written any way").fill("6195550151")
    telephone.get_by_role("button", name="Add telephone").click()
    expect(telephone.locator(".telephone")).to_have_count(2)
    telephone.reload()
    expect(telephone.locator(".telephone h2")).to_have_text(["(619) 555-0142", "(619) 555-0151"])


def test_a_text_that_did_not_arrive_shows_its_code_and_no_words(telephone, client):
    telephone.get_by_label("Network").select_option("30005")
    expect(telephone.get_by_label("Network")).to_have_value("30005")
    telephone.wait_for_function(
        "fetch('/sim/settings').then(r => r.json()).then(s => s.undelivered['+16195550142'])"
    )
    send(client, body="private words")
    expect(telephone.locator(".lost .note")).to_contain_text("30005")
    expect(telephone.locator(".lost .bubble")).to_have_text("A text did not arrive")


def test_stop_marks_the_telephone(telephone):
    write(telephone, "STOP")
    expect(telephone.locator(".stopped")).to_be_visible()


def test_a_jump_of_a_day_moves_the_clock_by_a_day(telephone, programme_now):
    before = programme_now()
    telephone.get_by_role("button", name="+1 day").click()
    telephone.wait_for_function(
        "then => new Date(document.getElementById('clock-hour').dateTime) - new Date(then) >= 86400000",
        arg=before.isoformat(),
    )
    assert (programme_now() - before).days == 1


def test_a_text_is_dated_in_the_zone_of_its_telephone(telephone, client):
    send(client)
    note = telephone.locator(".note time")
    pacific = note.inner_text()
    telephone.get_by_label("Time zone").select_option("Pacific/Honolulu")
    expect(note).not_to_have_text(pacific)


def test_forgetting_all_texts_empties_the_telephones(telephone, client):
    send(client)
    expect(telephone.locator(".text")).to_have_count(1)
    telephone.get_by_text("Carrier", exact=True).click()
    telephone.get_by_role("button", name="Forget all texts and calls").click()
    expect(telephone.locator(".text")).to_have_count(0)


def test_the_page_loads_nothing_from_elsewhere_and_breaks_no_rule_of_its_policy(
    page, simulator, client, hand
):
    faults, hosts = [], set()
    page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    send(client, body="<img src=x onerror=alert(1)> https://example.org/kits?zip=92101.")
    answer = page.goto(simulator.url)
    expect(page.locator(".bubble a")).to_have_attribute("href", "https://example.org/kits?zip=92101")
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert (faults, hosts) == ([], {simulator.url.split("/")[2]})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(browser, simulator, client, hand, scheme):
    hand.post("/sim/inbound", json={"from": PHONE, "body": "STOP"})
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(simulator.url)
    page.get_by_text("Carrier", exact=True).click()
    expect(page.locator(".text")).to_have_count(2)
    found = Axe().run(page)
    context.close()
    assert [
        (fault["id"], [node["html"][:120] for node in fault["nodes"]])
        for fault in found.response["violations"]
    ] == []


def test_on_a_small_screen_nothing_runs_off_the_side(browser, simulator):
    context = browser.new_context(viewport={"width": 360, "height": 720})
    page = context.new_page()
    page.goto(simulator.url)
    page.wait_for_selector("body[data-ready]")
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width == 360
