"""Conducting a call through the product's TwiML: verb after verb, document after document, until one of both ends."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from simulator.calls.asking import Document, ask
from simulator.calls.conversation import APPLICATION_ERROR, ApplicationError, Conversation, Request, resolve
from simulator.calls.dialling import dial
from simulator.calls.gathering import gather
from simulator.calls.live import CallOver, Redirected
from simulator.calls.speaking import pause, play, say
from simulator.calls.wish import read_wish


def converse(talk: Conversation, request: Request | None, answered: Callable[[], None]) -> None:
    """Follow the instructions to their end. Raises CallOver when somebody hangs up first.

    `answered` is called when the first instructions are there: an incoming call is only answered by them.
    """
    while request is not None:
        try:
            document = ask(talk, request)
            refuse_or(talk, document, answered)
            request = perform(talk, document)
        except Redirected as other:
            wish = read_wish(other.wish)
            request = Request(wish.url, wish.method, twiml="" if wish.url else wish.twiml)
        except ApplicationError as fault:
            answered()
            talk.add_fault(fault.code)
            talk.add_line("say", APPLICATION_ERROR, voice="default", language="en-US", dir="ltr")
            return


def refuse_or(talk: Conversation, document: Document, answered: Callable[[], None]) -> None:
    """An incoming call whose instructions begin with Reject is never answered. Raises CallOver then."""
    first = document.verbs[0] if document.verbs else None
    if talk.call.status == "ringing" and first is not None and first.tag == "Reject":
        raise CallOver("busy" if first.get("reason") == "busy" else "no-answer")
    answered()


def perform(talk: Conversation, document: Document) -> Request | None:
    """One document's verbs in order. Out: where a verb leads; None when they ran out."""
    for verb in document.verbs:
        talk.live.check()
        act = VERBS.get(verb.tag)
        if act is None:
            talk.add_fault(12200, verb.tag)
            continue
        following = act(talk, verb, document.url)
        if following is not None:
            return following
    return None


def redirect(talk: Conversation, verb: Element, base: str) -> Request:
    """`<Redirect method>`: other instructions; an empty one asks for the same again."""
    return Request(resolve(base, verb.text or ""), verb.get("method", "POST").upper())


def hang_up(talk: Conversation, verb: Element, base: str) -> None:
    """`<Hangup>`, and a `<Reject>` that comes too late."""
    raise CallOver("completed")


VERBS: dict[str, Callable[[Conversation, Element, str], Request | None]] = {
    "Say": say,
    "Play": play,
    "Pause": pause,
    "Gather": gather,
    "Dial": dial,
    "Redirect": redirect,
    "Hangup": hang_up,
    "Reject": hang_up,
}
