"""Staff and crews sign in with a password; too many wrong ones lock the account for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from threading import Semaphore
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from store.accounts import count_failure, find_account, get_account, mark_sign_in
from store.engine import Memory, Tx

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
HASHER = PasswordHasher()
ONE_AFTER_THE_OTHER = Semaphore(2)  # a hash takes 64 MiB: guesses in parallel must not take the machine


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in: role is staff or crew, a crew belongs to an agency."""

    id: int
    email: str
    role: str
    agency_id: int | None


def sign_in(memory: Memory, email: str, password: str, now: datetime) -> Account | None:
    """The account, or None for a wrong address, a wrong password, or an account that is locked."""
    with memory.reading() as tx:
        row = find_account(tx, email.strip().lower())
    with ONE_AFTER_THE_OTHER:
        right = is_right(row.password_hash if row else hash_nobody(), password)
    if row is None:
        return None
    with memory.transaction() as tx:
        if is_locked(tx, row.id, now):
            return None
        note_try(tx, row.id, right, now)
    return read_account(row) if right else None


def is_locked(tx: Tx, account_id: int, now: datetime) -> bool:
    """Whether too many wrong passwords came lately, as it is at this moment."""
    account = get_account(tx, account_id)
    return account is None or (account.locked_until is not None and account.locked_until > now)


@cache
def hash_nobody() -> str:
    """Checked when there is no such account, so that the answer takes as long and does not tell which accounts exist.

    Only the first wrong address in a process takes twice as long: every start would otherwise.
    """
    return HASHER.hash("nobody")


def is_right(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed."""
    try:
        return HASHER.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def note_try(tx: Tx, account_id: int, right: bool, now: datetime) -> None:
    """Count a wrong password and lock the account after too many; forget the count after a right one."""
    if right:
        mark_sign_in(tx, account_id, None)
    elif count_failure(tx, account_id) >= MOST_FAILURES:
        mark_sign_in(tx, account_id, now + LOCKED_FOR)


def read_account(row: Any) -> Account:
    """A row as the noun."""
    return Account(row.id, row.email, row.role, row.agency_id)


def find_signed_in(memory: Memory, account_id: int) -> Account | None:
    """The account a session names, as it is today."""
    with memory.reading() as tx:
        row = get_account(tx, account_id)
    return read_account(row) if row else None
