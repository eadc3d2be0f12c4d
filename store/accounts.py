"""Who may do what: agencies, their API keys, and the accounts of staff and crews."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from store.engine import Tx
from store.rows import insert_once, read_one
from store.tables import accounts, agencies, api_keys


def add_agency(tx: Tx, name: str, approved_on: date | None) -> int:
    """The agency's id; an agency with that name is added only once."""
    added = insert_once(tx, agencies, {"name": name, "approved_on": approved_on})
    if added is not None:
        return added
    return tx.conn.execute(select(agencies.c.id).where(agencies.c.name == name)).scalar_one()


def get_agency(tx: Tx, agency_id: int) -> Row[Any] | None:
    """One agency."""
    return read_one(tx, select(agencies).where(agencies.c.id == agency_id))


def find_agency(tx: Tx, name: str) -> Row[Any] | None:
    """The agency with that name."""
    return read_one(tx, select(agencies).where(agencies.c.name == name))


def add_api_key(tx: Tx, agency_id: int, key: str, now: datetime) -> None:
    """Let this key speak for the agency; only its mark is kept."""
    insert_once(tx, api_keys, {"agency_id": agency_id, "mark": tx.seal.mark(key), "made_at": now})


def find_agency_by_key(tx: Tx, key: str) -> Row[Any] | None:
    """The agency that an API key speaks for."""
    known = select(agencies).join(api_keys).where(api_keys.c.mark.in_(tx.seal.marks(key)))
    return read_one(tx, known.where(api_keys.c.revoked_at.is_(None)))


def save_account(tx: Tx, email: str, password_hash: str, role: str, agency_id: int | None) -> None:
    """Add an account, or give the one with that address a new password and role."""
    values = {
        "password_hash": password_hash,
        "role": role,
        "agency_id": agency_id,
        "failures": 0,
        "locked_until": None,
    }
    known = update(accounts).where(accounts.c.email == email).values(**values)
    if tx.conn.execute(known).rowcount == 0:
        tx.conn.execute(insert(accounts).values(email=email, **values))


def find_account(tx: Tx, email: str) -> Row[Any] | None:
    """The account with that address."""
    return read_one(tx, select(accounts).where(accounts.c.email == email))


def get_account(tx: Tx, account_id: int) -> Row[Any] | None:
    """One account by its number."""
    return read_one(tx, select(accounts).where(accounts.c.id == account_id))


def count_failure(tx: Tx, account_id: int) -> int:
    """One wrong password more; how many in a row. One statement, so that parallel guesses are all counted."""
    row = update(accounts).where(accounts.c.id == account_id).values(failures=accounts.c.failures + 1)
    return tx.conn.execute(row.returning(accounts.c.failures)).scalar_one()


def mark_sign_in(tx: Tx, account_id: int, locked_until: datetime | None) -> None:
    """Forget the wrong passwords, and lock the account until then."""
    row = update(accounts).where(accounts.c.id == account_id)
    tx.conn.execute(row.values(failures=0, locked_until=locked_until))
