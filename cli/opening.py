"""How a command gets its house, with the database at hand."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from app import House, open_house, set_up_logs
from cli.settings import read_settings
from config import ConfigError
from store.engine import DatabaseDown, Memory
from store.keyring import check_keys
from store.lock import AlreadyRunning, OneProcess
from store.schema import is_current
from store.sealing import SealError


@contextmanager
def opened_house(*, migrated: bool = True) -> Iterator[House]:
    """The house for one command; `migrated` asks that the schema is current. Raises ConfigError."""
    set_up_logs()
    house = open_house(read_settings())
    try:
        if migrated:
            check_schema(house)
        yield house
    finally:
        house.close()


@contextmanager
def only_process(memory: Memory) -> Iterator[None]:
    """No other process schedules over this SQLite file, for the length of a block. Raises ConfigError."""
    with ExitStack() as held:
        try:
            held.enter_context(OneProcess(memory))
        except AlreadyRunning as problem:
            raise ConfigError(str(problem)) from None
        yield


def check_schema(house: House) -> None:
    """Refuse to work on a database that is behind, or not there."""
    try:
        current = is_current(house.memory)
    except DatabaseDown:
        raise ConfigError("The database in DATABASE_URL cannot be opened.") from None
    if not current:
        raise ConfigError("The database is not up to date. Run: afterkit migrate")
    try:
        check_keys(house.memory)
    except SealError as problem:
        raise ConfigError(str(problem)) from None
