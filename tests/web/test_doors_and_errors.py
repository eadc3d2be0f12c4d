"""The outer doors: the carrier's signature, the headers of every page, and errors that give nothing away."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator
from visitor import TOKEN, URL, Visitor, bearer

from store.tables import contacts, inbox, outbox, receipts
from tests.world import PHONE, World

TEXT = {"MessageSid": "SM1", "From": PHONE, "To": "+16195550100", "Body": "STOP"}


def sign(path: str, form: dict[str, str], token: str = TOKEN) -> dict[str, str]:
    """The carrier's signature on a form."""
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(f"{URL}{path}", form)}


FORGED = [
    {},
    {"X-Twilio-Signature": "forged"},
    sign("/twilio/sms", TEXT, "other token"),
    sign("/twilio/sms", {**TEXT, "Body": "START"}),
    sign("/twilio/sms?x=1", TEXT),
]


def count_rows(world: World) -> list[int]:
    """How many rows the carrier's webhooks have left behind."""
    with world.memory.reading() as tx:
        return [
            tx.conn.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (inbox, contacts, outbox, receipts)
        ]


@pytest.mark.parametrize("headers", FORGED)
@pytest.mark.parametrize("path", ["/twilio/sms", "/twilio/receipts/1"])
def test_a_forged_webhook_changes_nothing(
    client: FlaskClient, world: World, path: str, headers: dict[str, str]
) -> None:
    answer = client.post(path, data=TEXT, headers=headers)
    assert (answer.status_code, count_rows(world)) == (403, [0, 0, 0, 0])


def test_a_signed_text_is_heard_once(client: FlaskClient, world: World) -> None:
    form = {**TEXT, "Body": "hello", "SomethingNew": "ignored"}
    answers = [client.post("/twilio/sms", data=form, headers=sign("/twilio/sms", form)) for _ in range(2)]
    assert [(answer.status_code, answer.content_type) for answer in answers] == [(200, "text/xml")] * 2
    assert (count_rows(world)[0], world.memory.woken.is_set()) == (1, True)


def test_a_signed_receipt_is_kept_once(client: FlaskClient, world: World) -> None:
    world.enrol()
    world.work()
    form = {"MessageSid": "SM9", "MessageStatus": "delivered"}
    path = "/twilio/receipts/1"
    answers = [client.post(path, data=form, headers=sign(path, form)).status_code for _ in range(2)]
    assert (answers, count_rows(world)[3]) == ([200, 200], 1)


@pytest.mark.parametrize("path", ["/twilio/sms", "/twilio/receipts/1"])
def test_a_signed_form_without_its_id_is_refused(client: FlaskClient, world: World, path: str) -> None:
    answer = client.post(path, data={"Body": "x"}, headers=sign(path, {"Body": "x"}))
    assert (answer.status_code, "missing" in answer.json["detail"], count_rows(world)[0]) == (400, True, 0)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/kit/en", "/kit/xx", "/nowhere", "/api/v1/openapi.json"])
def test_every_answer_forbids_what_it_does_not_need(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; frame-ancestors 'none'")
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")


def test_nothing_personal_stays_in_a_browsers_cache(staff: Visitor, client: FlaskClient) -> None:
    kept = [
        staff.client.get("/staff").headers["Cache-Control"],
        client.get("/kit/en").headers["Cache-Control"],
    ]
    assert kept == ["no-store", "public, max-age=300"]


def test_no_page_carries_a_style_or_script_of_its_own() -> None:
    pages = Path(__file__).resolve().parents[2] / "web" / "templates"
    texts = [page.read_text(encoding="utf-8").lower() for page in pages.glob("*.html")]
    assert texts and not [word for word in ("<script>", "<style", " style=", "http://", "https://", " onclick")
                          for text in texts if word in text]  # fmt: skip


def test_no_address_has_room_for_a_number(web: Flask) -> None:
    places = {name for rule in web.url_map.iter_rules() for name in rule.arguments}
    assert places == {"filename", "public_id", "outbox_id", "task_id", "resource_id", "code"}


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/nowhere", "text/html; charset=utf-8"), ("/api/v1/nowhere", "application/problem+json"),
     ("/twilio/nowhere", "application/problem+json")],
)  # fmt: skip
def test_a_missing_page_is_said_in_the_readers_way(client: FlaskClient, path: str, kind: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (404, kind)


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    answer = client.get("/api/v1/enrolments", headers=bearer())
    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, POST")


@pytest.mark.parametrize("path", ["/", "/api/v1/fail"])
def test_a_failure_of_ours_gives_nothing_away(
    web: Flask, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    def fail() -> str:
        raise ValueError(f"could not text {PHONE}")

    web.add_url_rule("/api/v1/fail", "fail", fail)
    web.view_functions["front.home"] = fail
    answer = web.test_client().get(path)
    assert (answer.status_code, "555" in answer.text, "555" in caplog.text) == (500, False, False)
    assert "failed: ValueError" in caplog.text


@pytest.mark.parametrize("field", ["phone", "zip", "token"])
def test_a_character_no_database_holds_is_refused(crew: Visitor, field: str) -> None:
    assert crew.send("/enrol", **{field: "a\0b"}).status_code == 400


@pytest.mark.parametrize("number", ["0", str(2**63), "9" * 40])
def test_a_number_no_row_can_have_is_not_found(staff: Visitor, number: str) -> None:
    assert staff.client.get(f"/staff/resources/{number}").status_code == 404


def test_the_first_page_has_three_doors(client: FlaskClient) -> None:
    page = client.get("/").text
    assert [door in page for door in ('href="/enrol"', 'href="/staff"', 'href="/kit/en"')] == [True] * 3


def test_operations_are_answered_without_a_key(client: FlaskClient) -> None:
    answers = [client.get(path) for path in ("/healthz", "/readyz", "/metrics")]
    assert [answer.status_code for answer in answers] == [200, 503, 200]
    assert answers[1].json["checks"] == {
        "database": True, "migrations": True, "scheduler": False, "catalogues": True}  # fmt: skip
