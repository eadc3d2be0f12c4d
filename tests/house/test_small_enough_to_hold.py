"""Rule 9: functions and files are small enough to hold in the head, and no file is a drawer for anything."""

import ast
import re
from collections.abc import Iterable

from tests.house.tree import OUTSIDE, Source, expect_none, list_paths, list_product, list_texts

SHORT, LONGEST = 35, 60  # lines of a function: nine in ten, and every one
SHORT_SHARE = 0.9
FILE_LINES = 300
CODE = (".py", ".js", ".css", ".html")
DRAWERS = {"util", "helper", "common", "base", "manager", "misc", "model"}
FREE_NAMES = {"model.py"}  # the shared nouns, in one file at the root


def measure_functions(sources: Iterable[Source]) -> list[tuple[int, str]]:
    """The lines of every function and where it stands, longest first; decorators do not count."""
    found = [
        (node.end_lineno - node.lineno + 1, f"{source.path}:{node.lineno} {node.name}")
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    return sorted(found, reverse=True)


def find_long_files(sources: Iterable[Source]) -> list[str]:
    """Each code file of 300 lines or more."""
    counted = [
        (source.path, len(source.text.splitlines())) for source in sources if source.path.endswith(CODE)
    ]
    return [f"{path} has {lines} lines" for path, lines in counted if lines >= FILE_LINES]


def find_drawers(paths: Iterable[str]) -> list[str]:
    """Each path with a folder or file whose name, or a word of it, says nothing about what is inside."""
    return [
        path for path in paths if path not in FREE_NAMES and any(is_drawer(part) for part in path.split("/"))
    ]


def is_drawer(name: str) -> bool:
    """Whether a name holds one of the forbidden words, in singular or plural."""
    words = re.split(r"[_\-]", name.split(".")[0].lower())
    return any(word in DRAWERS or word.removesuffix("s") in DRAWERS for word in words)


def list_held() -> list[Source]:
    """The files that must stay small: all but tests, measurements and code of others."""
    return [
        source
        for source in list_texts()
        if source.path.split("/")[0] not in OUTSIDE and not is_generated(source)
    ]


def is_generated(source: Source) -> bool:
    """Code of others, and the numbered migrations, which are written once by a tool and never edited."""
    return "/vendor/" in source.path or source.path.startswith("store/migrations/versions/")


def test_nine_functions_in_ten_are_short() -> None:
    measured = measure_functions(source for source in list_product() if not is_generated(source))
    long = [found for found in measured if found[0] > SHORT]
    assert len(long) <= (1 - SHORT_SHARE) * len(measured), long


def test_no_function_is_long() -> None:
    expect_none(
        f"{place} has {lines} lines"
        for lines, place in measure_functions(source for source in list_product() if not is_generated(source))
        if lines > LONGEST
    )


def test_no_file_is_long() -> None:
    expect_none(find_long_files(list_held()))


def test_no_file_is_a_drawer() -> None:
    expect_none(find_drawers(list_paths()))


def test_a_long_function_is_measured() -> None:
    text = "async def go():\n" + "    pass\n" * 60
    assert measure_functions([Source("bot/plan.py", text)]) == [(61, "bot/plan.py:1 go")]


def test_a_method_is_measured() -> None:
    text = "class Clock:\n    def now(self):\n        pass\n"
    assert measure_functions([Source("clock.py", text)]) == [(2, "clock.py:2 now")]


def test_a_long_file_is_caught() -> None:
    assert find_long_files([Source("store/dues.py", "\n" * 300)]) == ["store/dues.py has 300 lines"]
    assert find_long_files([Source("store/dues.py", "\n" * 299)]) == []


def test_a_drawer_is_caught() -> None:
    paths = [
        "service/utils.py",
        "web/helpers/form.py",
        "store/base.py",
        "bot/date_util.py",
        "store/models.py",
    ]
    assert find_drawers(paths) == paths


def test_a_name_that_says_something_is_free() -> None:
    assert find_drawers(["model.py", "store/database.py", "service/enrol.py"]) == []
