"""A person writes: the text is kept, Twilio's opt-out handling answers it, and the product's webhook hears of it."""

import json
import uuid

from simulator.exchange import API_VERSION, Exchange, accept_message
from simulator.numbers import get_place
from simulator.optout import get_reply, hear_keyword
from simulator.records import Message
from simulator.segments import count_segments
from simulator.twiml import BadTwiml, read_messages
from simulator.webhooks import Answer, post_signed

PICTURE = "image/jpeg"
UNREACHED = 11205


def take_text(exchange: Exchange, phone: str, body: str, media: list[str]) -> tuple[Message, Answer]:
    """A telephone sends a text. Out: the text as kept, and how the product answered its webhook.

    Twilio's own answer to a keyword comes first, then the webhook, as Twilio does it.
    """
    keyword = hear_keyword(body) if exchange.behaviour.opt_out != "off" and not media else None
    message = keep_text(exchange, phone, body, media, keyword)
    if keyword:
        answer_keyword(exchange, message, keyword)
    return message, announce(exchange, message) if exchange.behaviour.webhooks else lose_webhook(
        exchange, message
    )


def keep_text(exchange: Exchange, phone: str, body: str, media: list[str], keyword: str | None) -> Message:
    """Remember an inbound text together with the form that announces it."""
    now = exchange.now()
    form = build_form(exchange, phone, body, media)
    if keyword and exchange.behaviour.opt_out == "advanced":
        form["OptOutType"] = keyword
    message = Message(
        sid=form["MessageSid"],
        phone=phone,
        direction="inbound",
        sender=phone,
        recipient=form["To"],
        body=body,
        shown=body,
        status="received",
        segments=int(form["NumSegments"]),
        created_at=now,
        updated_at=now,
        sent_at=now,
        media=json.dumps(media),
        service_sid=exchange.settings.messaging_service_sid,
        webhook=json.dumps(form),
    )
    exchange.records.add_message(message)
    return message


def build_form(exchange: Exchange, phone: str, body: str, media: list[str]) -> dict[str, str]:
    """Every field of Twilio's inbound webhook (domain-facts E3)."""
    sid = ("MM" if media else "SM") + uuid.uuid4().hex
    number = exchange.settings.numbers[0]
    form = dict.fromkeys(("MessageSid", "SmsSid", "SmsMessageSid"), sid)
    form |= {"AccountSid": exchange.settings.account_sid, "ApiVersion": API_VERSION, "SmsStatus": "received"}
    form |= {"From": phone, "To": number, "Body": body, "NumMedia": str(len(media))}
    form |= {"NumSegments": str(count_segments(body))}
    form |= {f"From{name}": value for name, value in get_place(phone).items()}
    form |= {f"To{name}": value for name, value in get_place(number).items()}
    form |= {f"MediaUrl{place}": url for place, url in enumerate(media)}
    form |= {f"MediaContentType{place}": PICTURE for place in range(len(media))}
    if exchange.settings.messaging_service_sid:
        form["MessagingServiceSid"] = exchange.settings.messaging_service_sid
    return form


def answer_keyword(exchange: Exchange, message: Message, keyword: str) -> None:
    """What Twilio does about STOP, START and HELP before the product hears of it."""
    blocked = exchange.records.is_blocked(message.phone)
    words = get_reply(keyword, exchange.behaviour.opt_out, blocked)
    if keyword != "HELP":
        exchange.records.set_blocked(message.phone, keyword == "STOP")
    if words:
        reply(exchange, message, words)


def announce(exchange: Exchange, message: Message) -> Answer:
    """Send a text's webhook, deliver the texts in the answer; the same text may be announced again."""
    url = exchange.settings.product_url.rstrip("/") + "/twilio/sms"
    answer = post_signed(url, json.loads(message.webhook or "{}"), exchange.settings.auth_token)
    code = answer.error_code or deliver_answer(exchange, message, answer)
    exchange.records.change_message(message.sid, error_code=code)
    return Answer(answer.status, answer.content_type, answer.body, code)


def lose_webhook(exchange: Exchange, message: Message) -> Answer:
    """The product is not called: the text is only in Twilio's list, marked as one nobody could be told of."""
    exchange.records.change_message(message.sid, error_code=UNREACHED)
    return Answer(None, error_code=UNREACHED)


def deliver_answer(exchange: Exchange, message: Message, answer: Answer) -> int | None:
    """Bring the texts of a TwiML answer to the telephone. Out: Twilio's error code when it cannot, else None."""
    try:
        texts = read_messages(answer.content_type, answer.body)
    except BadTwiml as fault:
        return fault.code
    if texts and exchange.records.is_blocked(message.phone):
        return 21610
    for text in texts:
        reply(exchange, message, text)
    return None


def reply(exchange: Exchange, message: Message, text: str) -> None:
    """A text back to the telephone that wrote."""
    now = exchange.now()
    answer = Message(
        sid="SM" + uuid.uuid4().hex,
        phone=message.phone,
        direction="outbound-reply",
        sender=message.recipient,
        recipient=message.phone,
        body=text,
        shown=text,
        status="queued",
        segments=count_segments(text),
        created_at=now,
        updated_at=now,
        service_sid=message.service_sid,
    )
    accept_message(exchange, answer)
