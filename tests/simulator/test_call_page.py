"""Calls on the telephone page in a real browser, with a small product at the other end."""

import struct

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from stand_in_product import PHONE, call

MENU = (
    '<Gather numDigits="1" timeout="60" input="dtmf speech" language="es-US" action="/next">'
    '<Say voice="Polly.Lupe-Neural">Oprima 1.</Say></Gather><Say>Adios</Say>'
)
NEXT = '<Gather timeout="60"><Say voice="Polly.Zeina">إذا لم يكن هناك تنفس، اتصل بـ 911</Say></Gather>'


@pytest.fixture
def telephone(page: Page, simulator, product) -> Page:
    """The page, ready; the product asks a question at /turn and at its voice webhook."""
    product.speak({"/turn": MENU, "/twilio/voice": MENU, "/next": NEXT})
    page.goto(simulator.url)
    page.wait_for_selector("body[data-ready]")
    return page


def get_lines(page: Page):
    return page.get_by_role("log", name="What is spoken on (619) 555-0142").locator(".words")


def test_a_ringing_call_is_answered_a_key_is_pressed_and_the_next_line_is_heard(telephone, client, product):
    call(client, product)
    telephone.get_by_role("button", name="Answer", exact=True).click()
    expect(get_lines(telephone)).to_have_text(["Oprima 1."])
    telephone.get_by_role("button", name="1", exact=True).click()
    expect(get_lines(telephone)).to_have_count(3)
    assert product.wait_for(1, "/next")[0]["Digits"] == "1"


def test_the_keyboard_alone_answers_presses_and_hangs_up(telephone, client, product):
    call(client, product)
    answer = telephone.get_by_role("button", name="Answer", exact=True)
    answer.focus()
    answer.press("Enter")
    expect(get_lines(telephone)).to_have_text(["Oprima 1."])
    telephone.keyboard.press("1")
    expect(get_lines(telephone)).to_have_count(3)
    telephone.get_by_role("button", name="Hang up").press("Enter")
    telephone.get_by_role("button", name="Back to the texts").press("Enter")
    expect(telephone.get_by_label("Text from (619) 555-0142")).to_be_focused()


def test_a_line_is_written_in_its_own_language_and_direction(telephone, client, product):
    call(client, product)
    telephone.get_by_role("button", name="Answer", exact=True).click()
    telephone.get_by_role("button", name="1", exact=True).click()
    spanish, arabic = get_lines(telephone).nth(0), get_lines(telephone).nth(2)
    assert (spanish.get_attribute("lang"), spanish.get_attribute("dir")) == ("es-US", "ltr")
    assert (arabic.get_attribute("lang"), arabic.get_attribute("dir")) == ("arb", "rtl")


def test_words_are_said_where_they_are_asked_for(telephone, client, product):
    call(client, product)
    telephone.get_by_role("button", name="Answer", exact=True).click()
    box = telephone.get_by_label("Say on (619) 555-0142")
    box.fill("uno")
    box.press("Enter")
    expect(get_lines(telephone)).to_have_count(3)
    assert product.wait_for(1, "/next")[0]["SpeechResult"] == "uno"
    expect(box).to_be_disabled()


@pytest.mark.parametrize(("button", "course"), [("Decline", "declined: busy"), ("No answer", "not answered")])
def test_a_call_that_is_not_taken_is_told(telephone, client, product, button, course):
    call(client, product)
    telephone.get_by_role("button", name=button).click()
    expect(telephone.locator(".course")).to_have_text(course)


def test_a_machine_takes_the_call_and_says_nothing(telephone, client, product):
    call(client, product)
    telephone.get_by_role("button", name="Answering machine").click()
    expect(telephone.locator(".course")).to_have_text("call ended")
    expect(get_lines(telephone).last).to_have_text("Adios")


def test_the_telephone_calls_afterkit_and_the_call_can_be_read_later(telephone):
    telephone.get_by_role("button", name="Call Afterkit from (619) 555-0142").click()
    expect(get_lines(telephone)).to_have_text(["Oprima 1."])
    telephone.get_by_role("button", name="Hang up").click()
    telephone.get_by_role("button", name="Back to the texts").click()
    telephone.get_by_role("button", name="You called").click()
    expect(get_lines(telephone)).to_have_text(["Oprima 1."])


def test_a_telephone_set_to_a_machine_does_not_ring(telephone, client, product, hand):
    telephone.get_by_label("Calls to this telephone").select_option("machine")
    telephone.wait_for_function(
        "() => fetch('/sim/settings').then(r => r.json()).then(s => s.answers['+16195550142'])"
    )
    sid = call(client, product).sid
    assert hand.get(f"/sim/calls/{sid}").json["status"] == "completed"


def test_a_dialled_number_is_answered_by_the_tester(telephone, product):
    product.speak({"/twilio/voice": "<Dial><Number>+16195550188</Number></Dial><Say>Thank you</Say>"})
    telephone.get_by_role("button", name="Call Afterkit from (619) 555-0142").click()
    telephone.get_by_role("button", name="Answered").click()
    telephone.get_by_role("button", name="They hang up").click()
    expect(get_lines(telephone).last).to_have_text("Thank you")


def test_a_call_that_is_over_at_once_can_still_be_read(telephone, product):
    product.speak({"/twilio/voice": "<Say>We are closed.</Say>"})
    telephone.get_by_role("button", name="Call Afterkit from (619) 555-0142").click()
    expect(get_lines(telephone)).to_have_text(["We are closed."])


def make_sound() -> bytes:
    """A second of silence as WAV, 8 kHz mono."""
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 8036, b"WAVE", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8, b"data", 8000
    )
    return head + b"\x80" * 8000


def test_a_recording_plays_in_the_page(telephone, product):
    product.sound = make_sound()
    product.speak({"/twilio/voice": '<Gather timeout="60"><Play>/audio/menu.wav</Play></Gather>'})
    telephone.get_by_role("button", name="Call Afterkit from (619) 555-0142").click()
    expect(get_lines(telephone)).to_have_text(["menu.wav"])
    telephone.wait_for_function("() => document.querySelector('audio').currentTime > 0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("moment", ["ringing", "talking", "over"])
def test_a_call_is_accessible_at_every_moment(browser, simulator, client, product, touch, scheme, moment):
    product.speak({"/turn": f"<Say voice='x'>no</Say><Say>Hello</Say>{MENU}"})
    sid = call(client, product).sid
    if moment != "ringing":
        touch(sid, "answer")
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(simulator.url)
    page.wait_for_selector(".screen.calling")
    if moment == "over":
        page.get_by_role("button", name="Hang up").click()
        page.wait_for_selector(".close:visible")
    found = Axe().run(page)
    context.close()
    assert [
        (fault["id"], [node["html"][:120] for node in fault["nodes"]])
        for fault in found.response["violations"]
    ] == []


def test_on_a_small_screen_a_call_fits(browser, simulator, client, product, touch):
    product.speak({"/turn": MENU})
    touch(call(client, product, to=PHONE).sid, "answer")
    context = browser.new_context(viewport={"width": 360, "height": 720})
    page = context.new_page()
    page.goto(simulator.url)
    page.wait_for_selector(".screen.calling")
    hang_up = page.get_by_role("button", name="Hang up").bounding_box()
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert (width, hang_up["y"] + hang_up["height"] <= 720) == (360, True)


def test_a_call_to_a_number_without_a_telephone_brings_one_that_keeps_ringing_in_view(
    telephone, client, product
):
    telephone.set_viewport_size({"width": 390, "height": 844})
    call(client, product, to="+18585550143")
    answer = telephone.get_by_role("button", name="Answer", exact=True)
    expect(answer).to_be_in_viewport()
    telephone.wait_for_timeout(500)  # what was heard of the call before it rang must not come after it
    answer.click()
    lines = telephone.get_by_role("log", name="What is spoken on (858) 555-0143").locator(".words")
    expect(lines).to_have_text(["Oprima 1."])
