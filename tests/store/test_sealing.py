"""Sealed columns: unreadable without the key, found again with it, and keys can be changed."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from store.contacts import find_contact, meet_stranger
from store.engine import Memory
from store.migrate import migrate
from store.sealing import Seal, SealError, make_key
from tests.world import PHONE, World


def test_a_number_and_its_words_are_nowhere_in_the_file(tmp_path: Path) -> None:
    world = World(f"sqlite:///{tmp_path}/world.db")
    world.enrol()
    world.write("my cousin has the spray")
    world.work()
    world.memory.close()
    content = (tmp_path / "world.db").read_bytes()
    assert not [word for word in (PHONE, PHONE[2:], "my cousin", "Call 911") if word.encode() in content]


def test_a_row_written_under_an_old_key_is_found_under_a_new_one(tmp_path: Path) -> None:
    old, new = make_key(), make_key()
    memory = Memory(f"sqlite:///{tmp_path}/keys.db", Seal([old]))
    migrate(memory)
    with memory.transaction() as tx:
        known = meet_stranger(tx, PHONE, "en", "America/Los_Angeles")
    renewed = Memory(f"sqlite:///{tmp_path}/keys.db", Seal([new, old]))
    with renewed.reading() as tx:
        assert find_contact(tx, PHONE).id == known


def test_a_wrong_key_is_named_as_the_reason() -> None:
    sealed = Seal([make_key()]).close("text")
    with pytest.raises(SealError, match="AFTERKIT_KEYS"):
        Seal([make_key()]).open(sealed)


@pytest.mark.parametrize("keys", [[], ["short"], ["not base64 at all, and much too long for a key!"]])
def test_an_unusable_key_is_refused(keys: list[str]) -> None:
    with pytest.raises(SealError, match="AFTERKIT_KEYS"):
        Seal(keys)


def test_the_same_text_is_sealed_differently_each_time() -> None:
    seal = Seal([make_key()])
    assert seal.close("text") != seal.close("text")


def test_durability_is_full(tmp_path: Path) -> None:
    memory = Memory(f"sqlite:///{tmp_path}/durable.db", Seal([make_key()]))
    with memory.engine.connect() as conn:
        pragmas = [
            conn.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("synchronous", "journal_mode")
        ]
    assert pragmas == [2, "wal"]


def test_a_value_sealed_before_the_cipher_changed_still_opens() -> None:
    key = make_key()
    assert Seal([make_key(), key]).open(Fernet(key).encrypt(b"619 555 0142")) == "619 555 0142"


@pytest.mark.parametrize("place", [0, 1, 14, -1])
def test_a_changed_byte_is_noticed(place: int) -> None:
    seal = Seal([make_key()])
    sealed = bytearray(seal.close("619 555 0142"))
    sealed[place] ^= 1
    with pytest.raises(SealError):
        seal.open(bytes(sealed))
