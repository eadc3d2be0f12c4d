"""Twilio's forms become plain values; its signature decides whether they are believed."""

import pytest
from twilio.request_validator import RequestValidator

from carrier.errors import get_advice
from carrier.signature import is_signed
from carrier.webhooks import BadForm, read_inbound, read_receipt
from model import Advice

FORM = {"MessageSid": "SM1", "From": "+16195550142", "Body": "hi", "NumMedia": "0", "Surprise": "new"}
URL = "https://example.org/twilio/sms"
TOKEN = "t" * 32


def test_a_signed_form_is_believed_and_a_changed_one_is_not() -> None:
    headers = {"X-Twilio-Signature": RequestValidator(TOKEN).compute_signature(URL, FORM)}
    assert is_signed(TOKEN, URL, FORM, headers)
    assert not is_signed(TOKEN, URL, {**FORM, "Body": "STOP"}, headers)
    assert not is_signed(TOKEN, URL + "x", FORM, headers)


@pytest.mark.parametrize(("token", "headers"), [("", {"X-Twilio-Signature": "x"}), (TOKEN, {})])
def test_without_token_or_signature_nothing_is_believed(token: str, headers: dict[str, str]) -> None:
    assert not is_signed(token, URL, FORM, headers)


def test_an_inbound_form_is_read_and_unknown_fields_are_ignored() -> None:
    inbound = read_inbound(FORM)
    assert (inbound.sid, inbound.phone, inbound.body, inbound.has_media, inbound.carrier_replied) == (
        "SM1", "+16195550142", "hi", False, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "replied"),
    [
        ({"Body": "STOP"}, "STOP"),
        ({"Body": " stopall "}, "STOP"),
        ({"Body": "stop please"}, None),
        ({"Body": "ALTO", "OptOutType": "STOP"}, "STOP"),
        ({"Body": "START"}, None),
        ({"Body": "START", "OptOutType": "START"}, "START"),
        ({"Body": "HELP", "OptOutType": "HELP"}, "HELP"),
    ],
)
def test_what_the_carrier_answered_itself_is_known(more: dict[str, str], replied: str | None) -> None:
    assert read_inbound({**FORM, **more}).carrier_replied == replied


def test_a_picture_without_words_has_media() -> None:
    assert read_inbound({**FORM, "Body": "", "NumMedia": "1"}).has_media


@pytest.mark.parametrize("lost", ["MessageSid", "From"])
def test_a_form_without_id_or_sender_is_refused_by_name(lost: str) -> None:
    with pytest.raises(BadForm, match=lost):
        read_inbound({name: value for name, value in FORM.items() if name != lost})


def test_a_receipt_carries_the_error_and_its_advice() -> None:
    receipt = read_receipt(7, {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30005"})
    assert (receipt.outbox_id, receipt.status, receipt.code, receipt.advice) == (
        7,
        "undelivered",
        30005,
        Advice.STOP,
    )


def test_an_error_nobody_knows_is_for_operations() -> None:
    assert get_advice(99999) is Advice.ALERT
    assert get_advice(None) is None
