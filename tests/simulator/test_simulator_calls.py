"""The Call resource: what is taken and refused, how a call ends, and what the product hears of its course."""

import time

import pytest
from stand_in_product import OURS, PHONE, TOKEN, call
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator

HOLD = '<Gather timeout="60"><Say>Hello</Say></Gather>'
ALL_EVENTS = ["initiated", "ringing", "answered", "completed"]


def refusal(client, product, **changes) -> tuple[int, int]:
    """HTTP status and Twilio's code of a call that is refused."""
    with pytest.raises(TwilioRestException) as refused:
        call(client, product, **changes)
    return refused.value.status, refused.value.code


def test_a_call_is_taken_as_queued_and_rings(client, product, hand):
    taken = call(client, product)
    assert (taken.status, taken.direction, taken.sid[:2], len(taken.sid)) == (
        "queued",
        "outbound-api",
        "CA",
        34,
    )
    told = hand.get(f"/sim/calls/{taken.sid}").json
    assert (told["status"], told["expects"]) == ("ringing", {"kind": "ring"})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": "hello"}, 21211),
        ({"to": "+15005550001"}, 21217),
        ({"to": "+15005550002"}, 21214),
        ({"to": "+15005550003"}, 21215),
        ({"to": "+15005550004"}, 21216),
        ({"to": "+442079460018"}, 21215),
        ({"from_": "+15005550001"}, 21212),
        ({"from_": "+16195550177"}, 21210),
        ({"url": None}, 21205),
        ({"url": "ftp://example.org"}, 21205),
        ({"url": None, "twiml": "x" * 4001}, 20001),
        ({"timeout": 601}, 20001),
        ({"machine_detection": "Maybe"}, 20001),
        ({"status_callback_event": ["started"]}, 20001),
        ({"status_callback": "http://a_b.example/r"}, 21609),
        ({"send_digits": "x"}, 21206),
    ],
)
def test_a_call_that_twilio_would_refuse_is_refused_with_its_code(client, product, changes, code):
    assert refusal(client, product, **changes) == (400, code)
    assert client.calls.list() == []


def test_a_number_can_be_made_uncallable(client, product, hand):
    hand.post("/sim/settings", json={"uncallable": {PHONE: 21214}})
    assert refusal(client, product) == (400, 21214)


def test_the_carriers_failures_strike_calls_too(client, product, hand):
    hand.post("/sim/settings", json={"fail_rate": 1, "fail_kinds": ["429"]})
    assert refusal(client, product) == (429, 20429)


@pytest.mark.parametrize(("act", "status"), [("decline", "busy"), ("ignore", "no-answer")])
def test_a_call_that_nobody_takes_says_why(client, product, touch, act, status):
    sid = call(client, product).sid
    assert touch(sid, act)["status"] == status
    ended = client.calls(sid).fetch()
    assert (ended.status, ended.duration, ended.start_time, bool(ended.end_time)) == (
        status,
        None,
        None,
        True,
    )


def test_a_telephone_that_rings_too_long_is_not_answered(client, product, hand):
    sid = call(client, product, timeout=0).sid
    assert hand.get(f"/sim/calls/{sid}").json["status"] == "no-answer"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("person", "completed"),
        ("machine", "completed"),
        ("busy", "busy"),
        ("no-answer", "no-answer"),
        ("failed", "failed"),
    ],
)
def test_a_telephone_can_behave_by_itself(client, product, hand, answer, status):
    hand.post("/sim/settings", json={"answers": {PHONE: answer}})
    sid = call(client, product).sid
    assert hand.get(f"/sim/calls/{sid}").json["status"] == status


def test_every_event_is_reported_in_order_and_signed(client, product, touch):
    sid = call(client, product, status_callback=product.url + "/r/7", status_callback_event=ALL_EVENTS).sid
    touch(sid, "answer")
    forms = product.wait_for(4, "/r/7")
    assert [(form["CallStatus"], form["SequenceNumber"]) for form in forms] == [
        ("initiated", "0"),
        ("ringing", "1"),
        ("in-progress", "2"),
        ("completed", "3"),
    ]
    assert {(form["CallSid"], form["To"], form["Direction"]) for form in forms} == {
        (sid, PHONE, "outbound-api")
    }
    assert (forms[3]["CallDuration"], "Timestamp" in forms[0]) == ("0", True)
    path, form, signature = product.received[0]
    assert RequestValidator(TOKEN).validate(product.url + path.rstrip("?"), form, signature)


def test_only_the_end_is_reported_unless_more_is_asked_for(client, product, touch):
    sid = call(client, product, status_callback=product.url + "/r").sid
    touch(sid, "decline")
    assert [form["CallStatus"] for form in product.wait_for(1, "/r")] == ["busy"]


@pytest.mark.parametrize(
    ("by", "detection", "found"),
    [
        ("person", "Enable", "human"),
        ("machine", "Enable", "machine_start"),
        ("machine", "DetectMessageEnd", "machine_end_beep"),
        ("fax", "Enable", "fax"),
    ],
)
def test_the_product_learns_who_answered(client, product, touch, by, detection, found):
    sid = call(client, product, machine_detection=detection).sid
    touch(sid, "answer", by=by)
    assert product.wait_for(1, "/turn")[0]["AnsweredBy"] == found
    assert client.calls(sid).fetch().answered_by == found


def test_without_detection_nobody_learns_who_answered(client, product, touch):
    touch(call(client, product).sid, "answer", by="machine")
    assert "AnsweredBy" not in product.wait_for(1, "/turn")[0]


def test_detection_beside_the_call_is_told_by_its_own_callback(client, product, touch):
    told = product.url + "/amd"
    sid = call(
        client, product, machine_detection="Enable", async_amd="true", async_amd_status_callback=told
    ).sid
    touch(sid, "answer", by="machine")
    assert product.wait_for(1, "/amd")[0]["AnsweredBy"] == "machine_start"
    assert "AnsweredBy" not in product.wait_for(1, "/turn")[0]


def test_the_product_cancels_a_call_that_rings(client, product, hand):
    sid = call(client, product).sid
    hand.get(f"/sim/calls/{sid}")
    assert client.calls(sid).update(status="canceled").status == "canceled"


def test_the_product_hangs_up(client, product, touch):
    product.speak({"/turn": HOLD})
    sid = call(client, product).sid
    touch(sid, "answer")
    assert client.calls(sid).update(status="completed").status == "completed"


def test_the_product_turns_a_call_to_other_words(client, product, touch, hand):
    product.speak({"/turn": HOLD, "/other": "<Say>Something else</Say>"})
    sid = call(client, product).sid
    touch(sid, "answer")
    client.calls(sid).update(url=product.url + "/other")
    told = hand.get(f"/sim/calls/{sid}").json
    for _ in range(100):
        if told["status"] == "completed":
            break
        told = hand.get(f"/sim/calls/{sid}").json
    assert told["lines"][-1]["text"] == "Something else"


def test_a_call_that_is_over_cannot_be_changed(client, product, touch):
    sid = call(client, product).sid
    touch(sid, "decline")
    with pytest.raises(TwilioRestException) as refused:
        client.calls(sid).update(status="completed")
    assert refused.value.code == 21220


def test_calls_are_listed_by_number_status_and_day(client, product, touch, programme_now):
    first, second = call(client, product).sid, call(client, product, to="+16195550151").sid
    touch(first, "decline")
    today = programme_now().date()

    def find(**asked) -> list[str]:
        return [found.sid for found in client.calls.list(**asked)]

    assert find() == [second, first]
    assert find(to=PHONE, from_=OURS) == [first]
    assert find(status="busy") == [first]
    assert find(start_time=today) == [second, first]
    assert find(start_time_before=today.replace(year=2000)) == []
    assert [found.sid for found in client.calls.stream(page_size=1)] == [second, first]


def test_a_reset_hangs_up_and_forgets(client, product, hand):
    sid = call(client, product).sid
    hand.post("/sim/reset")
    assert (client.calls.list(), hand.post(f"/sim/calls/{sid}/answer", json={}).status_code) == ([], 400)


def test_a_call_ends_when_its_time_is_up(client, product, touch):
    product.speak({"/turn": HOLD})
    sid = call(client, product, time_limit=1).sid
    touch(sid, "answer")
    assert touch(sid, "press", keys="1")["expects"]["pressed"] == "1"
    for _ in range(300):
        if client.calls(sid).fetch().status == "completed":
            break
        time.sleep(0.01)
    assert client.calls(sid).fetch().status == "completed"


def test_what_else_the_product_asks_for_is_told_on_the_telephone(client, product, touch):
    sid = call(client, product, send_digits="12#", record=True, call_reason="A check-in").sid
    told = touch(sid, "answer")
    assert ([line["kind"] for line in told["lines"]], told["reason"]) == (["tones", "note"], "A check-in")
