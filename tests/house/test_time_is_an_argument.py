"""Rule 2: time is an argument; only clock.py reads it, only doors hold the clock, and no test bends it."""

import ast

from tests.house.tree import (
    FILES,
    OUTSIDE,
    ROOMS,
    Source,
    expect_none,
    list_imports,
    list_product,
    list_python,
    list_strings,
    qualify,
    read_names,
)

# time.monotonic and time.perf_counter measure a duration and name no moment, so they are free.
CLOCK_READS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "sqlalchemy.func.current_timestamp",
    "sqlalchemy.func.localtimestamp",
    "sqlalchemy.func.now",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.strftime",
    "time.time",
    "time.time_ns",
}
SQL_READS = ("CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIMESTAMP", "now()")
MAY_HOLD_THE_CLOCK = {"app", "cli", "simulator", "clock", *OUTSIDE}
TIME_BENDERS = {"freezegun", "time_machine", "unittest.mock.patch", "mock.patch"}


def find_reads(source: Source) -> list[str]:
    """Each place where the file reads the machine's or the database's clock, called or merely named."""
    names = read_names(source)
    nodes = [node for node in ast.walk(source.tree) if isinstance(node, ast.Attribute | ast.Name)]
    read = {(node.lineno, qualify(node, names)) for node in nodes}
    problems = [f"{source.path}:{line} reads {name}" for line, name in sorted(read) if name in CLOCK_READS]
    strings = [line for line, text in list_strings(source) if any(word in text for word in SQL_READS)]
    return problems + [f"{source.path}:{line} reads the database's clock" for line in strings]


def find_clock_holders(source: Source) -> list[str]:
    """Each import of the clock in a room that is handed `now` instead."""
    if source.room in MAY_HOLD_THE_CLOCK:
        return []
    lines = [line for line, name in list_imports(source) if name.split(".")[0] == "clock"]
    return [f"{source.path}:{line} imports the clock; take `now` as an argument" for line in lines]


def find_benders(source: Source) -> list[str]:
    """Each place where a test bends time or patches something instead of handing it in."""
    names = read_names(source)
    nodes = [node for node in ast.walk(source.tree) if isinstance(node, ast.Attribute | ast.Name)]
    used = {(node.lineno, qualify(node, names)) for node in nodes}
    bent = {(line, name) for line, name in used | set(list_imports(source)) if is_bender(name)}
    return [
        f"{source.path}:{line} uses {name}; hand in `now` or the thing itself" for line, name in sorted(bent)
    ]


def find_patched(source: Source) -> list[str]:
    """Each place where a test swaps a part of ours by monkeypatch, as a module or as a dotted name."""
    names = read_names(source)
    calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call) and node.args]
    swaps = [call for call in calls if qualify(call.func, names) == "monkeypatch.setattr"]
    targets = [(call.lineno, name_target(call.args[0], names)) for call in swaps]
    ours = [(line, name) for line, name in targets if name.split(".")[0] in ROOMS + FILES]
    return [f"{source.path}:{line} swaps {name}; hand in the thing itself" for line, name in ours]


def name_target(node: ast.expr, names: dict[str, str]) -> str:
    """What a setattr aims at: the text of a string, else the dotted name of a module."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return qualify(node, names)


def is_bender(name: str) -> bool:
    """Whether a dotted name is one of the time benders or inside one."""
    return any(name == bender or name.startswith(bender + ".") for bender in TIME_BENDERS)


def test_only_the_clock_reads_time() -> None:
    sources = [source for source in list_product() if source.path != "clock.py"]
    expect_none(problem for source in sources for problem in find_reads(source))


def test_only_doors_hold_the_clock() -> None:
    expect_none(problem for source in list_python() for problem in find_clock_holders(source))


def test_no_test_bends_time_or_patches() -> None:
    sources = [source for source in list_python() if source.room == "tests"]
    expect_none(problem for source in sources for problem in find_benders(source))
    expect_none(problem for source in sources for problem in find_patched(source))


def test_now_is_caught_under_any_name() -> None:
    text = "from datetime import datetime as dt\nimport time as t\nfrom time import time\ndt.now()\nt.time()\ntime()\n"
    lines = [problem.split()[0] for problem in find_reads(Source("bot/plan.py", text))]
    assert lines == ["bot/plan.py:4", "bot/plan.py:5", "bot/plan.py:6"]


def test_a_column_that_defaults_to_now_is_caught() -> None:
    text = "import datetime\nCOLUMN = dict(default=datetime.datetime.utcnow)\n"
    assert find_reads(Source("store/tables.py", text)) != []


def test_the_clock_of_the_database_is_caught() -> None:
    assert find_reads(Source("store/dues.py", "from sqlalchemy import func\nfunc.now()")) != []
    assert find_reads(Source("store/dues.py", "SQL = 'due_at <= CURRENT_TIMESTAMP'")) != []


def test_a_measured_duration_is_free() -> None:
    assert find_reads(Source("simulator/worker.py", "import time\ntime.monotonic()\n")) == []


def test_a_use_case_that_imports_the_clock_is_caught() -> None:
    assert find_clock_holders(Source("service/run_due.py", "from clock import Clock")) != []


def test_a_test_that_patches_is_caught() -> None:
    assert find_benders(Source("tests/bot/test_plan.py", "from unittest.mock import patch")) != []
    assert (
        find_benders(Source("tests/bot/test_plan.py", "from unittest import mock\nmock.patch.object(a, 'b')"))
        != []
    )
    assert find_benders(Source("tests/bot/test_plan.py", "import time_machine")) != []


def test_a_test_that_swaps_a_part_of_ours_is_caught() -> None:
    text = "from messages import languages\ndef test_it(monkeypatch): monkeypatch.setattr(languages, 'LOCALES', 1)"
    assert find_patched(Source("tests/messages/test_it.py", text)) != []
    text = "def test_it(monkeypatch): monkeypatch.setattr('service.deliver.send', 1)"
    assert find_patched(Source("tests/service/test_it.py", text)) != []


def test_a_changed_environment_is_no_swap() -> None:
    text = "import os\ndef test_it(monkeypatch): monkeypatch.setattr(os, 'environ', {})"
    assert find_patched(Source("tests/test_it.py", text)) == []
