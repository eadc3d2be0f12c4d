"""The people: one row a telephone number, with the state of the conversation beside it."""

from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select, update

from model import Channel, Contact, Level, Question, Role, Standing, Talk
from store.engine import Tx
from store.rows import insert_once, read_one
from store.tables import contacts


def find_contact(tx: Tx, phone: str) -> Contact | None:
    """The contact with that E.164 number, under any key."""
    row = read_one(tx, select(contacts).where(contacts.c.phone_mark.in_(tx.seal.marks(phone))))
    return None if row is None else open_contact(tx, row)


def get_contact(tx: Tx, contact_id: int) -> Contact | None:
    """The contact with our id."""
    row = read_one(tx, select(contacts).where(contacts.c.id == contact_id))
    return None if row is None else open_contact(tx, row)


def lock_contact(tx: Tx, contact_id: int) -> tuple[Contact, Talk, Row[Any]]:
    """The contact, its talk and its bare row, held until this transaction ends. Raises LookupError when unknown."""
    statement: Select[Any] = (
        select(contacts).where(contacts.c.id == contact_id).with_for_update(key_share=True)
    )
    row = read_one(tx, statement)
    if row is None:
        raise LookupError(f"There is no contact {contact_id}.")
    return open_contact(tx, row), open_talk(row), row


def hold_contact(tx: Tx, contact_id: int) -> None:
    """Keep everybody else from changing this contact until this transaction ends: first the person, then their rows."""
    tx.conn.execute(select(contacts.c.id).where(contacts.c.id == contact_id).with_for_update(key_share=True))


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
    tx.conn.execute(update(contacts).where(contacts.c.id == contact_id).values(**changes))


def save_talk(tx: Tx, contact_id: int, talk: Talk) -> None:
    """Write the state of one conversation."""
    save_contact(tx, contact_id, question=talk.question, asked_at=talk.asked_at, unclear=talk.unclear)


def mark_texted(tx: Tx, contact_id: int, local_day: date) -> None:
    """Remember the person's own calendar day on which the last scheduled text was written."""
    save_contact(tx, contact_id, texted_on=local_day)
