"""A process with other keys than the database's is kept out before it writes what nobody can open."""

import pytest

from store.engine import Memory
from store.keyring import check_keys
from store.migrate import migrate
from store.sealing import Seal, SealError, make_key


def test_the_keys_that_sealed_a_database_open_it_again(database_url: str) -> None:
    memory = Memory(database_url, Seal([make_key()]))
    migrate(memory)
    check_keys(memory)
    check_keys(memory)


def test_a_new_key_in_front_is_taken_in(database_url: str) -> None:
    old, new = make_key(), make_key()
    migrate(Memory(database_url, Seal([old])))
    check_keys(Memory(database_url, Seal([old])))
    check_keys(Memory(database_url, Seal([new, old])))
    check_keys(Memory(database_url, Seal([new])))


def test_a_strange_key_is_refused(database_url: str) -> None:
    migrate(Memory(database_url, Seal([make_key()])))
    check_keys(Memory(database_url, Seal([make_key()])))
    with pytest.raises(SealError, match="AFTERKIT_KEYS"):
        check_keys(Memory(database_url, Seal([make_key()])))
