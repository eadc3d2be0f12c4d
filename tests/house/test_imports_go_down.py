"""Rule 1: imports go down the house, never up, never sideways, never in a circle, never inside a function."""

import ast
import sys
from collections.abc import Iterable, Iterator

from tests.house.tree import FILES, OUTSIDE, ROOMS, Source, expect_none, list_imports, list_python

EVERYTHING = {*ROOMS, *FILES}
TOP = {"app", "cli"}  # imported by nobody below
# What each room may import of ours. This table is the picture in docs/architecture.md.
OURS = {
    "app": EVERYTHING - TOP,
    "cli": EVERYTHING,
    "web": {"service", "messages", "carrier", "store", "model", "calling"},
    "scheduler": {"service", "model"},
    "service": {"bot", "store", "carrier", "messages", "model", "calling"},
    "bot": {"messages", "model", "calling"},
    "store": {"model", "calling"},
    "carrier": {"model", "calling"},
    "messages": {"model"},
    "simulator": {"clock"},
    "model": set(),
    "calling": {"model"},
    "clock": set(),
    "config": set(),
    "bench": EVERYTHING | {"bench", "tests"},
    "tests": EVERYTHING | set(OUTSIDE),
}
# What each room may import of others, beyond the standard library. Tests and bench may import anything.
THEIRS = {
    "cli": {"click", "dotenv", "flask", "waitress"},
    "app": {"flask"},
    "web": {
        "flask",
        "flask_wtf",
        "jinja2",
        "markupsafe",
        "prometheus_client",
        "segno",
        "werkzeug",
        "wtforms",
    },
    "scheduler": {"apscheduler"},
    "service": {"argon2", "phonenumbers", "zipcodes"},
    "bot": {"rapidfuzz"},
    "store": {"alembic", "cryptography", "psycopg", "sqlalchemy"},
    "carrier": {"aiohttp", "twilio"},
    "messages": {"babel"},
    "simulator": {"flask", "phonenumbers", "twilio", "waitress", "werkzeug"},
}


def find_forbidden(source: Source) -> list[str]:
    """Each import of the file that its room's two tables do not allow."""
    allowed = OURS[source.room] | THEIRS.get(source.room, set()) | {source.room} | sys.stdlib_module_names
    return [
        f"{source.path}:{line} {source.room} must not import {name}"
        for line, name in list_imports(source)
        if name.split(".")[0] not in allowed and (source.room not in OUTSIDE or is_ours(name))
    ]


def is_ours(name: str) -> bool:
    """Whether a dotted name is a room or a file of this house."""
    return name.split(".")[0] in OURS


def find_hidden(source: Source) -> list[str]:
    """Each import that stands inside a function."""
    functions = [
        node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    inside = (node for function in functions for node in ast.walk(function))
    lines = {node.lineno for node in inside if isinstance(node, ast.Import | ast.ImportFrom)}
    return [f"{source.path}:{line} imports inside a function" for line in sorted(lines)]


def find_circle(sources: Iterable[Source]) -> list[str]:
    """The modules of one circle of imports, in order, or nothing."""
    known = {source.module: source for source in sources}
    edges = {name: sorted(set(list_targets(source, known))) for name, source in known.items()}
    done: set[str] = set()
    for start in edges:
        circle = walk(start, edges, done, [])
        if circle:
            return circle
    return []


def list_targets(source: Source, known: dict[str, Source]) -> Iterator[str]:
    """The modules of ours that a file imports."""
    for _, name in list_imports(source):
        target = name if name in known else name.rpartition(".")[0]
        if target in known and target != source.module:
            yield target


def walk(name: str, edges: dict[str, list[str]], done: set[str], path: list[str]) -> list[str]:
    """Follow the imports from `name`; the part of the path that closes on itself, if one does."""
    if name in path:
        return [*path[path.index(name) :], name]
    if name in done:
        return []
    for target in edges[name]:
        circle = walk(target, edges, done, [*path, name])
        if circle:
            return circle
    done.add(name)
    return []


def test_no_import_goes_up_or_sideways() -> None:
    expect_none(problem for source in list_python() for problem in find_forbidden(source))


def test_no_import_hides_in_a_function() -> None:
    expect_none(problem for source in list_python() for problem in find_hidden(source))


def test_no_circle() -> None:
    expect_none(find_circle(list_python()))


def test_every_python_file_stands_in_a_known_room() -> None:
    expect_none(source.path for source in list_python() if source.room not in OURS)


def test_a_bot_that_reaches_for_the_store_is_caught() -> None:
    source = Source("bot/steps/stop.py", "import json\nfrom store.contacts import save_contact\n")
    assert find_forbidden(source) == ["bot/steps/stop.py:2 bot must not import store.contacts.save_contact"]


def test_a_room_with_a_strange_library_is_caught() -> None:
    assert find_forbidden(Source("messages/render.py", "import flask")) != []


def test_a_relative_import_is_read_as_what_it_means() -> None:
    assert find_forbidden(Source("bot/hear/rules.py", "from ...web import app")) != []


def test_the_product_that_imports_the_simulator_is_caught() -> None:
    assert find_forbidden(Source("service/deliver.py", "import simulator.app")) != []


def test_an_import_inside_a_function_is_caught() -> None:
    assert find_hidden(Source("bot/plan.py", "def plan():\n    import json\n    return json")) != []


def test_a_circle_is_caught() -> None:
    one = Source("bot/one.py", "from bot import two")
    two = Source("bot/two.py", "from bot.one import go")
    assert find_circle([one, two]) == ["bot.one", "bot.two", "bot.one"]
