"""/sim: who may use it, the clock, the carrier's manners, failures on purpose, and what a restart keeps."""

import socket
import time
from dataclasses import replace

import pytest
import requests
from stand_in_product import OURS, PHONE, SID, TOKEN, make_client, run_server, send, serve_app
from twilio.base.exceptions import TwilioRestException

from simulator.app import close_simulator, create_simulator, listen


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "rebound.example"},
    ],
)
def test_a_web_page_elsewhere_cannot_drive_it(simulator, headers):
    assert requests.post(simulator.url + "/sim/reset", headers=headers, timeout=5).status_code == 403


def test_its_own_page_can_drive_it(simulator):
    headers = {"Origin": simulator.url, "Sec-Fetch-Site": "same-origin"}
    assert requests.post(simulator.url + "/sim/reset", headers=headers, timeout=5).status_code == 200


def test_another_machine_cannot_drive_it(hand):
    assert hand.get("/sim/settings", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 403


def test_the_clock_glides_ahead(hand):
    told = hand.post("/sim/clock", json={"ahead_seconds": 86400}).json
    assert (told["pace"], told["speed"]) == (28_800, 1)


def test_the_clock_keeps_its_speed_through_a_jump(hand):
    hand.post("/sim/clock", json={"speed": 3600})
    assert hand.post("/sim/clock", json={"ahead_seconds": 60}).json["speed"] == 3600


@pytest.mark.parametrize("wish", [{"speed": 0}, {"ahead_seconds": -1}, {"speed": "fast"}, {"speed": True}])
def test_the_clock_refuses_what_makes_no_sense(hand, wish):
    answer = hand.post("/sim/clock", json=wish)
    assert (answer.status_code, bool(answer.json["error"])) == (400, True)


def test_a_clock_without_a_file_shows_real_time_only(settings):
    app = create_simulator(replace(settings, clock_file=None))
    hand = app.test_client()
    assert (
        hand.get("/sim/clock").json["settable"],
        hand.post("/sim/clock", json={"speed": 2}).status_code,
    ) == (False, 400)
    close_simulator(app)


def test_settings_not_named_stay(hand):
    hand.post("/sim/settings", json={"latency_ms": 7})
    kept = hand.post("/sim/settings", json={"opt_out": "off"}).json
    assert (kept["latency_ms"], kept["opt_out"]) == (7, "off")


@pytest.mark.parametrize(
    "wish",
    [
        {"latency": 5},
        {"latency_ms": -1},
        {"latency_ms": "5"},
        {"fail_rate": 2},
        {"fail_kinds": ["flood"]},
        {"fail_kinds": []},
        {"retry_after": -1},
        {"account_error": "20003"},
        {"refused": [PHONE]},
        {"webhooks": 0},
        {"opt_out": "maybe"},
        {"undelivered": [PHONE]},
        {"answers": {PHONE: "maybe"}},
        {"uncallable": {PHONE: "x"}},
        {"undelivered": {PHONE: "x"}},
        [],
    ],
)
def test_a_setting_that_makes_no_sense_changes_nothing(hand, wish):
    before = hand.get("/sim/settings").json
    assert hand.post("/sim/settings", json=wish).status_code == 400
    assert hand.get("/sim/settings").json == before


def test_too_many_requests_is_told_with_429(client, hand):
    hand.post("/sim/settings", json={"fail_rate": 1, "fail_kinds": ["429"]})
    with pytest.raises(TwilioRestException) as refused:
        send(client)
    assert (refused.value.status, refused.value.code, client.messages.list()) == (429, 20429, [])


def test_a_broken_carrier_answers_500(client, hand):
    hand.post("/sim/settings", json={"fail_rate": 1})
    with pytest.raises(TwilioRestException) as refused:
        send(client)
    assert refused.value.status == 500


def test_a_reset_after_accepting_leaves_the_text_listed(client, hand):
    hand.post("/sim/settings", json={"fail_rate": 1, "fail_kinds": ["reset-after-accept"]})
    with pytest.raises(requests.ConnectionError):
        send(client, body="was it sent?")
    assert [message.body for message in client.messages.list(to=PHONE)] == ["was it sent?"]


def test_a_429_says_how_long_to_wait(client, hand):
    hand.post("/sim/settings", json={"fail_rate": 1, "fail_kinds": ["429"], "retry_after": 7})
    answer = post_text(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


def post_text(client) -> requests.Response:
    """A send without Twilio's client, which hides the headers of an error."""
    url = f"{client.api.base_url}/2010-04-01/Accounts/{SID}/Messages.json"
    form = {"To": PHONE, "From": OURS, "Body": "Hello"}
    return requests.post(url, data=form, auth=(SID, TOKEN), timeout=5)


@pytest.mark.parametrize("how", ["500", "timeout", "reset"])
@pytest.mark.parametrize(("when", "taken"), [("", 0), ("-after-accept", 1)])
def test_it_fails_before_and_after_it_took_a_text(client, hand, how, when, taken):
    hand.post("/sim/settings", json={"fail_rate": 1, "fail_kinds": [how + when], "timeout_ms": 10})
    with pytest.raises((TwilioRestException, requests.ConnectionError)):
        send(client)
    assert len(client.messages.list(to=PHONE)) == taken


def test_a_number_is_refused_with_its_own_code(client, hand):
    hand.post("/sim/settings", json={"refused": {PHONE: 21635}})
    with pytest.raises(TwilioRestException) as refused:
        send(client)
    assert (refused.value.status, refused.value.code) == (400, 21635)
    assert send(client, to="+16195550143").status == "queued"


@pytest.mark.parametrize(("code", "status"), [(20003, 401), (30002, 400), (21606, 400)])
def test_an_account_in_trouble_takes_no_text_at_all(client, hand, code, status):
    hand.post("/sim/settings", json={"account_error": code})
    with pytest.raises(TwilioRestException) as refused:
        send(client)
    assert (refused.value.status, refused.value.code, client.messages.list()) == (status, code, [])


def test_every_send_is_told_with_our_own_id(client, hand):
    for number in (7, 8, 7):
        send(client, status_callback=f"http://127.0.0.1:9/twilio/receipts/{number}")
    told = hand.get("/sim/sends").json
    assert [row[:2] for row in told["sends"]] == [[7, PHONE], [8, PHONE], [7, PHONE]]
    assert (told["texts"], told["twice"]) == (2, 1)


def test_a_send_without_an_id_of_ours_counts_for_none(client, hand):
    sid = send(client).sid
    told = hand.get("/sim/sends").json
    assert (told["texts"], told["twice"], told["sends"][0][0], told["sends"][0][2]) == (0, 0, None, sid)


def test_what_people_write_is_no_send(hand):
    hand.post("/sim/inbound", json={"from": PHONE, "body": "Hi"})
    assert hand.get("/sim/sends").json["sends"] == []


def test_more_connections_are_held_than_it_has_threads(settings):
    """A carrier under load keeps hundreds of connections open; none of them may wait for another to close."""
    small = replace(settings, port=0, threads=4)
    app = create_simulator(small)
    served = run_server(app, listen(app, small))
    port = served.server.effective_port
    kept = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(300)]
    assert requests.get(f"{served.url}/healthz", timeout=5).text == "ok\n"
    for line in kept:
        line.close()
    close_simulator(app)
    served.close()


def test_a_silent_carrier_loses_the_text(client, hand):
    hand.post("/sim/settings", json={"fail_rate": 1, "fail_kinds": ["timeout"], "timeout_ms": 10})
    with pytest.raises(requests.ConnectionError):
        send(client)
    assert client.messages.list() == []


def test_a_reset_forgets_texts_blocks_and_manners(client, hand):
    hand.post("/sim/inbound", json={"from": PHONE, "body": "STOP"})
    hand.post("/sim/settings", json={"latency_ms": 7})
    hand.post("/sim/reset")
    assert (client.messages.list(), hand.get("/sim/settings").json["latency_ms"]) == ([], 0)
    assert hand.get("/sim/settings").json["blocked"] == []


def test_a_change_is_told_to_whoever_waits(client, hand):
    cursor = hand.get("/sim/messages?since=0").json["cursor"]
    sid = send(client).sid
    news = hand.get(f"/sim/messages?since={cursor}&wait=5").json
    assert (news["messages"][0]["sid"], news["cursor"] > cursor) == (sid, True)


def test_without_a_change_nothing_is_told(hand):
    cursor = hand.get("/sim/messages?since=0").json["cursor"]
    assert hand.get(f"/sim/messages?since={cursor}").json["messages"] == []


@pytest.mark.parametrize("text", ["619 555 0142", "(619) 555-0142", "+1 619.555.0142", "1-619-555-0142"])
def test_a_number_may_be_written_any_way(hand, text):
    assert hand.get("/sim/number", query_string={"text": text}).json == {
        "number": PHONE,
        "national": "(619) 555-0142",
    }


@pytest.mark.parametrize("text", ["", "hello", "911", "555"])
def test_what_is_no_number_is_refused(hand, text):
    assert hand.get("/sim/number", query_string={"text": text}).status_code == 400


@pytest.mark.parametrize("wish", [{"from": "x", "body": "Hi"}, {"from": PHONE}, {"from": PHONE, "body": ""}])
def test_an_inbound_text_needs_a_number_and_words(hand, wish):
    assert hand.post("/sim/inbound", json=wish).status_code == 400


def test_texts_and_blocks_survive_a_restart(settings, tmp_path):
    kept = replace(settings, state_file=tmp_path / "texts.db")
    first = create_simulator(kept)
    first.test_client().post("/sim/inbound", json={"from": PHONE, "body": "STOP"})
    close_simulator(first)
    second = create_simulator(kept)
    texts = second.test_client().get("/sim/messages", query_string={"number": PHONE}).json["messages"]
    blocked = second.test_client().get("/sim/settings").json["blocked"]
    close_simulator(second)
    assert (texts[0]["body"], blocked) == ("STOP", [PHONE])


def test_a_text_on_its_way_is_delivered_after_a_restart(settings, tmp_path):
    kept = replace(settings, state_file=tmp_path / "texts.db")
    first = create_simulator(kept)
    first.test_client().post("/sim/settings", json={"callback_delay_ms": 60_000})
    form = {"To": PHONE, "From": OURS, "Body": "Hello"}
    first.test_client().post(f"/2010-04-01/Accounts/{SID}/Messages.json", data=form, auth=(SID, TOKEN))
    close_simulator(first)
    second = create_simulator(kept)
    served = serve_app(second)
    news = {"messages": []}
    for _ in range(20):
        news = second.test_client().get("/sim/messages", query_string={"number": PHONE}).json
        if news["messages"][0]["status"] == "delivered":
            break
        second.test_client().get("/sim/messages", query_string={"since": news["cursor"], "wait": 1})
    assert make_client(served.url).messages.list()[0].status == "delivered"
    served.close()
    close_simulator(second)


def wait_until_ringing(simulator):
    for _ in range(100):
        calls = simulator.test_client().get("/sim/calls", query_string={"number": PHONE}).json["calls"]
        if [told["status"] for told in calls] == ["ringing"]:
            return
        time.sleep(0.05)
    raise AssertionError("the call never rang")


def test_a_call_that_was_in_the_air_has_failed_after_a_restart(settings, tmp_path):
    kept = replace(settings, state_file=tmp_path / "texts.db")
    first = create_simulator(kept)
    form = {"To": PHONE, "From": OURS, "Twiml": "<Response/>"}
    first.test_client().post(f"/2010-04-01/Accounts/{SID}/Calls.json", data=form, auth=(SID, TOKEN))
    # A process that is killed ends no call: this one still rings while the next opens the same file.
    wait_until_ringing(first)
    second = create_simulator(kept)
    calls = second.test_client().get("/sim/calls", query_string={"number": PHONE}).json["calls"]
    assert [told["status"] for told in calls] == ["failed"]
    close_simulator(second)
    close_simulator(first)
