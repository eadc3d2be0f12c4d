"""Words that wait to leave, and what became of them; how they are taken to be sent is in `claims`."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, case, exists, func, insert, literal, or_, select, update

from model import Channel, Urgency
from store.columns import is_state
from store.engine import Tx
from store.prepared import Prepared
from store.rows import add_row, insert_row
from store.tables import UNFINISHED, attempts, contacts, due, outbox

COPIED = ("contact_id", "due_id", "key", "language", "body_sealed", "urgency", "useful_until", "channel")

OF_PERSON = update(outbox).where(outbox.c.contact_id == bindparam("contact"))
CANCELLED = {"state": case((is_state(outbox, "ready"), "cancelled"), else_=outbox.c.state), "recalled": True}
CANCEL = Prepared(
    OF_PERSON.where(outbox.c.urgency >= bindparam("least"), is_state(outbox, *UNFINISHED)).values(**CANCELLED)
)
UNTIL = select(contacts.c.hush_until).where(contacts.c.id == bindparam("contact")).scalar_subquery()
DELAY = Prepared(
    OF_PERSON.where(outbox.c.urgency == int(Urgency.SCHEDULED), is_state(outbox, "ready"))
    .where(outbox.c.ready_at < UNTIL)
    .values(ready_at=UNTIL)
)


def add_text(tx: Tx, values: dict[str, Any], body: str) -> int:
    """Put one text into the outbox; `values` are the plain columns. Delivery is woken by the commit."""
    tx.ring()
    return insert_row(tx, outbox, write_row(tx, values, body))


def add_texts(tx: Tx, texts: Sequence[tuple[dict[str, Any], str]]) -> None:
    """Put texts into the outbox in that order, each as its plain columns with its words."""
    if texts:
        tx.ring()
    for values, body in texts:
        add_row(tx, outbox, write_row(tx, values, body))


def write_row(tx: Tx, values: dict[str, Any], body: str) -> dict[str, Any]:
    """A new text's row."""
    return {**values, "body_sealed": tx.seal.close(body), "state": "ready", "tries": 0}


def add_again(tx: Tx, outbox_id: int, ready_at: datetime, quiet_at: datetime | None, now: datetime) -> None:
    """Put a text that was lost on its way into the outbox once more, as a row of its own with its own receipts."""
    tx.ring()
    fresh = {"state": "ready", "ready_at": ready_at, "quiet_at": quiet_at, "made_at": now, "tries": 0}
    columns = [outbox.c[name] for name in COPIED] + [outbox.c.resent + 1, literal(False)]
    values = [literal(value, outbox.c[name].type) for name, value in fresh.items()]
    copy = select(*columns, *values).where(outbox.c.id == outbox_id)
    tx.conn.execute(insert(outbox).from_select([*COPIED, "resent", "recalled", *fresh], copy))


def is_ready(now: datetime) -> ColumnElement[bool]:
    """A text whose time has come; the urgencies are named so that the index of waiting texts can be walked."""
    every = outbox.c.urgency.in_([0, 1, 2])
    return is_state(outbox, "ready") & every & (outbox.c.ready_at <= now)


def mark_attempt(tx: Tx, attempt_id: int, outcome: str, sid: str | None, code: int | None) -> None:
    """What the carrier answered to one try."""
    values = {"outcome": outcome, "sid": sid, "code": code}
    tx.conn.execute(update(attempts).where(attempts.c.id == attempt_id).values(**values))


def mark_text(
    tx: Tx, outbox_id: int, *, only_if: Sequence[str], tries: int | None = None, **changes: Any
) -> bool:
    """Write columns of one text if its state is one of `only_if`; tells whether it was.

    With `tries` only if it is still in that try: what is learned late of an earlier one says nothing of this one.
    """
    row = update(outbox).where(outbox.c.id == outbox_id, outbox.c.state.in_(only_if))
    if tries is not None:
        row = row.where(outbox.c.tries == tries)
    return tx.conn.execute(row.values(**changes)).rowcount == 1


def mark_ready_again(
    tx: Tx, outbox_id: int, *, only_if: str, tries: int, ready_at: datetime, code: int | None = None
) -> bool:
    """A text the carrier did not take in that try may leave again from then on; one recalled meanwhile never will."""
    tx.ring()
    row = update(outbox).where(outbox.c.id == outbox_id, outbox.c.state == only_if, outbox.c.tries == tries)
    state = case((outbox.c.recalled, "cancelled"), else_="ready")
    return tx.conn.execute(row.values(state=state, ready_at=ready_at, code=code)).rowcount == 1


def note_sid(tx: Tx, outbox_id: int, sid: str) -> None:
    """A receipt told the carrier's id of a text before the carrier's own answer did, or instead of it."""
    newest = select(func.max(attempts.c.id)).where(attempts.c.outbox_id == outbox_id).scalar_subquery()
    rows = update(attempts).where(attempts.c.id == newest, attempts.c.sid.is_(None))
    tx.conn.execute(rows.values(sid=sid))


def find_recipient(tx: Tx, outbox_id: int) -> int | None:
    """Whom a text is for, or None when it is not ours."""
    return tx.conn.execute(select(outbox.c.contact_id).where(outbox.c.id == outbox_id)).scalar_one_or_none()


def get_key(tx: Tx, outbox_id: int) -> str:
    """Which text a row is."""
    return tx.conn.execute(select(outbox.c.key).where(outbox.c.id == outbox_id)).scalar_one()


def lock_text(tx: Tx, outbox_id: int) -> Row[Any]:
    """One text's row, held until this transaction ends."""
    return tx.conn.execute(select(outbox).where(outbox.c.id == outbox_id).with_for_update()).one()


def cancel_texts(tx: Tx, contact_id: int, least_urgency: int) -> None:
    """What waits for this person, that urgent or less, will not leave; what is on its way is not tried again."""
    CANCEL.run(tx, contact=contact_id, least=least_urgency)


def cancel_steps(tx: Tx, contact_id: int, steps: tuple[str, ...]) -> None:
    """What says one of these steps does not leave and is not tried again."""
    prepare_cancel(steps).run(tx, contact=contact_id)


@cache
def prepare_cancel(steps: tuple[str, ...]) -> Prepared:
    """What says one of these steps to a person is recalled."""
    one = or_(*(due.c.step == step for step in steps))
    said = select(due.c.id).where(due.c.contact_id == bindparam("contact"), one)
    return Prepared(OF_PERSON.where(outbox.c.due_id.in_(said)).values(**CANCELLED))


def delay_scheduled(tx: Tx, contact_id: int) -> None:
    """What the programme has to say waits until it is no more to be feared that it meets an emergency."""
    DELAY.run(tx, contact=contact_id)


def is_said_in_part(tx: Tx, due_id: int) -> bool:
    """Whether the carrier has, or may have, one of the texts that a step became."""
    taken = is_state(outbox, "sending", "unsure", "sent", "delivered")
    return tx.conn.execute(select(exists().where(outbox.c.due_id == due_id, taken))).scalar_one()


def cancel_rest(tx: Tx, due_id: int) -> None:
    """What waits of a step does not leave."""
    waiting = update(outbox).where(outbox.c.due_id == due_id, is_state(outbox, "ready"))
    tx.conn.execute(waiting.values(state="cancelled"))


def has_call(tx: Tx, due_id: int) -> bool:
    """Whether a step became a call, which may be over."""
    calls = (outbox.c.due_id == due_id) & (outbox.c.channel == Channel.VOICE) & ~is_state(outbox, "cancelled")
    return tx.conn.execute(select(exists().where(calls))).scalar_one()


def list_caught_by_night(tx: Tx, now: datetime, limit: int) -> Sequence[Any]:
    """Texts whose person's quiet hours began while they waited, with that person's zone."""
    rows = select(outbox.c.id, outbox.c.contact_id, outbox.c.due_id, outbox.c.urgency, contacts.c.zone)
    rows = rows.join(contacts, contacts.c.id == outbox.c.contact_id)
    return tx.conn.execute(rows.where(is_ready(now), outbox.c.quiet_at <= now).limit(limit)).all()


def list_useless(tx: Tx, now: datetime, limit: int) -> Sequence[Any]:
    """Texts that waited until they were of no more use: their ids, contacts, dues and urgencies."""
    rows = select(outbox.c.id, outbox.c.contact_id, outbox.c.due_id, outbox.c.urgency)
    return tx.conn.execute(rows.where(is_ready(now), outbox.c.useful_until <= now).limit(limit)).all()


def list_unreported(tx: Tx, now: datetime, limit: int) -> Sequence[Any]:
    """Texts the carrier took and of whose end nothing was heard by the time it should be asked."""
    rows = select(outbox.c.id, outbox.c.sid, outbox.c.made_at)
    waiting = rows.where(is_state(outbox, "sent"), outbox.c.ask_at <= now, outbox.c.sid.is_not(None))
    return tx.conn.execute(waiting.order_by(outbox.c.ask_at).limit(limit)).all()


def get_sids_of_others(tx: Tx, outbox_id: int, sids: Sequence[str]) -> set[str]:
    """Those of the carrier's ids that are known to belong to other texts to the same person."""
    one = select(outbox.c.contact_id).where(outbox.c.id == outbox_id).scalar_subquery()
    others = select(attempts.c.sid).join(outbox, outbox.c.id == attempts.c.outbox_id)
    others = others.where(outbox.c.contact_id == one, outbox.c.id != outbox_id, attempts.c.sid.in_(sids))
    return set(tx.conn.execute(others).scalars())


def list_asked(tx: Tx, enrolment_id: int, steps: Sequence[str]) -> Sequence[datetime]:
    """When those of the steps were first said by text that did not get lost, one moment a step."""
    arrived = ~is_state(outbox, "failed", "cancelled") & (outbox.c.channel == Channel.SMS)
    rows = select(func.min(outbox.c.made_at)).join(due, due.c.id == outbox.c.due_id).where(arrived)
    mine = rows.where(due.c.enrolment_id == enrolment_id, due.c.step.in_(steps))
    return tx.conn.execute(mine.group_by(due.c.id)).scalars().all()


def list_enrolment_texts(tx: Tx, enrolment_id: int) -> Sequence[Any]:
    """The texts that one enrolment's steps became: due, key, state and time, no words."""
    columns = select(
        outbox.c.due_id, outbox.c.key, outbox.c.state, outbox.c.status, outbox.c.made_at, outbox.c.status_at
    )
    rows = columns.join(due, due.c.id == outbox.c.due_id).where(due.c.enrolment_id == enrolment_id)
    return tx.conn.execute(rows.order_by(outbox.c.id)).all()


def count_waiting(tx: Tx, now: datetime) -> int:
    """How many texts could leave now."""
    return tx.conn.execute(select(func.count()).select_from(outbox).where(is_ready(now))).scalar_one()
