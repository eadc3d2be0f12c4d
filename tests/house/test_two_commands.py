"""The two commands: what they install is pinned, the pins agree, and every command explains itself."""

import os
import re
import stat

import pytest

from tests.house.tree import ROOT, expect_none, list_paths

PIN = re.compile(r"([a-z0-9._-]+)==(\S+)")


def read_pins(requirements: str) -> dict[str, str]:
    """Package and version of each pinned line. Raises ValueError for a line that pins nothing."""
    pins: dict[str, str] = {}
    for line in requirements.splitlines():
        if not line.strip() or line.strip().startswith("#"):
            continue
        pin = PIN.fullmatch(line.strip())
        if not pin:
            raise ValueError(f"not pinned: {line}")
        pins[pin[1]] = pin[2]
    return pins


def find_unpinned(project: str, pins: dict[str, str]) -> list[str]:
    """The packages pyproject.toml asks for that no pin names."""
    asked = re.findall(r'^ {4}"([a-z0-9._-]+)', project, flags=re.MULTILINE)
    return sorted(set(asked) - set(pins))


def find_unexplained(makefile: str) -> list[str]:
    """The phony targets that `make help` would not list."""
    phony = re.findall(r"^\.PHONY: ([a-z ]+)$", makefile, flags=re.MULTILINE)
    explained = set(re.findall(r"^([a-z]+):.*## \S", makefile, flags=re.MULTILINE))
    return sorted(set(" ".join(phony).split()) - explained)


def test_tests_run_on_the_pins_that_run_in_service() -> None:
    runtime = read_pins((ROOT / "requirements.txt").read_text())
    tools = read_pins((ROOT / "requirements-dev.txt").read_text())
    expect_none(
        f"{name} {tools.get(name)} is not {pin}" for name, pin in runtime.items() if tools.get(name) != pin
    )


def test_every_dependency_is_pinned() -> None:
    pins = read_pins((ROOT / "requirements-dev.txt").read_text())
    expect_none(find_unpinned((ROOT / "pyproject.toml").read_text(), pins))


def test_make_help_lists_every_command() -> None:
    expect_none(find_unexplained((ROOT / "Makefile").read_text()))


def test_every_tool_may_be_run() -> None:
    tools = [path for path in list_paths() if path.startswith(("tools/", ".ci/"))]
    expect_none(path for path in tools if not os.stat(ROOT / path).st_mode & stat.S_IXUSR)


def test_a_line_without_a_pin_is_caught() -> None:
    with pytest.raises(ValueError, match="not pinned: click>=8"):
        read_pins("flask==3.1.3\n    # via afterkit\nclick>=8\n")


def test_a_dependency_without_a_pin_is_caught() -> None:
    project = 'dependencies = [\n    "flask>=3.1,<4",\n    "psycopg[binary]>=3.3",\n]\n'
    assert find_unpinned(project, {"flask": "3.1.3"}) == ["psycopg"]


def test_a_command_without_help_is_caught() -> None:
    makefile = ".PHONY: run clean\n\nrun: setup ## start\n\nclean:\n\trm -rf build\n"
    assert find_unexplained(makefile) == ["clean"]
