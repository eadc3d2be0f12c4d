"""Processes that are started twice, stopped and killed: nothing is lost, nothing is doubled, nothing is left over."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter

from tests.acceptance.running import ROOT, TryOut, answers, find_free_port, wait_until

PHONES = [f"+1619555{100 + number:04d}" for number in range(1, 61)]


def wait_for_quiet(try_out: TryOut, wanted: int) -> Counter[str]:
    """The words that reached the telephones: as many as are wanted, and what came within a second more."""
    arrived: Counter[str] = Counter()
    for _ in range(300):
        arrived = Counter(f"{phone} {body}" for phone in PHONES for body in try_out.list_arrived(phone))
        if arrived.total() >= wanted:
            break
        time.sleep(0.2)
    time.sleep(1)
    return arrived


def test_killed_in_the_middle_every_text_arrives_once(try_out: TryOut) -> None:
    try_out.call(f"{try_out.telephone}/sim/settings", {"latency_ms": 150})
    now = try_out.call(f"{try_out.telephone}/sim/clock")["now"]
    for phone in PHONES:
        try_out.enrol(phone, now, key=phone)
    try_out.end(signal.SIGKILL)
    try_out.start()
    arrived = wait_for_quiet(try_out, 2 * len(PHONES))
    assert (len(arrived), arrived.total()) == (2 * len(PHONES), 2 * len(PHONES))


def test_stopped_and_started_again_it_keeps_what_it_knew(try_out: TryOut) -> None:
    now = try_out.call(f"{try_out.telephone}/sim/clock")["now"]
    first = try_out.enrol(PHONES[0], now, key="k")
    key = try_out.read_agency_key()
    assert try_out.stop() == 0
    try_out.start()
    again = try_out.enrol(PHONES[0], now, key="k")
    assert (again["id"], try_out.read_agency_key()) == (first["id"], key)
    assert wait_for_quiet(try_out, 2).total() == 2


def test_a_second_one_on_the_same_file_is_kept_out(try_out: TryOut) -> None:
    ports = {"PORT": str(find_free_port()), "SIM_PORT": str(find_free_port()), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cli", "run"]
    second = subprocess.run(
        command, cwd=try_out.folder, env=ports, capture_output=True, text=True, timeout=60
    )
    assert second.returncode == 2
    assert "Another Afterkit works on this SQLite file" in second.stderr
    assert "Traceback" not in second.stderr


def test_ctrl_c_ends_the_telephone_too(try_out: TryOut) -> None:
    assert try_out.stop() == 0
    time.sleep(0.5)
    assert not try_out.answers(f"{try_out.telephone}/sim/clock")


def test_an_interrupt_stops_it_where_a_shell_started_it_in_the_background(try_out: TryOut) -> None:
    """A shell without job control starts what ends in `&` with interrupts ignored."""
    script = f'cd "{try_out.folder}" && exec "{sys.executable}" -m cli simulator'
    ports = {"SIM_PORT": str(find_free_port()), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    shell = subprocess.Popen(
        ["sh", "-c", f"({script}) & echo $!; wait"], env=ports, stdout=subprocess.PIPE, text=True
    )
    assert shell.stdout is not None
    child = int(shell.stdout.readline())
    wait_until(lambda: answers(f"http://127.0.0.1:{ports['SIM_PORT']}/sim/clock"), 30, "the telephone is up")
    os.kill(child, signal.SIGINT)
    assert shell.wait(timeout=10) == 0
