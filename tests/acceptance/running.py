"""Afterkit as its user starts it: real processes, in a folder of their own, on free ports."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def find_free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
        own = {"PORT": str(self.port), "SIM_PORT": str(self.sim_port), "PYTHONPATH": str(ROOT)}
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("TWILIO_", "AFTERKIT_"))
        }
        kept.pop("DATABASE_URL", None)
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli", "run"],
                cwd=self.folder, env=kept | own, stdout=log, stderr=log, start_new_session=True,
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
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

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
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

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
