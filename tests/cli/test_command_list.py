"""The list of commands and the files that hold them say the same."""

from importlib import import_module

import pytest

from cli import COMMANDS


@pytest.mark.parametrize("file", COMMANDS)
def test_every_command_of_a_file_is_listed_under_it(file: str) -> None:
    found = import_module(f"cli.{file}").COMMANDS
    assert tuple(command.name for command in found) == COMMANDS[file]
