"""What tests of the web share: a small world with log-ins and keys, visitors, and a live server."""

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from visitor import AGENCY_KEY, MORNING, OTHER_KEY, PASSWORD, PEOPLE, TOKEN, URL, Visitor
from werkzeug.serving import make_server

from store.accounts import add_agency, add_api_key, save_account
from tests.telephone import CALLS
from tests.world import POLICY, World
from web.app import create_web
from web.desk import Desk

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two agencies with a key each, a member of staff and a crew."""
    world = World(f"sqlite:///{tmp_path}/web.db")
    world.now = MORNING
    with world.memory.transaction() as tx:
        other = add_agency(tx, "Other Ambulance", world.now.date())
        add_api_key(tx, world.agency, AGENCY_KEY, world.now)
        add_api_key(tx, other, OTHER_KEY, world.now)
        for role, email in PEOPLE.items():
            agency = world.agency if role == "crew" else None
            save_account(tx, email, CHEAP.hash(PASSWORD), role, agency)
    yield world
    world.memory.close()


@pytest.fixture
def web(world: World) -> Flask:
    """The product's web on that world."""
    desk = Desk(
        calls=CALLS,
        memory=world.memory,
        policy=POLICY,
        now=lambda: world.now,
        wall=lambda: world.now,
        public_base_url=URL,
        carrier_token=TOKEN,
        session_secret="a secret of the tests",
        is_demo=True,
    )
    return create_web(desk)


@pytest.fixture
def client(web: Flask) -> FlaskClient:
    """A program, or somebody who has not signed in."""
    return web.test_client()


@pytest.fixture
def enter(web: Flask) -> Callable[[str], Visitor]:
    """Signs somebody of that role in."""

    def enter(role: str) -> Visitor:
        visitor = Visitor(web.test_client())
        visitor.sign_in(PEOPLE[role])
        return visitor

    return enter


@pytest.fixture
def crew(enter: Callable[[str], Visitor]) -> Visitor:
    """A crew that has signed in."""
    return enter("crew")


@pytest.fixture
def staff(enter: Callable[[str], Visitor]) -> Visitor:
    """A member of staff who has signed in."""
    return enter("staff")


@pytest.fixture
def address(web: Flask) -> Iterator[str]:
    """The web on a free loopback port, for a real browser."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, web, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
