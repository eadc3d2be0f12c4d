"""Afterkit as its user starts it: real processes, in a folder of their own, on free ports."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clock import Clock, wall, write_setting
from store.engine import Memory
from store.migrate import migrate
from store.sealing import Seal, make_key

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)  # 12:30 in San Diego
TOKEN = "t" * 32
LOG_LINES = 40


def find_free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str, status: int = 200) -> bool:
    """Whether that address answers with that status."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == status
    except urllib.error.HTTPError as refusal:
        return refusal.code == status
    except OSError:
        return False


def call(url: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
    """One JSON request; POST when there is a body."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def wait_until(true: Callable[[], object], seconds: float, what: str, *, every: float = 0.05) -> None:
    """Return as soon as `true()` is, asking `every` so many seconds. Raises AssertionError with what never came."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"Not within {seconds:.0f} seconds: {what}.")
        time.sleep(every)


def read_environment(**own: str) -> dict[str, str]:
    """The environment of a process that must know nothing of this machine's own settings."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TWILIO_", "AFTERKIT_"))
    }
    kept.pop("DATABASE_URL", None)
    return {**kept, "PYTHONPATH": str(ROOT), **own}


class TryOut:
    """`afterkit run` in one folder; it can be stopped, killed and started again."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port, self.sim_port = find_free_port(), find_free_port()
        self.product = f"http://127.0.0.1:{self.port}"
        self.telephone = f"http://127.0.0.1:{self.sim_port}"
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start everything and wait until it is ready; how many seconds that took."""
        environment = read_environment(PORT=str(self.port), SIM_PORT=str(self.sim_port))
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli", "run"],
                cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.wait_until_ready()
        return time.monotonic() - began

    def wait_until_ready(self) -> None:
        """Until product and telephone answer. Raises RuntimeError with the log after 40 seconds."""
        for _ in range(400):
            if self.answers(f"{self.product}/readyz") and self.answers(f"{self.telephone}/sim/clock"):
                return
            time.sleep(0.1)
        raise RuntimeError(self.log.read_text())

    def answers(self, url: str) -> bool:
        """Whether that address answers well."""
        return answers(url)

    def stop(self) -> int:
        """Ctrl-C; the exit status."""
        return self.end(signal.SIGINT)

    def end(self, number: signal.Signals) -> int:
        """Send a signal to the main process and wait for it."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=20)

    def clean_up(self) -> None:
        """End what is still alive of the last group that was started here."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)

    def read_login(self, who: str) -> tuple[str, str]:
        """The address and password of the demonstration's `crew` or `staff`."""
        found = re.search(rf"({who}@\S+)\s+(\S+)", self.log.read_text())
        assert found is not None
        return found.group(1), found.group(2)

    def read_agency_key(self) -> str:
        """The demonstration's API key."""
        return re.findall(r"ak_\w+", self.log.read_text())[0]

    def call(self, url: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
        """One JSON request; POST when there is a body."""
        return call(url, body, **headers)

    def enrol(self, phone: str, now: str, key: str) -> Any:
        """Enrol a number by the API."""
        consent = {"given": True, "method": "verbal", "language": "en", "script_version": "test/1", "at": now}
        body = {"phone": phone, "language": "en", "zip": "92101", "role": "patient", "consent": consent}
        authorization = f"Bearer {self.read_agency_key()}"
        url = f"{self.product}/api/v1/enrolments"
        return self.call(url, body, **{"Authorization": authorization, "Idempotency-Key": key})

    def list_texts(self, phone: str) -> list[dict[str, Any]]:
        """Every text of one telephone, in order."""
        number = phone.replace("+", "%2B")
        return self.call(f"{self.telephone}/sim/messages?number={number}")["messages"]

    def list_arrived(self, phone: str) -> list[str]:
        """The words that reached one telephone."""
        return [text["body"] for text in self.list_texts(phone) if text["direction"] != "inbound"]


class Crowd:
    """The simulated carrier and any number of Afterkit's processes over one database, each killed by its name.

    A name is the command and a number: `web-1`, `scheduler-2`, `serve-1`, `simulator-1`. It is Monday noon there.
    """

    def __init__(self, folder: Path, database_url: str, **settings: str):
        self.folder = folder
        self.port, self.sim_port = find_free_port(), find_free_port()
        self.product = f"http://127.0.0.1:{self.port}"
        self.telephone = f"http://127.0.0.1:{self.sim_port}"
        key, clock_file = make_key(), folder / "clock.json"
        write_setting(
            clock_file, {"real": wall().timestamp(), "shown": NOON.timestamp(), "ahead": 0, "speed": 1}
        )
        self.clock = Clock(clock_file)
        self.memory = Memory(database_url, Seal([key]))
        account = {
            "TWILIO_ACCOUNT_SID": "AC" + "7" * 32,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_FROM": "+16195550100",
        }
        places = {"PORT": str(self.port), "SIM_PORT": str(self.sim_port), "TWILIO_API_BASE": self.telephone}
        memory = {"DATABASE_URL": database_url, "AFTERKIT_KEYS": key, "CLOCK_FILE": str(clock_file)}
        # Few places each, so that one sender does not take all there is before the others look.
        shared = {"SEND_CONCURRENCY": "16", **settings}
        self.environment = read_environment(**account, **places, **memory, **shared)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.started_at: dict[str, datetime] = {}

    def open(self, *names: str) -> None:
        """An up-to-date database, the carrier, and these processes; returns when web and carrier answer."""
        migrate(self.memory)
        self.start("simulator-1")
        for name in names:
            self.start(name)
        wait_until(lambda: answers(f"{self.telephone}/healthz"), 40, "the carrier answers")

    def start(self, name: str) -> None:
        """Start a process, or start it again; it is not waited for."""
        command = [sys.executable, "-m", "cli", name.partition("-")[0]]
        self.started_at[name] = wall()
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def get_pid(self, name: str) -> int:
        """The number of a process that was started."""
        return self.processes[name].pid

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        self.processes[name].kill()
        self.processes[name].wait(timeout=20)

    def terminate(self, name: str) -> None:
        """Ask a process to stop; `wait` tells how it did."""
        self.processes[name].terminate()

    def wait(self, name: str, seconds: float = 20) -> int:
        """The exit status of a process that is stopping. Raises subprocess.TimeoutExpired."""
        return self.processes[name].wait(timeout=seconds)

    def freeze(self, name: str) -> None:
        """Let a process stand still, as on a machine that is paused; nobody tells it."""
        self.processes[name].send_signal(signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Let a process go on where it stood; `has_one_up` waits for a sign of life from after this."""
        self.started_at[name] = wall()
        self.processes[name].send_signal(signal.SIGCONT)

    def is_running(self, name: str) -> bool:
        """Whether a process that was started still lives."""
        return self.processes[name].poll() is None

    def set_carrier(self, **manners: object) -> None:
        """Change how the carrier behaves; a carrier that was started again has forgotten."""
        call(f"{self.telephone}/sim/settings", manners)

    def list_sends(self) -> list[list[Any]]:
        """Every text the carrier took from us, in order: our id, number, sid, moment."""
        return call(f"{self.telephone}/sim/sends")["sends"]

    def clean_up(self) -> None:
        """End what still lives."""
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=20)
        self.memory.close()

    def show_logs(self) -> None:
        """Print the end of each process's log; pytest passes it on when a test has failed."""
        for log in sorted(self.folder.glob("*.log")):
            print(f"--- {log.name}", *log.read_text(errors="replace").splitlines()[-LOG_LINES:], sep="\n")
