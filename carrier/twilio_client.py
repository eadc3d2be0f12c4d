"""Sending through Twilio's own client, many texts at once, and asking it what it took and what people wrote."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from carrier.errors import ADVICE, CALL_AGAIN, get_advice, get_again_after
from carrier.line import MAY_LEAVE, Line
from carrier.port import Answered, CarrierDown, MayLeave, always
from carrier.webhooks import read_reply
from model import Advice, Found, Inbound, Outcome, Outgoing, Sent

LOG = logging.getLogger(__name__)
A_CALL = "CA"  # how Twilio's id of a call begins
NEWEST = 200  # texts to one number: far more than it gets between a send and the question about it
MOST_LISTED, PAGE = 20_000, 1000  # texts in one look at everything
SPARE_CONNECTIONS = 16  # questions must not wait until texts have been sent
# A text stuck at the carrier dies there after four hours, or when the person's night begins (domain-facts E2).
LONGEST_VALIDITY, SHORTEST_VALIDITY = 14400, 6
RING_SECONDS, LONGEST_CALL_SECONDS = (
    25,
    900,
)  # a voicemail answers after about thirty; nobody listens for longer
QUESTION_SECONDS = 5  # a stop waits for the questions that are open
# Refusals that need no code of Twilio's; any other without one was said by something on the way.
CODELESS = (401, 403, 429)
NEVER_LEFT = (ClientConnectorError, ConnectionTimeoutError)  # no connection was made


class TwilioCarrier:
    """The carrier port on Twilio's REST API."""

    def __init__(
        self,
        account_sid: str,
        token: str,
        base_url: str,
        sender: dict[str, str],
        connections: int,
        caller: str = "",
    ):
        """`sender` is {"from_": number} or {"messaging_service_sid": sid}; `connections` texts travel at once.

        `caller` is the number that calls are placed from; without one none is.
        """
        self._line = Line(connections + SPARE_CONNECTIONS)
        client = Client(account_sid, token, http_client=self._line)  # type: ignore[arg-type]
        client.api.base_url = base_url
        self._messages = client.api.v2010.accounts(account_sid).messages
        self._message = client.api.v2010.accounts(account_sid).messages.get
        self._calls = client.api.v2010.accounts(account_sid).calls
        self._call = client.api.v2010.accounts(account_sid).calls.get
        self._sender, self._caller = sender, caller
        # With one number of our own the list of what people wrote leaves out all that we sent.
        self._to_us = {"to": sender["from_"]} if "from_" in sender else {}

    def send(self, texts: Sequence[Outgoing], answered: Answered, may_leave: MayLeave = always) -> None:
        """Hand over texts; every failure is told apart by whether Twilio may have taken the text."""
        self._line.start([self._send_one(text, answered, may_leave) for text in texts])

    async def _send_one(self, text: Outgoing, answered: Answered, may_leave: MayLeave) -> None:
        """Send one and tell what came of it."""
        MAY_LEAVE.set(may_leave)  # for this text's own task alone
        answered(text, await self._create(text))

    async def _create(self, text: Outgoing) -> Sent:
        """Twilio's answer to one text."""
        if text.answer_url and not self._caller:
            return Sent(Outcome.REFUSED, advice=Advice.ALERT)
        try:
            message = await (self._place(text) if text.answer_url else self._post(text))
        except TwilioException as problem:
            return read_refusal(problem)
        except NEVER_LEFT:
            return Sent(Outcome.LATER)
        except (ClientError, TimeoutError, OSError):
            return Sent(Outcome.UNSURE)
        except Exception as problem:
            # An answer the client cannot read: Twilio may have taken the text all the same.
            LOG.error("outbox %s: an answer that cannot be read: %s", text.id, type(problem).__name__)
            return Sent(Outcome.UNSURE)
        if not message.sid:
            return Sent(Outcome.UNSURE)
        return Sent(Outcome.ACCEPTED, sid=message.sid, status=str(message.status))

    def _post(self, text: Outgoing) -> Any:
        """Ask Twilio to send a text."""
        return self._messages.create_async(
            to=text.to,
            body=text.body,
            status_callback=text.callback_url,
            validity_period=find_validity(text.night_in),
            **self._sender,
        )

    def _place(self, call: Outgoing) -> Any:
        """Ask Twilio to place a call; a machine's greeting is waited out, so that what we say to it is kept."""
        return self._calls.create_async(
            to=call.to,
            from_=self._caller,
            url=call.answer_url,
            status_callback=call.callback_url,
            # A person is reported at once, as with `Enable`: 1.2 seconds behind their hello, and who says nothing after
            # five as `unknown`, whom we ask like a person. Only a machine's greeting is waited out, so that our line is
            # on its tape (twilio.com/docs/voice/answering-machine-detection; times: Twilio's OpenAPI, Calls).
            machine_detection="DetectMessageEnd",
            timeout=RING_SECONDS,
            time_limit=LONGEST_CALL_SECONDS,
        )

    def list_texts(self, to: str, since: datetime) -> Sequence[Found]:
        """What Twilio took for that number since then. Raises CarrierDown when it cannot be asked."""
        # Newest first. Not filtered by DateSent there: a text that still waits at the carrier has none yet.
        messages = self._ask(self._messages.list_async(to=to, page_size=NEWEST, limit=NEWEST))
        recent = (message for message in messages if message.sid and is_since(message.date_created, since))
        return [read_found(message) for message in recent]

    def list_calls(self, to: str, since: datetime) -> Sequence[Found]:
        """What Twilio dialled for us at that number since then. Raises CarrierDown when it cannot be asked."""
        placed = self._ask(self._calls.list_async(to=to, page_size=NEWEST, limit=NEWEST))
        recent = (call for call in placed if call.sid and is_since(call.date_created, since))
        return [read_placed(call) for call in recent]

    def get_text(self, sid: str) -> Found | None:
        """One text or call by Twilio's id, or None when it knows none. Raises CarrierDown."""
        try:
            if sid.startswith(A_CALL):
                return read_placed(self._ask(self._call(sid).fetch_async()))
            return read_found(self._ask(self._message(sid).fetch_async()))
        except NotThere:
            return None

    def list_inbound(self, since: datetime) -> Sequence[Inbound]:
        """What people wrote to us since then, oldest first. Raises CarrierDown."""
        # DateSent is a day there, and of an inbound text the moment it came.
        day = since - timedelta(days=1)
        messages = self._ask(
            self._messages.list_async(date_sent_after=day, page_size=PAGE, limit=MOST_LISTED, **self._to_us)
        )
        came = [message for message in messages if message.direction == "inbound"]
        recent = [message for message in came if message.sid and is_since(message.date_created, since)]
        return [read_listed(message) for message in reversed(recent)]

    def _ask(self, question: Any) -> Any:
        """What a question brings. Raises NotThere on a 404, CarrierDown on anything else that went wrong."""
        try:
            return self._line.wait_for(asyncio.wait_for(question, QUESTION_SECONDS))
        except Exception as problem:
            if getattr(problem, "status", None) == 404:
                raise NotThere from None
            raise CarrierDown(type(problem).__name__) from None

    def close(self) -> None:
        """Let go of the connections."""
        self._line.close()


class NotThere(CarrierDown):
    """Twilio knows nothing of that name."""


def find_validity(night_in: float | None) -> int:
    """For how many seconds the carrier may keep a text that it cannot send."""
    if night_in is None:
        return LONGEST_VALIDITY
    return max(SHORTEST_VALIDITY, min(LONGEST_VALIDITY, int(night_in)))


def is_since(moment: datetime | None, since: datetime) -> bool:
    """Whether Twilio's date of a message is not before a moment; one without a date may be."""
    return moment is None or moment >= since


def read_found(message: Any) -> Found:
    """One of our texts in Twilio's words."""
    code = int(message.error_code) if message.error_code else None
    body, status = message.body or "", str(message.status)
    return Found(message.sid, body, status, code, get_advice(code), get_again_after(code))


def read_placed(call: Any) -> Found:
    """One of our calls in Twilio's words; it has none of ours."""
    return Found(call.sid, "", str(call.status), None, Advice.VOICE, CALL_AGAIN)


def read_listed(message: Any) -> Inbound:
    """One text that a person wrote, as Twilio lists it; whether Twilio answered it shows in its words alone."""
    body = message.body or ""
    return Inbound(
        sid=message.sid,
        phone=str(message.from_),
        body=body,
        has_media=str(message.num_media or "0") != "0",
        carrier_replied=read_reply("", body),
        at=message.date_created,
    )


def read_refusal(problem: TwilioException) -> Sent:
    """An answer with an error: not taken, except that after a 5xx, or without a code or status, nobody knows.

    An error of the whole account is nobody's fault who waits: the text is tried again when operations have acted.
    """
    status = getattr(problem, "status", None)
    code = getattr(problem, "code", None) or status
    # Without a code in the answer, Twilio's client gives its status.
    told = code != status or status in CODELESS
    if not isinstance(status, int) or status >= 500 or not told:
        return Sent(Outcome.UNSURE, code=code if isinstance(code, int) else None)
    advice = Advice.HALT if status in (401, 403) else get_advice(code)
    account = advice is Advice.HALT or (advice is Advice.ALERT and code in ADVICE)
    later = account or status == 429 or advice is Advice.RETRY
    return Sent(Outcome.LATER if later else Outcome.REFUSED, code=code, advice=advice)
