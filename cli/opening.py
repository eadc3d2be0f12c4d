"""How a command gets its house: settings from the environment and a .env file, database at hand."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from dotenv import load_dotenv

from app import House, open_house, set_up_logs
from config import ConfigError, Settings, load_settings
from store.engine import DatabaseDown
from store.keyring import check_keys
from store.schema import is_current
from store.sealing import SealError


def read_settings() -> Settings:
    """The settings of this process. Raises ConfigError."""
    load_dotenv(".env")
    return load_settings(os.environ)


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
