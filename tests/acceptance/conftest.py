"""A try-out for each test that asks for one, ended whatever happens."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.running import TryOut


@pytest.fixture
def try_out(tmp_path: Path) -> Iterator[TryOut]:
    """Everything running, as after `make run`."""
    made = TryOut(tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.clean_up()
