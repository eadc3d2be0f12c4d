"""Staff finish what waited for a person."""

from datetime import datetime

from store.engine import Memory
from store.record import mark_task_done


def finish_task(memory: Memory, task_id: int, who: str, now: datetime) -> bool:
    """Close one task; False when it is closed already. Twice is once."""
    with memory.transaction() as tx:
        return mark_task_done(tx, task_id, who, now)
