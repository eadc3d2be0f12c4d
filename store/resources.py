"""The places and numbers that help, as programme staff keep them."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from model import Resource
from store.engine import Tx
from store.prepared import Prepared
from store.tables import resources

PUBLISHED = Prepared(select(resources).where(resources.c.hidden_at.is_(None)).order_by(resources.c.id))


def list_resources(tx: Tx) -> list[Resource]:
    """Every published entry, in the staff's order of entry."""
    return [open_resource(row) for row in PUBLISHED.all(tx)]


def get_resource(tx: Tx, resource_id: int) -> Resource | None:
    """One published entry."""
    row = tx.conn.execute(
        select(resources).where(resources.c.id == resource_id, resources.c.hidden_at.is_(None))
    ).first()
    return None if row is None else open_resource(row)


def open_resource(row: Any) -> Resource:
    """A row as the noun."""
    return Resource(
        id=row.id,
        name=row.name,
        kind=row.kind,
        phone=row.phone,
        zip_area=row.zip_area,
        hours=row.hours,
        languages=tuple(row.languages.split()),
        verified_on=row.verified_on,
        is_demo=row.is_demo,
    )


def write_columns(entry: Resource, who: str, now: datetime) -> dict[str, Any]:
    """The noun as columns."""
    return {
        "name": entry.name,
        "kind": entry.kind,
        "phone": entry.phone,
        "zip_area": entry.zip_area,
        "hours": entry.hours,
        "languages": " ".join(entry.languages),
        "verified_on": entry.verified_on,
        "is_demo": entry.is_demo,
        "edited_at": now,
        "edited_by": who,
    }


def add_resource(tx: Tx, entry: Resource, who: str, now: datetime) -> int:
    """Publish a new entry; its id."""
    row = insert(resources).values(**write_columns(entry, who, now))
    return tx.conn.execute(row.returning(resources.c.id)).scalar_one()


def save_resource(tx: Tx, entry: Resource, who: str, now: datetime) -> bool:
    """Replace an entry; False when it is not there."""
    row = update(resources).where(resources.c.id == entry.id, resources.c.hidden_at.is_(None))
    return tx.conn.execute(row.values(**write_columns(entry, who, now))).rowcount == 1


def drop_resource(tx: Tx, resource_id: int, who: str, now: datetime) -> bool:
    """Take an entry off the list; the row stays, hidden."""
    row = update(resources).where(resources.c.id == resource_id, resources.c.hidden_at.is_(None))
    return tx.conn.execute(row.values(hidden_at=now, edited_at=now, edited_by=who)).rowcount == 1


def has_resources(tx: Tx) -> bool:
    """Whether anything was ever entered."""
    return tx.conn.execute(select(resources.c.id).limit(1)).first() is not None
