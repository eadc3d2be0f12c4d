"""One call as its thread sees it: its record, its lines, what it waits for, and what went wrong in it."""

import json
from dataclasses import dataclass, field
from urllib.parse import urljoin

from simulator.calls.live import LiveCall, Touch
from simulator.calls.records import Call
from simulator.calls.wish import Wish
from simulator.exchange import API_VERSION, Exchange
from simulator.numbers import get_place

# How fast a voice speaks; the lines appear at once, so that much longer the telephone may think about them.
CHARACTERS_A_SECOND = 15
FAULTS = {
    11100: "an address is none",
    11200: "the product did not answer as it should",
    11205: "the product could not be reached",
    11750: "the product's answer is longer than 64 kB",
    12100: "the product's answer is no TwiML",
    12200: "Twilio does not know this part of the TwiML",
    12300: "the content is of a wrong type",
    13224: "this number cannot be dialled",
    13511: "this voice does not speak this language",
    13512: "speech in this language is not understood",
    13520: "there are no words to speak",
    13521: "the words are too many to be spoken",
}
APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye."


class ApplicationError(Exception):
    """The call cannot go on, for the product's answer is of no use; `code` is Twilio's."""

    def __init__(self, code: int):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Request:
    """Where the next instructions come from: a URL and what it is told besides the call, or TwiML given at once."""

    url: str
    method: str = "POST"
    extra: dict[str, str] = field(default_factory=dict)
    twiml: str = ""


@dataclass
class Conversation:
    """A call that is conducted. `unspoken` are the real seconds that the words said so far would have taken."""

    exchange: Exchange
    call: Call
    wish: Wish
    live: LiveCall
    machine: bool = False
    unspoken: float = 0.0
    reports: int = 0
    lines: list[dict[str, object]] = field(default_factory=list)

    def change(self, **values: object) -> None:
        """Write to the call's record; `call` is read anew."""
        self.exchange.calls.change_call(self.call.sid, **values, updated_at=self.exchange.now())
        self.call = self.exchange.calls.get_call(self.call.sid) or self.call

    def add_line(self, kind: str, text: str, **more: object) -> None:
        """One more line of what was spoken, played, pressed, said, or went wrong."""
        self.lines.append({"kind": kind, "text": text, **more})
        self.change(lines=json.dumps(self.lines))

    def add_fault(self, code: int, about: str = "") -> None:
        """Something Twilio would record against the product, in its transcript and, the first, in its record."""
        self.add_line("fault", f"{FAULTS[code]}{f': {about}' if about else ''}", code=code)
        if self.call.error_code is None:
            self.change(error_code=code)

    def speak(self, kind: str, text: str, seconds: float, **more: object) -> None:
        """A line that takes so many real seconds to hear."""
        self.unspoken += seconds
        self.add_line(kind, text, **more)

    def wait(self, kinds: tuple[str, ...], seconds: float, expects: dict[str, object]) -> Touch | None:
        """What the telephone does next, of these kinds; None after so many silent seconds, and at once on a machine."""
        self.change(expects=json.dumps(expects))
        try:
            if self.machine:
                self.live.check()
                return None
            return self.live.take(kinds, seconds)
        finally:
            self.unspoken = 0.0
            self.change(expects=None)

    def build_form(self, status: str = "") -> dict[str, str]:
        """What every request about this call tells the product (domain-facts E7)."""
        call = self.call
        form = {
            "CallSid": call.sid,
            "AccountSid": self.exchange.settings.account_sid,
            "ApiVersion": API_VERSION,
        }
        form |= {"From": call.caller, "Caller": call.caller, "To": call.callee, "Called": call.callee}
        form |= {"Direction": call.direction, "CallStatus": status or call.status}
        for side, number in (("From", call.caller), ("To", call.callee)):
            form |= {f"{side}{name}": value for name, value in get_place(number).items()}
        if call.answered_by:
            form["AnsweredBy"] = call.answered_by
        return form


def resolve(base: str, address: str) -> str:
    """An address as it stands in a document that came from `base`. Raises ApplicationError 11100 when it is none."""
    url = urljoin(base, address.strip())
    if not url.startswith(("http://", "https://")):
        raise ApplicationError(11100)
    return url
