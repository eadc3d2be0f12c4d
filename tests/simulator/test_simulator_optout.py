"""STOP, START and HELP as Twilio handles them by itself."""

import pytest
from stand_in_product import PHONE, send
from twilio.base.exceptions import TwilioRestException

from simulator.optout import REPLIES


def say(hand, body: str) -> None:
    hand.post("/sim/inbound", json={"from": PHONE, "body": body})


def list_bodies(hand) -> list[str]:
    return [
        text["body"] for text in hand.get("/sim/messages", query_string={"number": PHONE}).json["messages"]
    ]


@pytest.mark.parametrize(
    "word", ["STOP", " stop ", "StopAll", "unsubscribe", "CANCEL", "end", "quit", "revoke", "OPTOUT"]
)
def test_a_stop_word_blocks_the_number_and_is_still_forwarded(client, hand, product, word):
    say(hand, word)
    (form,) = product.wait_for(1)
    with pytest.raises(TwilioRestException) as refused:
        send(client)
    assert (refused.value.code, form["Body"]) == (21610, word)
    assert list_bodies(hand) == [word, REPLIES["STOP"]]


@pytest.mark.parametrize("words", ["stop please", "don't stop", "STOP.", "alto"])
def test_more_than_the_bare_word_blocks_nothing(client, hand, words):
    say(hand, words)
    assert send(client).status == "queued"


@pytest.mark.parametrize("word", ["START", "unstop", "Yes"])
def test_a_start_word_ends_the_block(client, hand, word):
    say(hand, "STOP")
    say(hand, word)
    assert send(client).status == "queued"
    assert list_bodies(hand)[2:4] == [word, REPLIES["START"]]


def test_yes_from_a_number_that_never_stopped_gets_no_answer_from_twilio(hand):
    say(hand, "YES")
    assert list_bodies(hand) == ["YES"]


def test_help_is_answered_by_twilio_too(hand):
    say(hand, "Help")
    assert list_bodies(hand) == ["Help", REPLIES["HELP"]]


def test_a_second_stop_is_not_answered_again(hand):
    say(hand, "STOP")
    say(hand, "STOP")
    assert list_bodies(hand) == ["STOP", REPLIES["STOP"], "STOP"]


def test_the_answer_of_the_product_does_not_pass_a_block(hand, product):
    product.answer = lambda: "<Response><Message>Goodbye</Message></Response>"
    say(hand, "STOP")
    assert "Goodbye" not in list_bodies(hand)


@pytest.mark.parametrize(("word", "kind"), [("STOP", "STOP"), ("unstop", "START"), ("INFO", "HELP")])
def test_advanced_opt_out_names_the_kind_of_word(hand, product, word, kind):
    hand.post("/sim/settings", json={"opt_out": "advanced"})
    say(hand, word)
    assert product.wait_for(1)[0]["OptOutType"] == kind


def test_the_default_handling_names_no_kind(hand, product):
    say(hand, "STOP")
    assert "OptOutType" not in product.wait_for(1)[0]


def test_switched_off_it_leaves_stop_to_the_product(client, hand):
    hand.post("/sim/settings", json={"opt_out": "off"})
    say(hand, "STOP")
    assert (list_bodies(hand), send(client).status) == (["STOP"], "queued")
