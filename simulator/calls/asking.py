"""Asking the product what to do next: the signed request for TwiML, its fallback, and what is wrong with the answer."""

import json
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from simulator.calls.conversation import ApplicationError, Conversation, Request
from simulator.twiml import BadTwiml, read_response
from simulator.webhooks import Answer, call_signed

# Twilio would go round until its time is up; nobody learns anything from waiting four hours for it.
MOST_IDLE_REQUESTS = 100


@dataclass(frozen=True, slots=True)
class Document:
    """Instructions and where they came from; addresses in them are relative to `url`."""

    url: str
    verbs: list[Element]


def ask(talk: Conversation, request: Request) -> Document:
    """The next instructions. Raises ApplicationError when neither the URL nor the fallback gives any of use."""
    if request.twiml:
        return Document(request.url, read_verbs(Answer(200, "text/xml", request.twiml.encode())))
    talk.live.idle_requests += 1
    if talk.live.idle_requests > MOST_IDLE_REQUESTS:
        talk.add_line(
            "note", f"{MOST_IDLE_REQUESTS} requests in a row without anybody doing anything: a loop."
        )
        raise ApplicationError(11200)
    try:
        return ask_once(talk, request)
    except ApplicationError as fault:
        if not talk.wish.fallback_url:
            raise
        talk.add_fault(fault.code, "the fallback is asked")
        extra = {"ErrorCode": str(fault.code), "ErrorUrl": request.url}
        return ask_once(talk, Request(talk.wish.fallback_url, talk.wish.fallback_method, extra))


def ask_once(talk: Conversation, request: Request) -> Document:
    """One signed request, remembered so that it can be sent again. Raises ApplicationError."""
    form = talk.build_form() | request.extra
    answer = call_signed(request.method, request.url, form, talk.exchange.settings.auth_token)
    kept = {
        "method": request.method,
        "url": request.url,
        "form": form,
        "answer": answer.body.decode("utf-8", "replace"),
    }
    talk.change(webhook=json.dumps(kept))
    if answer.error_code:
        raise ApplicationError(answer.error_code)
    return Document(request.url, read_verbs(answer))


def read_verbs(answer: Answer) -> list[Element]:
    """The verbs of a TwiML answer, in order. Raises ApplicationError 12100 or 12300."""
    try:
        response = read_response(answer.content_type, answer.body)
    except BadTwiml as fault:
        raise ApplicationError(fault.code) from None
    if response.tag != "Response":
        raise ApplicationError(12100)
    return list(response)
