"""A call and the product's TwiML: what is spoken, asked, pressed, said and dialled, and what is wrong with it."""

import threading
import time

import pytest
from flask import Response
from stand_in_product import OURS, PHONE, SID, TOKEN, call
from twilio.request_validator import RequestValidator

MENU = '<Gather numDigits="1" action="/next"><Say>Press 1.</Say></Gather><Say>Nothing pressed.</Say>'


@pytest.fixture
def ring_in(hand, product):
    """A telephone calls the product, which answers each path as given; out comes the call when it waits."""

    def ring(**by_path: str) -> dict:
        product.speak({"/twilio/voice": by_path.pop("voice", "")} | {f"/{k}": v for k, v in by_path.items()})
        return hand.post("/sim/calls", json={"from": PHONE}).json

    return ring


def read(told: dict, kind: str = "say") -> list[str]:
    return [line["text"] for line in told["lines"] if line["kind"] == kind]


def read_faults(told: dict) -> list[int]:
    return [line["code"] for line in told["lines"] if line["kind"] == "fault"]


def test_a_call_in_is_announced_and_signed(ring_in, product):
    told = ring_in(voice="<Say>Welcome &amp; hello</Say>")
    ((path, form, signature),) = product.received
    assert (form["CallSid"], form["AccountSid"], form["From"], form["To"]) == (told["sid"], SID, PHONE, OURS)
    assert (form["Direction"], form["CallStatus"], form["FromState"]) == ("inbound", "ringing", "CA")
    assert RequestValidator(TOKEN).validate(product.url + path.rstrip("?"), form, signature)
    assert (read(told), told["status"]) == (["Welcome & hello"], "completed")


def test_an_outgoing_call_is_asked_about_only_when_it_is_answered(client, product, touch, hand):
    product.speak({"/turn": "<Say>Hi</Say>"})
    sid = call(client, product).sid
    hand.get(f"/sim/calls/{sid}")
    assert product.received == []
    assert read(touch(sid, "answer")) == ["Hi"]
    assert product.wait_for(1)[0]["CallStatus"] == "in-progress"


def test_twiml_can_be_fetched_with_get(client, product, touch):
    sid = call(client, product, url=product.url + "/turn?a=b", method="GET").sid
    touch(sid, "answer")
    ((path, form, signature),) = product.received
    assert (form["CallSid"], form["a"]) == (sid, "b")
    assert RequestValidator(TOKEN).validate(product.url + path, {}, signature)


def test_twiml_can_come_with_the_call(client, product, touch):
    sid = call(client, product, url=None, twiml="<Response><Say>Inline</Say></Response>").sid
    assert read(touch(sid, "answer")) == ["Inline"]


def test_a_key_goes_to_the_action_and_leads_on(ring_in, touch, product):
    told = ring_in(voice=MENU, next="<Say>One it is.</Say>")
    assert (told["expects"]["kind"], told["expects"]["keys"], told["status"]) == (
        "gather",
        True,
        "in-progress",
    )
    assert read(touch(told["sid"], "press", keys="1")) == ["Press 1.", "One it is."]
    assert product.wait_for(1, "/next")[0]["Digits"] == "1"


def test_who_stays_silent_hears_the_next_verb(ring_in, touch, product):
    told = touch(ring_in(voice=MENU)["sid"], "silent")
    assert (read(told)[-1], told["status"], len(product.received)) == ("Nothing pressed.", "completed", 1)


def test_silence_ends_by_itself(ring_in, hand):
    told = ring_in(voice='<Gather timeout="0"/><Say>Too late.</Say>')
    assert (read(told), told["status"]) == (["Too late."], "completed")


def test_an_empty_result_is_posted_when_asked_for(ring_in, touch, product):
    told = ring_in(voice='<Gather actionOnEmptyResult="true" action="/next"/>', next="<Say>Hm.</Say>")
    assert read(touch(told["sid"], "silent")) == ["Hm."]
    assert product.wait_for(1, "/next")[0]["Digits"] == ""


@pytest.mark.parametrize(
    ("attributes", "presses", "digits"),
    [
        ("", ["92", "101#"], "92101"),
        ('finishOnKey="*"', ["12*"], "12"),
        ('finishOnKey="" numDigits="2"', ["1", "#"], "1#"),
        ('numDigits="1"', ["12"], "1"),
    ],
)
def test_keys_are_gathered_until_they_are_all(ring_in, touch, product, attributes, presses, digits):
    sid = ring_in(voice=f'<Gather {attributes} action="/next"/>')["sid"]
    for keys in presses:
        touch(sid, "press", keys=keys)
    assert product.wait_for(1, "/next")[0]["Digits"] == digits


def test_keys_without_an_end_are_sent_when_silence_follows(ring_in, touch, product):
    sid = ring_in(voice='<Gather action="/next"/>')["sid"]
    touch(sid, "press", keys="42")
    touch(sid, "silent")
    assert product.wait_for(1, "/next")[0]["Digits"] == "42"


def test_speech_is_heard_where_it_is_asked_for(ring_in, touch, product):
    told = ring_in(voice='<Gather input="dtmf speech" language="es-US" action="/next"/>')
    touch(told["sid"], "say", text="sí, gracias")
    form = product.wait_for(1, "/next")[0]
    assert (form["SpeechResult"], form["Confidence"], "Digits" in form) == ("sí, gracias", "0.9", False)


def test_speech_is_not_heard_where_only_keys_are(ring_in, touch, product):
    sid = ring_in(voice='<Gather action="/next"/>')["sid"]
    touch(sid, "say", text="hello")
    assert touch(sid, "press", keys="3#")["status"] == "completed"
    assert product.wait_for(1, "/next")[0]["Digits"] == "3"


def test_without_an_action_the_same_address_is_asked_again(ring_in, touch, product):
    sid = ring_in(voice='<Gather numDigits="1"/>')["sid"]
    assert touch(sid, "press", keys="1")["expects"]["kind"] == "gather"
    assert [form.get("Digits") for form in product.wait_for(2, "/twilio/voice")] == [None, "1"]


def test_a_line_tells_its_voice_language_and_direction(ring_in):
    told = ring_in(voice='<Say voice="Polly.Zeina" loop="2">مرحبا</Say><Say>Hello</Say>')
    assert told["lines"] == [
        {"kind": "say", "text": "مرحبا", "voice": "Polly.Zeina", "language": "arb", "dir": "rtl", "loop": 2},
        {"kind": "say", "text": "Hello", "voice": "default", "language": "en-US", "dir": "ltr"},
    ]


def test_a_recording_is_fetched_and_can_be_heard(ring_in, hand, product):
    told = ring_in(voice="<Play>/audio/menu.wav</Play>")
    assert (read(told, "play"), told["lines"][0]["url"]) == (["menu.wav"], product.url + "/audio/menu.wav")
    heard = hand.get(f"/sim/calls/{told['sid']}/audio/0")
    assert (heard.data, heard.mimetype) == (b"RIFF", "audio/wav")
    assert hand.get(f"/sim/calls/{told['sid']}/audio/1").status_code == 404


def test_a_pause_lasts_real_time(ring_in):
    began = time.monotonic()
    ring_in(voice='<Pause length="1"/>')
    assert 1 <= time.monotonic() - began < 5


def test_a_pause_can_be_cut_short(client, product, touch, hand):
    product.speak({"/turn": '<Pause length="60"/>'})
    sid = call(client, product).sid
    hand.get(f"/sim/calls/{sid}")
    waiting = threading.Timer(0.3, touch, (sid, "silent"))
    waiting.start()
    assert touch(sid, "answer")["status"] == "completed"
    waiting.join()


def test_a_redirect_leads_elsewhere(ring_in):
    assert read(ring_in(voice="<Redirect>/next</Redirect><Say>never</Say>", next="<Say>There</Say>")) == [
        "There"
    ]


def test_a_hangup_ends_the_call(ring_in):
    told = ring_in(voice="<Say>Bye</Say><Hangup/><Say>never</Say>")
    assert (read(told), told["status"]) == (["Bye"], "completed")


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_a_rejected_call_is_never_answered(ring_in, reason, status):
    told = ring_in(voice=f'<Reject reason="{reason}"/>')
    assert (told["status"], told["seconds"]) == (status, 0)


DIAL = '<Dial action="/next"><Number>+1 619 555 0188</Number></Dial>'


@pytest.mark.parametrize(("outcome", "status"), [("busy", "busy"), ("no-answer", "no-answer")])
def test_a_dial_that_fails_leads_on(ring_in, touch, product, outcome, status):
    told = ring_in(voice=DIAL, next="<Say>Sorry.</Say>")
    assert told["expects"] == {"kind": "dial", "number": "+16195550188"}
    assert read(touch(told["sid"], "dial", outcome=outcome)) == ["Sorry."]
    form = product.wait_for(1, "/next")[0]
    assert (form["DialCallStatus"], "DialCallDuration" in form) == (status, False)


def test_a_dial_that_is_answered_lasts_until_one_side_hangs_up(ring_in, touch, product):
    sid = ring_in(voice=DIAL)["sid"]
    assert touch(sid, "dial", outcome="answered")["expects"]["kind"] == "talk"
    assert touch(sid, "dial", outcome="ended")["status"] == "completed"
    form = product.wait_for(1, "/next")[0]
    assert (form["DialCallStatus"], form["DialCallDuration"]) == ("completed", "0")


def test_911_cannot_be_dialled(ring_in, product):
    told = ring_in(voice='<Dial action="/next">911</Dial>')
    assert (read_faults(told), product.wait_for(1, "/next")[0]["DialCallStatus"]) == ([13224], "failed")


def test_hanging_up_ends_the_call_wherever_it_is(ring_in, touch):
    assert touch(ring_in(voice=MENU)["sid"], "hangup")["status"] == "completed"


def test_a_machine_presses_nothing(client, product, touch):
    product.speak({"/turn": MENU})
    told = touch(call(client, product).sid, "answer", by="machine")
    assert (read(told)[-1], told["status"]) == ("Nothing pressed.", "completed")


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        (f"<Say>{'a' * 3001}</Say>", 13521),
        (f'<Say voice="Polly.Tatyana" language="ru-RU">{"я" * 751}</Say>', 13521),
        ("<Say> </Say>", 13520),
        ('<Say voice="Polly.Joanna-Neural" language="es-US">Hola</Say>', 13511),
        ('<Say language="so-SO">Haa</Say>', 13511),
        ('<Say voice="Polly.Nobody">Hi</Say>', 13511),
        ('<Gather input="speech" language="en" timeout="0"/>', 13512),
        ('<Gather input="speech" language="so-SO" timeout="0"/>', 13512),
        ("<Play>/audio/page.html</Play>", 12300),
        ("<Play>http://127.0.0.1:9/menu.wav</Play>", 11205),
        ("<Message>Hi</Message>", 12200),
        ("<Gather timeout='0'><Dial/></Gather>", 12200),
    ],
)
def test_what_twilio_would_not_do_is_a_fault_and_the_call_goes_on(ring_in, verbs, code):
    told = ring_in(voice=f"{verbs}<Say>Still here.</Say>")
    assert (read_faults(told), told["error_code"], read(told)) == ([code], code, ["Still here."])


@pytest.mark.parametrize(
    ("body", "mimetype", "status", "code"),
    [
        ("<Response>", "text/xml", 200, 12100),
        ("<Other/>", "text/xml", 200, 12100),
        ("{}", "application/json", 200, 12300),
        ("", "text/xml", 500, 11200),
        ("<Response/>" + " " * 65536, "text/xml", 200, 11750),
    ],
)
def test_an_answer_of_no_use_ends_the_call_with_an_error(hand, product, body, mimetype, status, code):
    product.answer = lambda: Response(body, mimetype=mimetype, status=status)
    told = hand.post("/sim/calls", json={"from": PHONE}).json
    assert (read_faults(told), told["status"]) == ([code], "completed")
    assert "application error" in read(told)[-1]


def test_the_fallback_is_asked_when_the_url_fails(client, product, touch):
    product.speak({"/fallback": "<Say>Here I am.</Say>"})
    gone = "http://127.0.0.1:9/turn"
    sid = call(client, product, url=gone, fallback_url=product.url + "/fallback").sid
    assert read(touch(sid, "answer")) == ["Here I am."]
    form = product.wait_for(1, "/fallback")[0]
    assert (form["ErrorCode"], form["ErrorUrl"]) == ("11205", gone)


def test_a_loop_that_nobody_takes_part_in_is_an_error(ring_in):
    told = ring_in(voice="<Redirect/>")
    assert (told["error_code"], told["status"], "loop" in read(told, "note")[0]) == (11200, "completed", True)


def test_the_last_request_can_be_delivered_again(ring_in, hand, product):
    sid = ring_in(voice=MENU)["sid"]
    told = hand.post(f"/sim/calls/{sid}/again").json
    first, second = product.received
    assert (first, told) == (second, {"sid": sid, "status": 200, "error_code": None, "same": True})


@pytest.mark.parametrize(
    ("act", "wish"),
    [("press", {"keys": "x"}), ("press", {}), ("say", {}), ("dial", {"outcome": "maybe"}), ("shout", {})],
)
def test_a_touch_that_makes_no_sense_is_refused(ring_in, hand, act, wish):
    sid = ring_in(voice=MENU)["sid"]
    assert hand.post(f"/sim/calls/{sid}/{act}", json=wish).status_code == 400


def test_a_call_is_news_like_a_text(ring_in, hand):
    cursor = hand.get("/sim/messages?since=0").json["cursor"]
    sid = ring_in(voice="<Say>Hi</Say>")["sid"]
    news = hand.get(f"/sim/messages?since={cursor}&wait=5").json
    assert ([told["sid"] for told in news["calls"]], news["cursor"] > cursor) == ([sid], True)
    assert hand.get("/sim/calls", query_string={"number": PHONE}).json["calls"] == news["calls"]
