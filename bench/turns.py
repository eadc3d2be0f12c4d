"""How many inbound texts a second one process takes on SQLite: signature, inbox commit, decision, outbox commit."""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

ROOT = Path(__file__).resolve().parent.parent
PORT, TOKEN, CONNECTIONS, TEXTS = 18070, "t" * 32, 8, 3000
URL = f"http://127.0.0.1:{PORT}/twilio/sms"
AREAS = (619, 858, 760, 442, 213, 310, 323, 415, 510, 530)
WORDS = (
    "how do i use the spray",
    "HELP",
    "thank you",
    "where can i get treatment",
    "1",
    "gracias estoy bien",
)


def make_request(number: int) -> tuple[bytes, dict[str, str]]:
    """One signed webhook; a thousand telephones write in turn."""
    form = {
        "MessageSid": f"SM{number:032x}",
        "From": f"+1{AREAS[number // 100 % 10]}555{100 + number % 100:04d}",
        "To": "+16195550100",
        "Body": WORDS[number % len(WORDS)],
        "NumMedia": "0",
    }
    signature = RequestValidator(TOKEN).compute_signature(URL, form)
    kind = "application/x-www-form-urlencoded"
    return urlencode(form).encode(), {"X-Twilio-Signature": signature, "Content-Type": kind}


def send_share(requests: list[tuple[bytes, dict[str, str]]], times: list[float], refused: list[int]) -> None:
    """One kept connection sends its share, one request after the other."""
    connection = HTTPConnection("127.0.0.1", PORT)
    for body, headers in requests:
        began = time.perf_counter()
        connection.request("POST", "/twilio/sms", body, headers)
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - began)
        if answer.status != 200:
            refused.append(answer.status)
    connection.close()


def start_web(folder: str) -> subprocess.Popen[bytes]:
    """The product's web process on a fresh database."""
    account = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_FROM": "+16195550100"}
    place = {"DATABASE_URL": f"sqlite:///{folder}/bench.db", "PORT": str(PORT), "PYTHONPATH": str(ROOT)}
    environ = {**os.environ, **account, **place, "TWILIO_API_BASE": "http://127.0.0.1:9"}
    command = [sys.executable, "-m", "cli"]
    subprocess.run([*command, "migrate"], env=environ, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return subprocess.Popen([*command, "web"], env=environ, cwd=folder)


def wait_until_up() -> None:
    """Until the web process answers; RuntimeError after 20 seconds."""
    for _ in range(200):
        try:
            connection = HTTPConnection("127.0.0.1", PORT, timeout=2)
            connection.request("GET", "/healthz")
            return connection.getresponse().close()
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web process did not come up")


def measure() -> str:
    """One line: turns a second and how long one took."""
    requests = [make_request(number) for number in range(TEXTS)]
    times: list[float] = []
    refused: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        process = start_web(folder)
        try:
            wait_until_up()
            shares = [requests[first::CONNECTIONS] for first in range(CONNECTIONS)]
            threads = [threading.Thread(target=send_share, args=(share, times, refused)) for share in shares]
            began = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            seconds = time.perf_counter() - began
        finally:
            process.terminate()
            process.wait()
    ranks = statistics.quantiles(times, n=100)
    return (
        f"turns: {TEXTS / seconds:.0f}/s (goal 250/s), p50 {ranks[49] * 1000:.1f} ms, p99 {ranks[98] * 1000:.1f} ms, "
        f"{len(refused)} refused; {CONNECTIONS} connections, sender on the same cores"
    )


if __name__ == "__main__":
    print(measure())
