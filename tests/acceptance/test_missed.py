"""What people write reaches us although webhooks are lost and the web server is killed: one answer each, no more."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest

from tests.acceptance.killing import count_unfinished, name_phone
from tests.acceptance.running import Crowd, answers, call, wait_until

PEOPLE = 60
WORDS = "who is this"


def write(crowd: Crowd, person: int) -> None:
    """One person writes; whether the product hears of it at once is the test's to say."""
    call(f"{crowd.telephone}/sim/inbound", {"from": name_phone(person), "body": WORDS})


def count_answers(crowd: Crowd) -> Counter[str]:
    """How many texts each number got from us."""
    return Counter(send[1] for send in crowd.list_sends())


def is_answered(crowd: Crowd, people: int) -> bool:
    """Whether so many people got something from us."""
    return len(count_answers(crowd)) >= people


def wait_for_answers(crowd: Crowd, people: int) -> None:
    """Until the carrier's list has been read after some time has passed, and all that follows has left."""
    crowd.clock.set_speed(1, ahead=timedelta(minutes=20))
    wait_until(lambda: is_answered(crowd, people), 60, "everybody is answered")
    wait_until(lambda: count_unfinished(crowd.memory) == 0, 60, "nothing is left to send")


@contextmanager
def writing(crowd: Crowd) -> Iterator[None]:
    """People write, four at a time, for the length of a block and until all have."""
    with ThreadPoolExecutor(4) as hands:
        written = [hands.submit(write, crowd, person) for person in range(PEOPLE)]
        yield
        for one in written:
            one.result()


def test_a_text_whose_webhook_never_came_is_answered_all_the_same(crowd: Crowd) -> None:
    crowd.open("serve-1")
    wait_until(lambda: answers(f"{crowd.product}/readyz"), 40, "ready")
    crowd.set_carrier(webhooks=False)
    write(crowd, 0)
    wait_for_answers(crowd, 1)
    assert count_answers(crowd) == {name_phone(0): 1}


def test_what_was_written_while_nothing_ran_is_answered_after_the_start(crowd: Crowd) -> None:
    crowd.open("serve-1")
    wait_until(lambda: answers(f"{crowd.product}/readyz"), 40, "ready")
    crowd.kill("serve-1")
    write(crowd, 0)
    crowd.start("serve-1")
    wait_for_answers(crowd, 1)
    assert count_answers(crowd) == {name_phone(0): 1}


@pytest.mark.parametrize(
    ("crowd", "names"),
    [("sqlite", ("serve-1",)), ("postgresql", ("web-1", "scheduler-1"))],
    indirect=["crowd"],
)
def test_a_web_server_killed_while_people_write_answers_each_once(
    crowd: Crowd, names: tuple[str, ...]
) -> None:
    crowd.open(*names)
    wait_until(lambda: answers(f"{crowd.product}/readyz"), 40, "ready")
    with writing(crowd):
        for few in (2, 4, 6):
            wait_until(partial(is_answered, crowd, few), 40, "some are answered")
            crowd.kill(names[0])
            crowd.start(names[0])
            wait_until(lambda: answers(f"{crowd.product}/healthz"), 40, "the web server is back")
    wait_for_answers(crowd, PEOPLE)
    assert count_answers(crowd) == {name_phone(person): 1 for person in range(PEOPLE)}
