"""The project's own files as the rules of the house read them: found, parsed once, and named by their rooms."""

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("messages", "bot", "store", "carrier", "service", "scheduler", "web", "simulator")
FILES = ("app", "cli", "config", "clock", "model")
MADE_FOLDERS = ("var", "build", "node_modules", "__pycache__", "afterkit.egg-info")
MADE_FILES = (".pyc", ".mo", ".env", ".coverage", ".git")  # in a worktree .git is a file
OUTSIDE = ("tests", "bench")  # they measure the product and are no part of it


@dataclass(frozen=True)
class Source:
    """One text file: its path from the root, with `/`, and its text. `tree` is parsed Python."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file. Raises SyntaxError."""
        return ast.parse(self.text, self.path)

    @property
    def room(self) -> str:
        """The room the file is in, or its own name for a file that stands at the root: `bot`, `cli`."""
        return self.path.split("/")[0].removesuffix(".py")

    @property
    def module(self) -> str:
        """The dotted name it is imported by."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def list_paths() -> tuple[str, ...]:
    """Every file that belongs in the repository, found without git so that an unpacked copy is checked as well."""
    found: list[str] = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if is_kept(name)]
        inside = Path(folder).relative_to(ROOT)
        found += [(inside / name).as_posix() for name in names if not name.endswith(MADE_FILES)]
    return tuple(sorted(found))


def is_kept(folder: str) -> bool:
    """Whether a folder holds sources: not data, not what tools make, not hidden, except for CI's."""
    return folder == ".ci" or not (folder.startswith(".") or folder in MADE_FOLDERS)


@cache
def read_source(path: str) -> Source:
    """One file of the repository. Raises UnicodeDecodeError when it is not text."""
    return Source(path, (ROOT / path).read_text(encoding="utf-8"))


@cache
def list_python() -> tuple[Source, ...]:
    """Every Python file of the repository."""
    return tuple(read_source(path) for path in list_paths() if path.endswith(".py"))


@cache
def list_product() -> tuple[Source, ...]:
    """The Python files that run in service: the rooms and the files at the root."""
    return tuple(source for source in list_python() if source.room in ROOMS + FILES)


@cache
def list_texts() -> tuple[Source, ...]:
    """Every file of the repository that is text."""
    return tuple(read_source(path) for path in list_paths() if is_text(path))


def is_text(path: str) -> bool:
    """A file without a zero byte in its beginning, which is how git tells."""
    with (ROOT / path).open("rb") as file:
        return b"\0" not in file.read(8000)


def expect_none(problems: Iterable[str]) -> None:
    """Fail the test with each problem on a line of its own, or pass when there is none."""
    found = list(problems)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def list_strings(source: Source) -> Iterator[tuple[int, str]]:
    """Every string constant with its line, without docstrings."""
    skipped = {id(node) for node in list_docstrings(source.tree)}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def list_docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """The constants that are docstrings."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            yield first.value


def list_imports(source: Source) -> Iterator[tuple[int, str]]:
    """Every import with its line, as the full dotted name: `from a import b` is `a.b`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = find_package(source, node)
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def find_package(source: Source, node: ast.ImportFrom) -> str:
    """What a `from ... import` imports from, dots resolved."""
    if not node.level:
        return node.module or ""
    parts = source.module.split(".")
    is_package = os.path.basename(source.path) == "__init__.py"
    above = parts[: len(parts) - node.level + is_package]
    return ".".join([*above, *([node.module] if node.module else [])])


def qualify(node: ast.expr, names: dict[str, str]) -> str:
    """The full dotted name of `a.b.c` as the file's imports explain `a`; empty for anything else."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        start = qualify(node.value, names)
        return f"{start}.{node.attr}" if start else ""
    return ""


def read_names(source: Source) -> dict[str, str]:
    """What each imported name of the file stands for: `dt` is `datetime`, `now` is `clock.now`."""
    names: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            start = find_package(source, node)
            names |= {alias.asname or alias.name: f"{start}.{alias.name}" for alias in node.names}
    return names
