"""Whether the keys at hand are those the database was sealed with."""

from sqlalchemy import insert, select, text

from store.engine import Memory
from store.sealing import SealError
from store.tables import seals

PROOF = "afterkit"


def check_keys(memory: Memory) -> None:
    """Remember the newest key's mark. Raises SealError when rows are there and none of the keys has sealed them.

    Without this a process with a fresh key would write what nobody else can open.
    """
    marks = memory.seal.marks(PROOF)
    with memory.transaction() as tx:
        if not memory.is_sqlite:  # two processes that start together must see each other's mark
            tx.conn.execute(text("LOCK TABLE seals IN SHARE ROW EXCLUSIVE MODE"))
        known = set(tx.conn.execute(select(seals.c.mark)).scalars())
        if known and not known.intersection(marks):
            raise SealError(
                "These keys have not sealed this database: AFTERKIT_KEYS, or var/keys, is another one's."
            )
        if marks[0] not in known:
            tx.conn.execute(insert(seals).values(mark=marks[0]))
