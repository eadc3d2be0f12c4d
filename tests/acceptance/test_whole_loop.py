"""The whole loop in a real browser: enrol on the page, see the first text, answer, see the reply, STOP."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acceptance.running import TryOut

SOON = 8000  # milliseconds a person would wait before wondering


@pytest.fixture
def crew(browser: Browser) -> Iterator[Page]:
    """A crew's phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.fixture
def staff(browser: Browser) -> Iterator[Page]:
    """A desk of the programme's staff."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def sign_in(page: Page, try_out: TryOut, who: str, path: str) -> None:
    """Open a locked page and sign in."""
    email, password = try_out.read_login(who)
    page.goto(f"{try_out.product}{path}")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def enrol_on_page(page: Page, try_out: TryOut, number: str, language: str) -> None:
    """The crew's minute."""
    sign_in(page, try_out, "crew", "/enrol")
    page.locator(f'input[name="language"][value="{language}"]').check(force=True)
    page.locator("#consent-given").check(force=True)
    page.get_by_label("4. Mobile number").fill(number)
    page.locator('input[name="role"][value="patient"]').check(force=True)
    page.get_by_label("7. ZIP code").fill("92101")
    page.get_by_role("button", name="Enroll").click()
    expect(page.get_by_role("heading", name="Enrolled")).to_be_visible()


def write(page: Page, text: str) -> None:
    """The person types a text and sends it."""
    box = page.locator(".compose input").first
    box.fill(text)
    box.press("Enter")


def test_a_person_is_enrolled_texted_answered_and_left_alone(try_out: TryOut, crew: Page, page: Page) -> None:
    page.goto(try_out.telephone)
    log = page.get_by_role("log").first
    enrol_on_page(crew, try_out, "(619) 555-0142", "en")
    expect(log).to_contain_text("About 10 texts", timeout=SOON)
    expect(log).to_contain_text("Use the nose spray in 1 nostril", timeout=SOON)
    write(page, "who is this")
    expect(log).to_contain_text("888-724-7240", timeout=SOON)
    write(page, "my friend is not breathing")
    expect(log).to_contain_text("CALL 911 NOW", timeout=SOON)
    write(page, "please don't text me any more")
    expect(log).to_contain_text("you will get no more texts", timeout=SOON)


def test_a_day_passes_in_a_second_and_the_check_in_comes(try_out: TryOut, crew: Page, page: Page) -> None:
    page.goto(try_out.telephone)
    log = page.get_by_role("log").first
    enrol_on_page(crew, try_out, "619 555 0142", "es")
    expect(log).to_contain_text("Tagalog o Soomaali", timeout=SOON)
    for _ in range(2):
        page.get_by_role("button", name="+1 day").click()
    expect(log).to_contain_text("¿Todo bien hoy?", timeout=SOON)


def test_staff_edit_a_place_and_the_next_text_carries_it(
    try_out: TryOut, crew: Page, staff: Page, page: Page
) -> None:
    page.goto(try_out.telephone)
    enrol_on_page(crew, try_out, "6195550142", "en")
    sign_in(staff, try_out, "staff", "/staff")
    staff.get_by_role("link", name="Add").first.click()
    staff.get_by_label("Name", exact=True).fill("Harbor Clinic")
    staff.get_by_label("Kind").select_option("treatment")
    staff.get_by_label("Number").fill("619-555-0111")
    staff.get_by_label("ZIP codes served").fill("92101")
    staff.get_by_role("button", name="Save").click()
    write(page, "where can i get treatment")
    expect(page.get_by_role("log").first).to_contain_text("Harbor Clinic: 619-555-0111", timeout=SOON)
