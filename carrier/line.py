"""The line to Twilio: one thread with an event loop and kept connections, under Twilio's own asynchronous client."""

import asyncio
import logging
import threading
from collections.abc import Coroutine, Sequence
from contextvars import ContextVar
from typing import Any, TypeVar

from aiohttp import ClientRequest, ClientSession, ClientTimeout, TCPConnector, encode_basic_auth
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

from carrier.port import MayLeave, always

TIMEOUT = ClientTimeout(total=10, sock_connect=5)
Answer = TypeVar("Answer")
IDLE_SECONDS = 15  # a connection unused for longer is opened anew: the far end may just be closing it

MAY_LEAVE: ContextVar[MayLeave] = ContextVar("may_leave", default=always)


class LastLook(ClientRequest):
    """Asks whether it may leave once the connection stands, in the very step that writes the whole request to it."""

    async def write_bytes(self, writer: Any, conn: Any, content_length: int | None = None) -> None:
        """Write it all, or hang up before the first byte: then nothing has left and no answer comes."""
        if MAY_LEAVE.get()():
            await super().write_bytes(writer, conn, content_length)
        else:
            conn.close()


class Line(AsyncHttpClient):
    """Carries requests for Twilio's client, many at once on one thread; the client's own stops at 100 connections."""

    def __init__(self, connections: int):
        """`connections` are open at most."""
        super().__init__(logging.getLogger(__name__), is_async=True)
        self.connections = connections
        self.session: ClientSession | None = None
        self.acts: set[asyncio.Task[None]] = set()  # the loop itself keeps no hold of them
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="carrier", daemon=True)
        self.thread.start()

    async def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """One request, as Twilio's client words it; what went wrong on the way is aiohttp's to raise."""
        if self.session is None:
            connector = TCPConnector(limit=self.connections, keepalive_timeout=IDLE_SECONDS)
            self.session = ClientSession(connector=connector, timeout=TIMEOUT, request_class=LastLook)
        sealed = {"Authorization": encode_basic_auth(*auth)} if auth else {}
        async with self.session.request(
            method,
            url,
            params=params,  # type: ignore[arg-type]
            data=data,
            headers={**(headers or {}), **sealed},
            allow_redirects=allow_redirects,
        ) as answer:
            return Response(answer.status, await answer.text(), answer.headers)

    def start(self, acts: Sequence[Coroutine[Any, Any, None]]) -> None:
        """Run these on the line without waiting for them."""
        self.loop.call_soon_threadsafe(self.begin, acts)

    def begin(self, acts: Sequence[Coroutine[Any, Any, None]]) -> None:
        """On the line's own thread: begin each."""
        for act in acts:
            task = self.loop.create_task(act)
            self.acts.add(task)
            task.add_done_callback(self.acts.discard)

    def wait_for(self, act: Coroutine[Any, Any, Answer]) -> Answer:
        """Run this on the line and wait for what it brings, or raises."""
        return asyncio.run_coroutine_threadsafe(act, self.loop).result()

    def close(self) -> None:
        """Hang up."""
        if self.session is not None:
            self.wait_for(self.session.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
