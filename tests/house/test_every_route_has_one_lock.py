"""Rule 7: every route has exactly one lock, set by its decorator as `view.lock`, or stands on the short public list."""

import inspect
from collections.abc import Callable, Collection
from unittest.mock import MagicMock

import pytest
from flask import Flask

from tests.house.tree import ROOT, expect_none
from web.app import create_web
from web.guard import PUBLIC, signed, with_api_key, with_crew, with_staff

LONGEST_PUBLIC_LIST = 15


def find_wrong_locks(app: Flask, public: Collection[str]) -> list[str]:
    """Each endpoint with no lock or more than one, each public endpoint with a lock, each public name of nothing."""
    problems = [f"{name} is public and does not exist" for name in public if name not in app.view_functions]
    for endpoint, view in app.view_functions.items():
        locks = list_locks(view)
        wanted = 0 if endpoint in public or is_static(endpoint) else 1
        if len(locks) != wanted:
            problems.append(f"{endpoint} has {len(locks)} locks, not {wanted}: {sorted(locks)}")
    return sorted(problems)


def list_locks(view: Callable[..., object] | None) -> set[str]:
    """The locks of a view and of every function its decorators wrap."""
    locks: set[str] = set()
    while view is not None:
        if hasattr(view, "lock"):
            locks.add(str(view.lock))
        view = getattr(view, "__wrapped__", None)
    return locks


def is_static(endpoint: str) -> bool:
    """Whether an endpoint is Flask's folder of style sheets, of the app or of a blueprint."""
    return endpoint.split(".")[-1] == "static"


def build_web() -> Flask:
    """The product's web with stand-ins for all it is handed: its routes are the same whatever that is."""
    needed = [one for one in inspect.signature(create_web).parameters.values() if one.default is one.empty]
    return create_web(**{one.name: MagicMock(name=one.name) for one in needed})


def build_sample(view: Callable[..., object]) -> Flask:
    """A web with one route."""
    app = Flask("sample", root_path=str(ROOT))
    app.add_url_rule("/sample", "sample", view)
    return app


def page() -> str:
    """A page nobody locked."""
    return "open"


def test_every_route_has_one_lock() -> None:
    expect_none(find_wrong_locks(build_web(), PUBLIC))


def test_the_public_list_is_short() -> None:
    assert len(PUBLIC) <= LONGEST_PUBLIC_LIST


def test_an_open_route_is_caught() -> None:
    assert find_wrong_locks(build_sample(page), ()) == ["sample has 0 locks, not 1: []"]


@pytest.mark.parametrize("lock", [signed, with_api_key, with_staff, with_crew])
def test_each_lock_counts_as_one(lock: Callable[..., Callable[..., object]]) -> None:
    assert find_wrong_locks(build_sample(lock(page)), ()) == []


def test_two_locks_are_caught() -> None:
    assert find_wrong_locks(build_sample(with_staff(signed(page))), ()) != []


def test_a_public_route_with_a_lock_is_caught() -> None:
    assert find_wrong_locks(build_sample(signed(page)), ("sample",)) != []


def test_a_public_name_of_nothing_is_caught() -> None:
    assert find_wrong_locks(build_sample(page), ("sample", "gone")) == ["gone is public and does not exist"]
