"""What the product hears: signed webhooks for texts and for their delivery, and what its answers do."""

import socket
from datetime import timedelta

import pytest
from flask import Response
from stand_in_product import OURS, PHONE, SID, TOKEN, send
from twilio.request_validator import RequestValidator


def say(hand, body: str, **more: object) -> dict:
    """One text from the telephone; out comes what the simulator says about the webhook."""
    return hand.post("/sim/inbound", json={"from": PHONE, "body": body} | more).json


def answer_with(product, body: str, mimetype: str = "text/xml", status: int = 200) -> None:
    product.answer = lambda: Response(body, mimetype=mimetype, status=status)


def list_texts(hand) -> list[dict]:
    return hand.get("/sim/messages", query_string={"number": PHONE}).json["messages"]


def test_an_inbound_text_is_announced_with_every_field(hand, product):
    told = say(hand, "¿Sí?  ")
    (form,) = product.wait_for(1, "/twilio/sms")
    assert form == {
        "MessageSid": told["sid"],
        "SmsSid": told["sid"],
        "SmsMessageSid": told["sid"],
        "AccountSid": SID,
        "ApiVersion": "2010-04-01",
        "SmsStatus": "received",
        "From": PHONE,
        "To": OURS,
        "Body": "¿Sí?  ",
        "NumMedia": "0",
        "NumSegments": "1",
        "FromCity": "SAN DIEGO",
        "FromState": "CA",
        "FromZip": "",
        "FromCountry": "US",
        "ToCity": "SAN DIEGO",
        "ToState": "CA",
        "ToZip": "",
        "ToCountry": "US",
    }


def test_the_sid_of_an_inbound_text_has_34_characters(hand):
    assert len(say(hand, "Hi")["sid"]) == 34


def test_a_picture_is_announced_with_its_url(hand, product):
    say(hand, "", media=["https://example.org/1.png"])
    (form,) = product.wait_for(1)
    assert (form["NumMedia"], form["MediaUrl0"], form["MediaContentType0"]) == (
        "1",
        "https://example.org/1.png",
        "image/jpeg",
    )


def test_an_inbound_webhook_is_signed_as_twilio_signs(hand, product):
    say(hand, "a & b = ü")
    ((_, form, signature),) = product.received
    assert RequestValidator(TOKEN).validate(product.url + "/twilio/sms", form, signature)


def test_without_webhooks_a_text_is_only_in_the_carriers_list(client, hand, product, programme_now):
    hand.post("/sim/settings", json={"webhooks": False})
    before = programme_now()
    told = say(hand, "am I heard?")
    (found,) = client.messages.list(to=OURS, date_sent_after=before - timedelta(seconds=1))
    assert (found.sid, found.direction, found.from_, found.body) == (
        told["sid"],
        "inbound",
        PHONE,
        "am I heard?",
    )
    assert (product.received, told["error_code"]) == ([], 11205)


def test_a_lost_webhook_can_be_sent_after_all(hand, product):
    hand.post("/sim/settings", json={"webhooks": False})
    sid = say(hand, "am I heard?")["sid"]
    hand.post("/sim/webhook/replay", json={"sid": sid})
    assert product.wait_for(1, "/twilio/sms")[0]["MessageSid"] == sid


def test_a_stop_whose_webhook_is_lost_still_blocks(client, hand):
    hand.post("/sim/settings", json={"webhooks": False})
    say(hand, "STOP")
    assert hand.get("/sim/settings").json["blocked"] == [PHONE]


def test_a_status_callback_is_signed_with_its_query(client, product):
    send(client, status_callback=product.url + "/twilio/receipts/7?a=b%20c")
    product.wait_for(2, "/twilio/receipts")
    path, form, signature = product.received[0]
    assert path == "/twilio/receipts/7?a=b%20c"
    assert RequestValidator(TOKEN).validate(product.url + path, form, signature)


def test_a_text_is_reported_sent_then_delivered(client, product):
    sid = send(client, status_callback=product.url + "/r").sid
    forms = product.wait_for(2)
    assert [(form["MessageSid"], form["MessageStatus"], form["SmsStatus"]) for form in forms] == [
        (sid, "sent", "sent"),
        (sid, "delivered", "delivered"),
    ]


def test_an_accepted_text_is_also_reported_queued(client, product):
    send(client, from_=None, messaging_service_sid="MG" + "7" * 32, status_callback=product.url + "/r")
    forms = product.wait_for(3)
    assert [form["MessageStatus"] for form in forms] == ["queued", "sent", "delivered"]
    assert {form["MessagingServiceSid"] for form in forms} == {"MG" + "7" * 32}


def test_a_canceled_text_is_reported(client, product, programme_now):
    service = {"from_": None, "messaging_service_sid": "MG" + "7" * 32, "schedule_type": "fixed"}
    later = programme_now() + timedelta(hours=1)
    sid = send(client, send_at=later, status_callback=product.url + "/r", **service).sid
    client.messages(sid).update(status="canceled")
    assert [form["MessageStatus"] for form in product.wait_for(1)] == ["canceled"]


@pytest.mark.parametrize(("setting", "end"), [("undelivered", "undelivered"), ("failed", "failed")])
def test_a_text_that_cannot_arrive_ends_with_its_code(client, hand, product, setting, end):
    hand.post("/sim/settings", json={setting: {PHONE: 30006}})
    sid = send(client, status_callback=product.url + "/r").sid
    last = product.wait_for(2 if end == "undelivered" else 1)[-1]
    message = client.messages(sid).fetch()
    assert (last["MessageStatus"], last["ErrorCode"]) == (end, "30006")
    assert (message.status, message.error_code, bool(message.error_message)) == (end, 30006, True)


def test_without_callbacks_the_status_moves_in_silence(client, hand, product, wait_for_status):
    hand.post("/sim/settings", json={"callbacks": False})
    wait_for_status(send(client, status_callback=product.url + "/r").sid, "delivered")
    assert product.received == []


def test_a_callback_that_fails_does_not_hold_a_text_up(client, product, wait_for_status):
    answer_with(product, "", status=500)
    wait_for_status(send(client, status_callback=product.url + "/r").sid, "delivered")


@pytest.mark.parametrize(
    "twiml",
    [
        "<Response><Message>Call 911 &amp; spray</Message></Response>",
        "<Response><Message><Body>Call 911 &amp; spray</Body></Message></Response>",
    ],
)
def test_a_text_in_the_answer_reaches_the_telephone(hand, product, twiml):
    answer_with(product, twiml)
    say(hand, "help me")
    reply = list_texts(hand)[-1]
    assert (reply["direction"], reply["body"]) == ("outbound-reply", "Call 911 & spray")


@pytest.mark.parametrize(
    ("body", "mimetype", "status", "code"),
    [
        ("<Response>", "text/xml", 200, 12100),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><Response/>", "text/xml", 200, 12100),
        ("{}", "application/json", 200, 12300),
        ("", "text/xml", 500, 11200),
        ("<Response/>" + " " * 65536, "text/xml", 200, 11750),
    ],
)
def test_a_bad_answer_is_recorded_with_twilios_code(client, hand, product, body, mimetype, status, code):
    answer_with(product, body, mimetype, status)
    told = say(hand, "Hi")
    assert (told["status"], told["error_code"]) == (status, code)
    assert client.messages(told["sid"]).fetch().error_code == code


def test_a_product_that_is_not_there_is_recorded(settings, hand, simulator):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        free = unused.getsockname()[1]
    exchange = simulator.app.extensions["exchange"]
    exchange.settings = type(settings)(product_url=f"http://127.0.0.1:{free}")
    assert say(hand, "Hi")["error_code"] == 11205


def test_a_replayed_webhook_is_the_same_to_the_letter(hand, product):
    sid = say(hand, "1")["sid"]
    told = hand.post("/sim/webhook/replay", json={"sid": sid}).json
    first, second = product.received
    assert (first, told["status"], len(list_texts(hand))) == (second, 200, 1)


def test_only_inbound_texts_can_be_replayed(client, hand):
    assert hand.post("/sim/webhook/replay", json={"sid": send(client).sid}).status_code == 400
