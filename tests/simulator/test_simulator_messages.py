"""The Message resource, through Twilio's own client."""

import time

import pytest
from stand_in_product import OURS, PHONE, make_client
from twilio.base.exceptions import TwilioRestException


def send(client, **changes):
    return client.messages.create(**{"to": PHONE, "from_": OURS, "body": "Hello"} | changes)


def test_a_text_is_taken_as_queued(client):
    message = send(client)
    assert (message.status, message.sid[:2], len(message.sid), message.direction) == (
        "queued",
        "SM",
        34,
        "outbound-api",
    )


def test_a_text_is_delivered_to_its_telephone(client, hand):
    sid = send(client, body="¿Cómo está?").sid
    for _ in range(200):
        texts = hand.get("/sim/messages", query_string={"number": "(619) 555-0142"}).json["messages"]
        if texts[0]["status"] == "delivered":
            break
        time.sleep(0.01)
    assert [(text["sid"], text["body"], text["status"]) for text in texts] == [
        (sid, "¿Cómo está?", "delivered")
    ]


def test_the_wrong_token_is_refused(simulator):
    with pytest.raises(TwilioRestException) as refused:
        send(make_client(simulator.url, "wrong"))
    assert (refused.value.status, refused.value.code) == (401, 20003)
