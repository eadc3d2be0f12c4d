"""The Message resource, through Twilio's own client on a real connection."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from stand_in_product import OURS, PHONE, SID, TOKEN, make_client, send
from twilio.base.exceptions import TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

SERVICE = "MG" + "7" * 32


def refusal(client, **changes) -> tuple[int, int]:
    """HTTP status and Twilio's code of a send that is refused."""
    with pytest.raises(TwilioRestException) as refused:
        send(client, **changes)
    return refused.value.status, refused.value.code


def test_a_text_is_taken_as_queued(client):
    message = send(client)
    assert (message.status, message.direction, message.sid[:2], len(message.sid)) == (
        "queued",
        "outbound-api",
        "SM",
        34,
    )


def test_a_text_through_a_messaging_service_is_accepted(client):
    message = send(client, from_=None, messaging_service_sid=SERVICE)
    assert (message.status, message.num_segments, message.from_) == ("accepted", "0", None)


def test_a_picture_message_has_its_own_kind_of_sid(client):
    message = send(client, body=None, media_url=["https://example.org/1.png", "https://example.org/2.png"])
    assert (message.sid[:2], message.num_media) == ("MM", "2")


def test_a_text_reaches_its_telephone_with_its_words_intact(client, hand, wait_for_status):
    sid = send(client, body="¿Cómo está?\nمرحبا 💚").sid
    wait_for_status(sid, "delivered")
    texts = hand.get("/sim/messages", query_string={"number": "(619) 555-0142"}).json["messages"]
    assert [(text["sid"], text["body"]) for text in texts] == [(sid, "¿Cómo está?\nمرحبا 💚")]


def test_segments_are_counted_as_a_carrier_counts(client):
    counts = [
        send(client, body=body).num_segments
        for body in ("a" * 160, "a" * 161, "您" * 70, "您" * 71, "€" * 81)
    ]
    assert counts == ["1", "2", "1", "2", "2"]


def test_the_wrong_token_is_refused(simulator):
    assert refusal(make_client(simulator.url, "wrong")) == (401, 20003)


def test_another_account_is_not_found(client):
    with pytest.raises(TwilioRestException) as refused:
        client.api.accounts("AC" + "9" * 32).messages.create(to=PHONE, from_=OURS, body="x")
    assert (refused.value.status, refused.value.code) == (404, 20404)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": ""}, 21604),
        ({"to": "banana"}, 21211),
        ({"to": "+1619555"}, 21211),
        ({"to": "+442071838750"}, 21408),
        ({"from_": None}, 21603),
        ({"from_": "+16195550177"}, 21606),
        ({"from_": "banana"}, 21212),
        ({"body": None}, 21619),
        ({"body": " "}, 21602),
        ({"body": "a" * 1601}, 21617),
        ({"status_callback": "http://under_score.example/x"}, 21609),
        ({"status_callback": "not a url"}, 21609),
        ({"from_": None, "messaging_service_sid": "MGx"}, 21705),
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550002"}, 21612),
        ({"to": "+15005550003"}, 21408),
        ({"to": "+15005550004"}, 21610),
        ({"to": "+15005550009"}, 21614),
        ({"from_": "+15005550001"}, 21212),
        ({"from_": "+15005550007"}, 21606),
        ({"from_": "+15005550008"}, 21611),
        ({"schedule_type": "fixed", "send_at": datetime(2040, 1, 1, tzinfo=UTC)}, 35118),
        ({"schedule_type": "fixed", "messaging_service_sid": SERVICE}, 35111),
        (
            {
                "schedule_type": "fixed",
                "messaging_service_sid": SERVICE,
                "send_at": datetime(2040, 1, 1, tzinfo=UTC),
            },
            35114,
        ),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code(client, changes, code):
    assert refusal(client, **changes) == (400, code)


def test_the_magic_sender_is_taken(client):
    assert send(client, from_="+15005550006").from_ == "+15005550006"


def test_a_body_of_1600_characters_is_taken(client):
    assert send(client, body="a" * 1600).num_segments == "11"


def test_a_landline_is_refused(client, hand):
    hand.post("/sim/settings", json={"landlines": [PHONE]})
    assert refusal(client) == (400, 21614)


def test_a_refused_text_is_in_no_list(client):
    refusal(client, body="a" * 1601)
    assert client.messages.list() == []


def test_an_error_says_what_twilio_would_say(simulator, client):
    answer = simulator.app.test_client().get("/2010-04-01/Accounts/x/Messages.json")
    assert answer.json == {
        "code": 20003,
        "message": "Authenticate",
        "more_info": "https://www.twilio.com/docs/errors/20003",
        "status": 401,
    }


def test_a_text_is_fetched_by_its_sid(client):
    sid = send(client, body="again").sid
    assert client.messages(sid).fetch().body == "again"


def test_an_unknown_sid_is_not_found(client):
    with pytest.raises(TwilioRestException) as missed:
        client.messages("SM" + "0" * 32).fetch()
    assert (missed.value.status, missed.value.code) == (404, 20404)


def test_redacting_empties_the_record_but_not_the_telephone(client, hand):
    sid = send(client, body="private").sid
    client.messages(sid).update(body="")
    (text,) = hand.get("/sim/messages", query_string={"number": PHONE}).json["messages"]
    assert (client.messages(sid).fetch().body, text["body"]) == ("", "private")


def test_a_deleted_text_is_gone_from_the_record(client):
    sid = send(client).sid
    client.messages(sid).delete()
    assert client.messages.list() == []
    with pytest.raises(TwilioRestException):
        client.messages(sid).fetch()


def schedule(client, now: datetime) -> str:
    at = now + timedelta(hours=1)
    return send(client, schedule_type="fixed", messaging_service_sid=SERVICE, send_at=at).sid


def test_a_scheduled_text_can_be_canceled(client, programme_now):
    sid = schedule(client, programme_now())
    assert client.messages(sid).update(status="canceled").status == "canceled"


def test_a_scheduled_text_leaves_when_its_hour_comes(client, hand, programme_now, wait_for_status):
    sid = schedule(client, programme_now())
    hand.post("/sim/clock", json={"ahead_seconds": 3601})
    wait_for_status(sid, "delivered")


def test_a_text_that_left_cannot_be_canceled(client):
    sid = send(client).sid
    with pytest.raises(TwilioRestException) as refused:
        client.messages(sid).update(status="canceled")
    assert refused.value.status == 409


def test_the_account_can_be_fetched(client):
    assert client.api.accounts(client.account_sid).fetch().status == "active"


def test_the_list_is_newest_first_and_filters_by_both_numbers(client):
    first = send(client, body="1")
    send(client, to="+16195550143", body="2")
    third = send(client, body="3")
    send(client, from_="+16195550101", body="4")
    found = client.messages.list(to=PHONE, from_=OURS)
    assert [message.sid for message in found] == [third.sid, first.sid]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"date_sent_after": -1}, 1),
        ({"date_sent_after": 1}, 0),
        ({"date_sent_before": 1}, 1),
        ({"date_sent_before": -1}, 0),
        ({"date_sent_after": -1, "date_sent_before": 1}, 1),
    ],
)
def test_the_list_filters_by_moment(client, programme_now, filters, found):
    send(client)
    moments = {name: programme_now() + timedelta(minutes=minutes) for name, minutes in filters.items()}
    assert len(client.messages.list(to=PHONE, **moments)) == found


def test_the_list_filters_by_day(client, programme_now):
    send(client)
    today = programme_now().date()
    days = (today, today - timedelta(days=1))
    assert [len(client.messages.list(date_sent=day)) for day in days] == [1, 0]


def test_a_filter_that_is_no_date_is_refused(simulator, client):
    path = f"/2010-04-01/Accounts/{client.account_sid}/Messages.json"
    answer = simulator.app.test_client().get(path, query_string={"DateSent": "soon"}, auth=client.auth)
    assert (answer.status_code, answer.json["code"]) == (400, 20001)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_twilios_async_client_lists_and_fetches_too(simulator, client, programme_now):
    sent = [send(client, body=str(number)).sid for number in range(5)]
    found, first = asyncio.run(ask_async(simulator.url, programme_now() - timedelta(minutes=1)))
    assert ([message.sid for message in found], first.sid) == (sent[::-1], sent[0])


async def ask_async(url: str, since: datetime) -> tuple[list, object]:
    """Every text since then, two a page, and the oldest of them fetched by its sid."""
    async with AsyncTwilioHttpClient(timeout=5) as http:
        client = Client(SID, TOKEN, http_client=http)
        client.api.base_url = url
        found = await client.messages.list_async(to=PHONE, from_=OURS, date_sent_after=since, page_size=2)
        return found, await client.messages(found[-1].sid).fetch_async()


def test_pages_hold_every_text_once(client):
    sent = [send(client, body=str(number)).sid for number in range(7)]
    assert [message.sid for message in client.messages.list(page_size=3)] == sent[::-1]


def test_a_text_that_arrives_while_paging_moves_nothing(client):
    sent = [send(client, body=str(number)).sid for number in range(4)]
    first = client.messages.page(page_size=2)
    send(client, body="late")
    assert [message.sid for message in first.next_page()] == sent[1::-1]


def test_a_page_leads_back_to_the_one_before(client):
    sent = [send(client, body=str(number)).sid for number in range(6)]
    second = client.messages.page(page_size=2).next_page()
    assert [message.sid for message in second.previous_page()] == sent[:3:-1]
