"""The one door out: claim, then hand over, and no transaction is open while the carrier is called."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from carrier.port import MayLeave
from model import Channel, Outgoing
from service.record_answers import Answer
from service.works import Works
from store.claims import Claimed, claim_ready, list_ready, open_claimed
from store.engine import Memory
from store.outbox import mark_text
from store.sealing import SealError

LOG = logging.getLogger(__name__)
# A worker that stood still so long may have been taken for dead: what it claimed is asked about before it is sent.
HELD_TOO_LONG = timedelta(seconds=5)


def deliver(
    works: Works, now: datetime, wall: datetime, *, limit: int, answered: Callable[[Answer], None]
) -> int:
    """Take up to `limit` texts that may leave now and hand them to the carrier; how many were handed over.

    Every attempt is committed before the carrier is called. `answered` is told what came of each, on another thread;
    record_answers writes it. `now` is programme time, `wall` machine time.
    """
    with works.memory.reading() as tx:
        ready = list_ready(tx, now)
    if not ready:
        return 0
    with works.memory.transaction() as tx:
        rows = claim_ready(tx, works.worker, now, wall, limit, ready)
    texts = open_all(works.memory, rows)
    hand_over(works, texts, answered, lambda: works.wall() - wall <= HELD_TOO_LONG)
    return len(texts)


def hand_over(
    works: Works, texts: Sequence[Claimed], answered: Callable[[Answer], None], may_leave: MayLeave
) -> None:
    """Give the texts to the carrier; our id rides in the address of the receipts."""
    by_id = {text.id: text for text in texts}
    outgoing = [write_outgoing(works, text) for text in texts]
    works.carrier.send(outgoing, lambda sent_out, sent: answered((by_id[sent_out.id], sent)), may_leave)


def write_outgoing(works: Works, text: Claimed) -> Outgoing:
    """One text, or one call with the address at which its words are asked for when somebody answers."""
    answer_url = f"{works.answer_base}?call={text.id}" if text.channel is Channel.VOICE else ""
    night_in = (text.quiet_at - works.now()).total_seconds() if text.quiet_at else None
    return Outgoing(text.id, text.phone, text.body, f"{works.callback_base}/{text.id}", answer_url, night_in)


def open_all(memory: Memory, rows: Sequence[Any]) -> list[Claimed]:
    """The rows unsealed; one that no key opens fails by itself, so that it never holds up the others."""
    texts = []
    for row in rows:
        try:
            texts.append(open_claimed(memory.seal, row))
        except SealError as problem:
            LOG.error("outbox %s: %s", row.id, problem)
            with memory.transaction() as tx:
                mark_text(tx, row.id, only_if=("sending", "unsure"), state="failed", because="unreadable")
    return texts
