"""The pages in a real browser: a thumb enrols a person, staff edit the list, and axe finds nothing on any page."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from visitor import PASSWORD, PEOPLE

from messages.languages import list_languages
from model import Resource
from store.record import raise_task
from store.resources import add_resource, list_resources
from tests.world import PHONE, World

PHONE_SIZE, DESK_SIZE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
SMALLEST = 48  # CSS pixels a gloved thumb can hit
TARGETS = "button, .button, input:not([type=hidden]), select, summary, .choice > label, main a"
MEASURE = """nodes => nodes.map(node => node.closest('.choice') ?? node)
  .map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < %d || box.width < %d)).map(([html]) => html)"""
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const wanted = [location.pathname, document.querySelector("use").href.baseVal.split("#")[0]];
  const isThere = async () => (await Promise.all(wanted.map(one => caches.match(one)))).every(Boolean);
  while (!(await isThere()) || !navigator.serviceWorker.controller) await new Promise(go => setTimeout(go, 50));
}"""
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PUBLIC = ("/", "/kit/en", "/kit/ar", "/kit/xx", "/nowhere", "/sign-in")
HOW_TOS = [f"/kit/{language.tag}" for language in list_languages()]


@pytest.fixture(
    params=[(PHONE_SIZE, "light"), (DESK_SIZE, "light"), (PHONE_SIZE, "dark"), (DESK_SIZE, "dark")]
)
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page on a phone and on a desk, by day and by night."""
    size, scheme = request.param
    context = browser.new_context(viewport=size, color_scheme=scheme)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A crew's phone, with scripts turned off."""
    context = browser.new_context(viewport=PHONE_SIZE, has_touch=True, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def expect_accessible(page: Page) -> None:
    """No violation of axe's rules, nothing that scrolls sideways, nothing a thumb would miss."""
    page.wait_for_load_state("load")  # a page whose style is still on its way has other colours
    violations = Axe().run(page).response["violations"]
    found = [(one["id"], node["html"], node["failureSummary"]) for one in violations for node in one["nodes"]]
    small = page.eval_on_selector_all(TARGETS, MEASURE % (SMALLEST, SMALLEST // 2))
    assert (found, page.evaluate(WIDER), small) == ([], False, [])


def sign_in(page: Page, address: str, role: str) -> None:
    """Through the door, by keyboard."""
    page.goto(f"{address}{'/staff' if role == 'staff' else '/enrol'}")
    page.get_by_label("Email address").fill(PEOPLE[role])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")


def fill_minimum(page: Page) -> None:
    """The shortest way through the crew's form."""
    page.get_by_text("Español").tap()
    page.get_by_text("said yes").tap()
    page.get_by_label("Mobile number").fill("619 555 0142")
    page.get_by_text("Family").tap()


def test_a_thumb_enrols_a_person_without_scripts(phone: Page, address: str, world: World) -> None:
    sign_in(phone, address, "crew")
    fill_minimum(phone)
    phone.get_by_role("button", name="Enroll").tap()
    phone.wait_for_url("**/enrol/done")
    assert phone.locator(".ending").inner_text() == "42"
    assert (world.find().language, world.find().role) == ("es", "family")


def test_only_the_script_of_the_chosen_language_is_shown(phone: Page, address: str) -> None:
    sign_in(phone, address, "crew")
    phone.wait_for_load_state("load")
    before = phone.locator(".script:visible").count()
    phone.get_by_text("Español", exact=True).tap()
    shown = phone.locator(".script:visible")
    assert (before, shown.count(), "¿Quiere recibir estos mensajes?" in shown.inner_text()) == (0, 1, True)


def test_a_form_that_came_back_is_mended_and_sent(phone: Page, address: str, world: World) -> None:
    sign_in(phone, address, "crew")
    fill_minimum(phone)
    phone.get_by_label("Mobile number").fill("619 555")
    phone.get_by_role("button", name="Enroll").tap()
    phone.get_by_role("link", name="This is not a US telephone number").tap()
    phone.get_by_label("Mobile number").fill("619 555 0142")
    phone.get_by_role("button", name="Enroll").tap()
    phone.wait_for_url("**/enrol/done")
    assert world.find().language == "es"


def test_going_back_and_sending_again_enrols_once(phone: Page, address: str, world: World) -> None:
    sign_in(phone, address, "crew")
    fill_minimum(phone)
    phone.get_by_role("button", name="Enroll").dblclick()
    expect(phone).to_have_url(
        f"{address}/enrol/done"
    )  # the first press's way there is broken off by the second
    phone.reload()
    assert phone.locator(".ending").inner_text() == "42"


def test_staff_edit_an_entry(page: Page, address: str, world: World) -> None:
    with world.memory.transaction() as tx:
        add_resource(tx, Resource(0, "A line", "crisis", "988", is_demo=True), "demo", world.now)
    sign_in(page, address, "staff")
    page.get_by_role("link", name="Edit A line").click()
    page.get_by_label("Number").fill("619-555-0150")
    page.get_by_label("Spanish").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("status").get_by_text("Saved: A line.").wait_for()
    with world.memory.reading() as tx:
        entry = list_resources(tx)[0]
    assert (entry.phone, entry.languages, entry.is_demo) == ("619-555-0150", ("es",), False)


def test_staff_remove_an_entry_only_on_purpose(page: Page, address: str, world: World) -> None:
    number = world.publish("A line", "988")
    sign_in(page, address, "staff")
    page.goto(f"{address}/staff/resources/{number}")
    hidden = page.get_by_role("button", name="Remove A line").is_visible()
    page.get_by_text("Remove this entry").click()
    page.get_by_role("button", name="Remove A line").click()
    page.get_by_text("The list is empty.").wait_for()
    assert hidden is False


def test_public_pages_are_accessible(screen: Page, address: str) -> None:
    for path in PUBLIC:
        screen.goto(f"{address}{path}")
        expect_accessible(screen)


def test_the_how_to_is_accessible_in_every_language(browser: Browser, address: str) -> None:
    with browser.new_context(viewport=PHONE_SIZE) as context:
        page = context.new_page()
        for path in HOW_TOS:
            page.goto(f"{address}{path}")
            expect_accessible(page)


def test_a_refused_sign_in_is_accessible(screen: Page, address: str) -> None:
    screen.goto(f"{address}/sign-in")
    screen.get_by_label("Email address").fill("nobody@test.example")
    screen.get_by_label("Password").fill("wrong")
    screen.get_by_role("button", name="Sign in").click()
    screen.get_by_role("alert").wait_for()
    expect_accessible(screen)


def test_the_crews_pages_are_accessible(screen: Page, address: str) -> None:
    sign_in(screen, address, "crew")
    screen.locator(".choice").first.wait_for()
    expect_accessible(screen)
    screen.evaluate("document.querySelector('form[action=\"/enrol\"]').noValidate = true")
    screen.get_by_text("Kit and incident").click()
    screen.get_by_label("Expires on").fill("2020-01-31")
    screen.get_by_label("ZIP code").fill("9")
    screen.get_by_role("button", name="Enroll").click()
    screen.get_by_role("alert").wait_for()
    expect_accessible(screen)


def test_the_focus_is_on_the_problems_when_a_form_comes_back(page: Page, address: str) -> None:
    sign_in(page, address, "crew")
    page.get_by_text("English").click()
    page.get_by_text("said yes").click()
    page.get_by_label("Mobile number").fill("1")
    page.get_by_text("Family").click()
    page.get_by_role("button", name="Enroll").click()
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.className") == "summary"


def test_the_done_page_is_accessible(screen: Page, address: str) -> None:
    sign_in(screen, address, "crew")
    screen.get_by_text("English").click()
    screen.get_by_text("said yes").click()
    screen.get_by_label("Mobile number").fill("619 555 0142")
    screen.get_by_text("Family").click()
    screen.get_by_role("button", name="Enroll").click()
    screen.wait_for_url("**/enrol/done")
    expect_accessible(screen)


def test_the_staffs_pages_are_accessible(screen: Page, address: str, world: World) -> None:
    world.publish("A clinic", "619-555-0150", zip_area="921", hours="Mon-Fri 9-5")
    world.publish("A line", "text HOME to 741741", verified_on="2026-03-01")
    world.enrol()
    with world.memory.transaction() as tx:
        raise_task(tx, world.find(PHONE).id, "emergency", world.now - timedelta(hours=1))
    sign_in(screen, address, "staff")
    for path in ("/staff", "/staff/resources/new", "/staff/resources/1"):
        screen.goto(f"{address}{path}")
        expect_accessible(screen)
    screen.get_by_text("Remove this entry").click()
    screen.get_by_label("ZIP codes served").fill("9z")
    screen.get_by_role("button", name="Save").click()
    screen.get_by_role("alert").wait_for()
    expect_accessible(screen)


def test_a_how_to_that_was_opened_once_is_there_without_signal(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE_SIZE)
    page = context.new_page()
    page.goto(f"{address}/kit/ar")
    page.evaluate(KEPT)
    context.set_offline(True)
    page.reload()
    heading, drawing = page.locator("h3").first.inner_text(), page.locator("use").first.get_attribute("href")
    assert "911" in heading and drawing.endswith("steps.svg#call")
    context.close()


def test_a_drawing_lies_on_its_sheet_and_not_on_a_button(page: Page, address: str) -> None:
    page.goto(f"{address}/kit/en")
    grounds = page.eval_on_selector_all(
        ".drawing", "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert grounds == ["rgba(0, 0, 0, 0)"] * 6
