"""The people: one row a telephone number, with the state of the conversation beside it."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select

from model import Channel, Contact, Level, Question, Role, Standing, Talk
from store.engine import Tx
from store.prepared import Prepared
from store.rows import insert_once, update_row
from store.sealing import Seal
from store.tables import contacts

BY_ID = select(contacts).where(contacts.c.id == bindparam("contact_id"))
LOCKED_BY_ID = Prepared(BY_ID.with_for_update(key_share=True))
HELD_BY_ID = Prepared(BY_ID.with_only_columns(contacts.c.id).with_for_update(key_share=True))


def has_mark(keys: int) -> ColumnElement[bool]:
    """Who has a number, of which there is a fingerprint under each of so many keys: see `name_marks`."""
    marks: list[Any] = [bindparam(f"mark_{place}") for place in range(keys)]
    return contacts.c.phone_mark.in_(marks)


def name_marks(seal: Seal, phone: str) -> dict[str, str]:
    """The fingerprints of an E.164 number, as `has_mark` takes them."""
    return {f"mark_{place}": mark for place, mark in enumerate(seal.marks(phone))}


@cache
def prepare_by_mark(keys: int) -> Prepared:
    """Who has a number."""
    return Prepared(select(contacts).where(has_mark(keys)))


def find_contact(tx: Tx, phone: str) -> Any | None:
    """The bare row of the contact with that E.164 number, under any key."""
    marks = name_marks(tx.seal, phone)
    return prepare_by_mark(len(marks)).first(tx, **marks)


def lock_contact(tx: Tx, contact_id: int) -> tuple[Contact, Talk, Any]:
    """The contact, its talk and its bare row, held until this transaction ends. Raises LookupError when unknown."""
    return open_held(tx, contact_id, LOCKED_BY_ID.all(tx, contact_id=contact_id))


def open_held(tx: Tx, contact_id: int, rows: Sequence[Any]) -> tuple[Contact, Talk, Any]:
    """What was read by LOCKED_BY_ID. Raises LookupError when that is nothing."""
    if not rows:
        raise LookupError(f"There is no contact {contact_id}.")
    return open_contact(tx, rows[0]), open_talk(rows[0]), rows[0]


def hold_contact(tx: Tx, contact_id: int) -> None:
    """Keep everybody else from changing this contact until this transaction ends: first the person, then their rows."""
    HELD_BY_ID.run(tx, contact_id=contact_id)


def open_contact(tx: Tx, row: Any) -> Contact:
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


def open_talk(row: Any) -> Talk:
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


def write_talk(talk: Talk) -> dict[str, Any]:
    """The state of one conversation as columns of its contact."""
    return {"question": talk.question, "asked_at": talk.asked_at, "unclear": talk.unclear}


def mark_texted(tx: Tx, contact_id: int, local_day: date) -> None:
    """Remember the person's own calendar day on which the last scheduled text was written."""
    save_contact(tx, contact_id, texted_on=local_day)
