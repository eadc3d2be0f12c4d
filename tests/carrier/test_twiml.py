"""What is answered in a call, in the carrier's words: within its limits, and every question goes somewhere."""

from xml.etree import ElementTree

import pytest

from calling import Ask, Dial, Paused, Played, Reply, Spoken
from carrier.twiml import LONGEST_QUOTED, LONGEST_SPOKEN, split_words, write_reply
from carrier.webhooks import BadForm, read_call, read_receipt
from model import Advice

NEXT = "https://test.example/twilio/voice/turn?turn=1"
WORDS = Spoken("Dial 9 1 1 & <wait>.", "Polly.Joanna-Neural", "en-US")


def read(reply: Reply) -> list[str]:
    """The verbs of an answer, in their order."""
    return [verb.tag for verb in ElementTree.fromstring(write_reply(reply, NEXT))]


def test_a_question_takes_keys_and_words_and_silence_goes_on_too() -> None:
    document = ElementTree.fromstring(
        write_reply(Reply((WORDS, Paused(1)), 1, Ask(5, "en-US", ("stop",))), NEXT)
    )
    gather, redirect = document
    assert (gather.get("input"), gather.get("language"), gather.get("hints")) == (
        "dtmf speech",
        "en-US",
        "stop",
    )
    assert (gather.get("numDigits"), gather.get("timeout"), gather.get("action")) == ("1", "5", NEXT)
    assert [verb.tag for verb in gather] == ["Say", "Pause"] and gather[0].text == WORDS.text
    assert (redirect.tag, redirect.text) == ("Redirect", NEXT)


def test_without_a_question_the_call_ends_or_is_put_through() -> None:
    assert read(Reply((Played("https://test.example/audio/so/a.mp3"),), 1)) == ["Play", "Hangup"]
    assert read(Reply((WORDS,), 1, Dial("+16195550190", 25))) == ["Say", "Dial"]


@pytest.mark.parametrize("text", ["Call us. " * 900, "呼吸。" * 900, "x" * 7000, "word " * 2000])
def test_long_words_are_cut_to_what_a_voice_reads_and_none_is_lost(text: str) -> None:
    pieces = list(split_words(text))
    assert all(len(piece) <= LONGEST_SPOKEN for piece in pieces) and LONGEST_QUOTED == 4500
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")


def test_a_document_past_the_carriers_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        write_reply(Reply((Spoken("word " * 20_000, "Polly.Joanna-Neural", "en-US"),), 1), NEXT)


def test_a_request_becomes_plain_values() -> None:
    form = {
        "CallSid": "CA1",
        "From": "+16195550142",
        "To": "+16195550100",
        "Direction": "inbound",
        "Digits": "1",
    }
    came = read_call(form, 2, None)
    assert (came.sid, came.phone, came.turn, came.keys, came.dialled) == ("CA1", "+16195550142", 2, "1", None)
    out = read_call({**form, "Direction": "outbound-api", "AnsweredBy": "machine_end_beep"}, 0, 7)
    assert (out.phone, out.machine, out.outbox_id) == ("+16195550100", True, 7)
    assert read_call({**form, "DialCallStatus": "no-answer"}, 1, None).dialled is False


def test_a_request_without_its_call_is_refused() -> None:
    with pytest.raises(BadForm):
        read_call({"From": "+16195550142"}, 0, None)


def test_the_receipt_of_a_call_asks_for_two_more_tries() -> None:
    receipt = read_receipt(7, {"CallSid": "CA1", "CallStatus": "no-answer"})
    assert (receipt.status, receipt.advice, len(receipt.again_after)) == ("no-answer", Advice.VOICE, 2)
