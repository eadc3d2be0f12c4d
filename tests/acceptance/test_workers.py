"""Several processes behind one port: one that dies is started anew, and all stop with their parent, however it ends."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from store.tables import inbox
from tests.acceptance.killing import count_unfinished
from tests.acceptance.running import TOKEN, Crowd, answers, wait_until

SETTINGS = {"WEB_WORKERS": "2"}
BOTH = pytest.mark.parametrize(
    ("crowd", "parent", "children"),
    [("sqlite", "serve-1", 3), ("postgresql", "web-1", 2)],
    indirect=["crowd"],
)


def open_family(crowd: Crowd, parent: str, children: int) -> list[int]:
    """Start it with two processes for the web; the numbers of all its processes but its own."""
    crowd.environment |= SETTINGS
    crowd.open(parent)
    wait_until(lambda: answers(f"{crowd.product}/healthz"), 40, "the web answers")
    wait_until(lambda: len(list_children(crowd, parent)) == children, 10, "all are there")
    return list_children(crowd, parent)


def list_children(crowd: Crowd, parent: str) -> list[int]:
    """The processes that one has started and that still live."""
    pid = crowd.get_pid(parent)
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    """Whether a process still runs."""
    with suppress(OSError):
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    return False


def write_to_us(crowd: Crowd, sid: str) -> int:
    """A person writes HELP; the status of the webhook."""
    form = {"MessageSid": sid, "From": "+16195550142", "To": "+16195550100", "Body": "HELP", "NumMedia": "0"}
    url = f"{crowd.product}/twilio/sms"
    headers = {"X-Twilio-Signature": RequestValidator(TOKEN).compute_signature(url, form)}
    with urlopen(Request(url, urlencode(form).encode(), headers), timeout=20) as answer:
        return answer.status


@BOTH
def test_a_process_that_is_killed_is_started_anew(crowd: Crowd, parent: str, children: int) -> None:
    before = open_family(crowd, parent, children)
    os.kill(before[0], signal.SIGKILL)
    wait_until(lambda: before[0] not in list_children(crowd, parent), 5, "it is gone")
    wait_until(lambda: len(list_children(crowd, parent)) == children, 10, "another took its place")
    assert [write_to_us(crowd, f"SM{number}") for number in range(6)] == [200] * 6


@BOTH
def test_all_stop_with_their_parent(crowd: Crowd, parent: str, children: int) -> None:
    pids = open_family(crowd, parent, children)
    began = time.monotonic()
    crowd.terminate(parent)
    assert (crowd.wait(parent), time.monotonic() - began < 10) == (0, True)
    assert not any(map(is_alive, pids))


@BOTH
def test_none_outlives_a_parent_that_is_killed(crowd: Crowd, parent: str, children: int) -> None:
    pids = open_family(crowd, parent, children)
    crowd.kill(parent)
    wait_until(lambda: not any(map(is_alive, pids)), 10, "all have ended")


def test_processes_that_share_a_file_hear_each_text_once(crowd: Crowd) -> None:
    """The carrier calls twice and many call at once; every text is heard once and answered."""
    open_family(crowd, "serve-1", 3)
    sids = [f"SM{number // 2}" for number in range(20)]
    assert [write_to_us(crowd, sid) for sid in sids] == [200] * 20
    with crowd.memory.reading() as tx:
        assert tx.conn.execute(select(func.count()).select_from(inbox)).scalar_one() == 10
    wait_until(lambda: count_unfinished(crowd.memory) == 0, 20, "the answers have left")
    assert len(crowd.list_sends()) > 0
