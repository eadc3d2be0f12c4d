"""The people: one row a telephone number, with the state of the conversation beside it."""

from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, select

from model import Channel, Contact, Level, Question, Role, Standing, Talk
from store.engine import Tx
from store.rows import insert_once, update_row
from store.tables import contacts

BY_MARK = select(contacts).where(contacts.c.phone_mark.in_(bindparam("marks", expanding=True)))
LOCKED_BY_ID = (
    select(contacts).where(contacts.c.id == bindparam("contact_id")).with_for_update(key_share=True)
)
HELD_BY_ID = (
    select(contacts.c.id).where(contacts.c.id == bindparam("contact_id")).with_for_update(key_share=True)
)


def find_contact(tx: Tx, phone: str) -> Contact | None:
    """The contact with that E.164 number, under any key."""
    row = tx.conn.execute(BY_MARK, {"marks": tx.seal.marks(phone)}).first()
    return None if row is None else open_contact(tx, row)


def lock_contact(tx: Tx, contact_id: int) -> tuple[Contact, Talk, Row[Any]]:
    """The contact, its talk and its bare row, held until this transaction ends. Raises LookupError when unknown."""
    row = tx.conn.execute(LOCKED_BY_ID, {"contact_id": contact_id}).first()
    if row is None:
        raise LookupError(f"There is no contact {contact_id}.")
    return open_contact(tx, row), open_talk(row), row


def hold_contact(tx: Tx, contact_id: int) -> None:
    """Keep everybody else from changing this contact until this transaction ends: first the person, then their rows."""
    tx.conn.execute(HELD_BY_ID, {"contact_id": contact_id})


def open_contact(tx: Tx, row: Row[Any]) -> Contact:
    """A row as the noun."""
    return Contact(
        id=row.id,
        phone=tx.seal.open(row.phone_sealed),
        language=row.language,
        zone=row.zone,
        standing=Standing(row.standing),
        zip=row.zip,
        channel=Channel(row.channel),
        level=Level(row.level),
        role=Role(row.role),
        ends_at=row.ends_at,
    )


def open_talk(row: Row[Any]) -> Talk:
    """The conversation's state in a contact row."""
    question = Question(row.question) if row.question else None
    return Talk(question=question, asked_at=row.asked_at, unclear=row.unclear)


def meet_stranger(tx: Tx, phone: str, language: str, zone: str) -> int:
    """The id of the contact with that number; a number never seen is added as a stranger."""
    known = find_contact(tx, phone)
    if known:
        return known.id
    stranger = {
        "phone_sealed": tx.seal.close(phone),
        "phone_mark": tx.seal.mark(phone),
        "language": language,
        "zone": zone,
        "channel": Channel.SMS,
        "level": Level.DISCREET,
        "role": Role.BYSTANDER,
        "standing": Standing.STRANGER,
        "unclear": 0,
    }
    added = insert_once(tx, contacts, stranger)
    return added if added is not None else meet_stranger(tx, phone, language, zone)


def save_contact(tx: Tx, contact_id: int, **changes: Any) -> None:
    """Write the named columns of one contact."""
    update_row(tx, contacts, contact_id, changes)


def save_talk(tx: Tx, contact_id: int, talk: Talk) -> None:
    """Write the state of one conversation."""
    save_contact(tx, contact_id, question=talk.question, asked_at=talk.asked_at, unclear=talk.unclear)


def mark_texted(tx: Tx, contact_id: int, local_day: date) -> None:
    """Remember the person's own calendar day on which the last scheduled text was written."""
    save_contact(tx, contact_id, texted_on=local_day)
