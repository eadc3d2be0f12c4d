"""What every measurement of sending stands on: databases, the stand-in carrier, and processes that can be killed."""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, text
from sqlalchemy.engine import make_url

from store.engine import Memory
from store.migrate import migrate
from store.sealing import Seal, make_key
from tests.postgres import FAST, Server, find_programs

ROOT = Path(__file__).resolve().parent.parent
SQLITE, POSTGRES = "SQLite", "PostgreSQL"
STAND_IN_PORT, PRODUCT_PORT = 18150, 18151
LATENCY_MS, IN_FLIGHT = 50, 192
KEY = make_key()
LOOK_SECONDS = 0.2
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class DurableServer(Server):
    """A PostgreSQL as it comes, with every commit on the disk: the tests' own trades that for speed."""

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's programs, started without the tests' shortcuts."""
        super().run(program, *(word.replace(FAST, "-c listen_addresses=") for word in arguments))


@dataclass(frozen=True, slots=True)
class Place:
    """One database; `kind` is SQLITE or POSTGRES."""

    kind: str
    url: str

    @property
    def parsed(self) -> URL:
        """The address in parts."""
        return make_url(self.url)

    @property
    def plain_url(self) -> str:
        """The address as programs other than SQLAlchemy read it."""
        return self.url.replace("postgresql+psycopg://", "postgresql://")

    @contextmanager
    def memory(self) -> Iterator[Memory]:
        """The product's memory on this database."""
        memory = Memory(self.url, Seal([KEY]))
        try:
            yield memory
        finally:
            memory.close()


@dataclass(slots=True)
class Stage:
    """A folder for files and logs, and one PostgreSQL, started when it is first needed."""

    folder: Path
    server: Server | None = None
    places: int = 0

    def has(self, kind: str) -> bool:
        """Whether that database can be had here."""
        return kind == SQLITE or find_programs() is not None

    def add_place(self, kind: str) -> Place:
        """A fresh database with the product's tables."""
        self.places += 1
        place = Place(kind, f"sqlite:///{self.folder}/bench{self.places}.db")
        if kind == POSTGRES:
            place = Place(kind, self.make_database(f"bench{self.places}"))
        with place.memory() as memory:
            migrate(memory)
        return place

    def make_database(self, name: str) -> str:
        """A new database's address."""
        self.server = self.server or DurableServer(find_programs() or "")
        engine = create_engine(self.server.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as conn:
            conn.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.server.url(name)


@contextmanager
def open_stage() -> Iterator[Stage]:
    """A stage that leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        stage = Stage(Path(folder))
        try:
            yield stage
        finally:
            if stage.server:
                stage.server.stop()


def make_environ(place: Place, **more: str) -> dict[str, str]:
    """The settings of the product, and of everything measured beside it: this database, the stand-in carrier."""
    own = ("TWILIO_", "AFTERKIT_", "SEND_", "CLOCK_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": place.url,
        "AFTERKIT_KEYS": KEY,
        "PORT": str(PRODUCT_PORT),
        "TWILIO_ACCOUNT_SID": "AC1",
        "TWILIO_AUTH_TOKEN": "t" * 32,
        "TWILIO_FROM": "+16195550100",
        "TWILIO_API_BASE": f"http://127.0.0.1:{STAND_IN_PORT}",
        "SEND_CONCURRENCY": str(IN_FLIGHT),
        **more,
    }


@dataclass(slots=True)
class Program:
    """One running process, with its words in a log file."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def cpu_seconds(self) -> float:
        """Processor time it has used."""
        fields = self.read("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND

    def read_mib(self, name: str) -> float:
        """Its memory: `VmRSS` is what it has now, `VmHWM` the most it ever had."""
        lines = dict(line.split(":", 1) for line in self.read("status").splitlines())
        return int(lines[name].split()[0]) / 1024

    def read(self, name: str) -> str:
        """What the kernel says about it."""
        return Path(f"/proc/{self.process.pid}/{name}").read_text()

    def kill(self) -> None:
        """Kill -9, its children too."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds: float = 15) -> None:
        """Ask it to stop, and kill it when it does not."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.kill()


def start(command: Sequence[str], environ: Mapping[str, str], folder: Path, name: str) -> Program:
    """Start a process in a group of its own."""
    log = folder / f"{name}.log"
    with log.open("ab") as file:
        process = subprocess.Popen(
            command, env=dict(environ), cwd=folder, stdout=file, stderr=file, start_new_session=True
        )
    return Program(process, log)


def start_product(stage: Stage, place: Place, command: str, **more: str) -> Program:
    """`afterkit <command>` on that database."""
    words = [sys.executable, "-m", "cli", command]
    return start(words, make_environ(place, **more), stage.folder, command)


@dataclass(slots=True)
class StandInCarrier:
    """The stand-in as a measurement sees it."""

    program: Program
    line: http.client.HTTPConnection = field(
        default_factory=lambda: http.client.HTTPConnection("127.0.0.1", STAND_IN_PORT, timeout=10)
    )

    def ask(self, method: str, path: str) -> Any:
        """One question about what came."""
        try:
            self.line.request(method, path)
            return json.loads(self.line.getresponse().read())
        except OSError:
            self.line.close()  # else it stays in the middle of a question for ever
            raise

    def count(self) -> dict[str, Any]:
        """What was taken until now."""
        return self.ask("GET", "/counts")

    def wait_for(self, count: int, patience: float = 20) -> dict[str, Any]:
        """Until that many different texts came, or none has come for `patience` seconds; the counts then."""
        counts, moved_at = self.count(), time.monotonic()
        while counts["distinct"] < count and time.monotonic() - moved_at < patience:
            time.sleep(LOOK_SECONDS)
            before, counts = counts["taken"], self.count()
            moved_at = time.monotonic() if counts["taken"] > before else moved_at
        return counts


@contextmanager
def open_stand_in(stage: Stage, latency_ms: int = LATENCY_MS, faults: float = 0) -> Iterator[StandInCarrier]:
    """A stand-in that has taken nothing yet. Raises RuntimeError when its port is somebody else's."""
    options = ["--port", str(STAND_IN_PORT), "--latency-ms", str(latency_ms), "--faults", str(faults)]
    command = [sys.executable, "-m", "bench.stand_in", *options]
    program = start(command, {**os.environ, "PYTHONPATH": str(ROOT)}, stage.folder, "stand_in")
    carrier = StandInCarrier(program)
    try:
        wait_until(lambda: answers(carrier.count), 10)
        if program.process.poll() is not None:
            raise RuntimeError(f"Port {STAND_IN_PORT} is taken: another measurement is running.")
        yield carrier
    finally:
        carrier.line.close()
        program.kill()


def answers(act: Callable[[], object]) -> bool:
    """Whether the other end is there."""
    try:
        act()
    except (OSError, http.client.HTTPException):
        return False
    return True


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Look until it is so, for so many seconds at most; whether it is."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(LOOK_SECONDS)
    return True


def find_rate(counts: Mapping[str, Any]) -> float:
    """Texts a second from the first to the last that came."""
    if counts["taken"] < 2:
        return 0.0
    return (counts["taken"] - 1) / (counts["last_at"] - counts["first_at"])
