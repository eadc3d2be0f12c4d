"""Sending through Twilio's own client, and asking it what it took."""

import logging
from collections.abc import Sequence
from datetime import datetime

from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as RequestsConnectionError
from requests.exceptions import ConnectTimeout, RequestException
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from carrier.errors import ADVICE, get_advice
from carrier.port import CarrierDown
from model import Advice, Found, Outcome, Outgoing, Sent

LOG = logging.getLogger(__name__)
TIMEOUT_SECONDS = 10
NEWEST = 200  # texts to one number: far more than it gets between a send and the question about it
VALIDITY_SECONDS = (
    14400  # a text stuck at the carrier dies after four hours instead of arriving at night (E2)
)


class TwilioCarrier:
    """The carrier port on Twilio's REST API."""

    def __init__(self, account_sid: str, token: str, base_url: str, sender: dict[str, str], connections: int):
        """`sender` is {"from_": number} or {"messaging_service_sid": sid}; `connections` are kept open at most."""
        http = TwilioHttpClient(timeout=TIMEOUT_SECONDS)
        # The client's own pool keeps no more connections than cores + 4 and reopens the others each time.
        http.session.mount(base_url, HTTPAdapter(pool_connections=4, pool_maxsize=connections))
        self._client = Client(account_sid, token, http_client=http)
        self._client.api.base_url = base_url
        self._sender = sender

    def send(self, outgoing: Outgoing) -> Sent:
        """Hand over one text; every failure is told apart by whether Twilio may have taken it."""
        try:
            message = self._client.messages.create(
                to=outgoing.to,
                body=outgoing.body,
                status_callback=outgoing.callback_url,
                validity_period=VALIDITY_SECONDS,
                **self._sender,
            )
        except TwilioException as problem:
            return read_refusal(problem)
        except RequestException as problem:
            return Sent(Outcome.LATER if never_left(problem) else Outcome.UNSURE)
        except Exception as problem:
            # An answer the client cannot read: Twilio may have taken the text all the same.
            LOG.error("outbox %s: an answer that cannot be read: %s", outgoing.id, type(problem).__name__)
            return Sent(Outcome.UNSURE)
        return (
            Sent(Outcome.ACCEPTED, sid=message.sid, status=str(message.status))
            if message.sid
            else Sent(Outcome.UNSURE)
        )

    def list_texts(self, to: str, since: datetime) -> Sequence[Found]:
        """What Twilio took for that number since then. Raises CarrierDown when it cannot be asked."""
        try:
            # Newest first. Not filtered by DateSent there: a text that still waits at the carrier has none yet.
            messages = self._client.messages.list(to=to, page_size=NEWEST, limit=NEWEST)
        except Exception as problem:
            raise CarrierDown(type(problem).__name__) from None
        return [
            Found(sid=message.sid, body=message.body or "", status=str(message.status))
            for message in messages
            if message.sid and (message.date_created is None or message.date_created >= since)
        ]


def read_refusal(problem: TwilioException) -> Sent:
    """An answer with an error: not taken, except that after a 5xx, or without a status, nobody knows.

    An error of the whole account is nobody's fault who waits: the text is tried again when operations have acted.
    """
    status = getattr(problem, "status", None)
    code = getattr(problem, "code", None) or status
    if not isinstance(status, int) or status >= 500:
        return Sent(Outcome.UNSURE, code=code if isinstance(code, int) else None)
    advice = get_advice(code)
    account = advice is Advice.ALERT and code in ADVICE
    later = account or status in (401, 403, 429) or advice is Advice.RETRY
    return Sent(Outcome.LATER if later else Outcome.REFUSED, code=code, advice=advice)


def never_left(problem: Exception) -> bool:
    """Whether no connection was made, so that Twilio cannot have taken the text."""
    if isinstance(problem, ConnectTimeout):
        return True
    reason = getattr(problem.args[0], "reason", None) if problem.args else None
    return isinstance(problem, RequestsConnectionError) and isinstance(reason, NewConnectionError)
