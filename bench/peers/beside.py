"""The product and its peers over the same work in turn: texts a second, and what kill -9 at a third leaves behind."""

import shutil
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.dispatch import DOWN_SECONDS, Run, count_cpu, describe_loss, kill_at, run_product
from bench.full_outbox import count_recorded, fill
from bench.stage import (
    IN_FLIGHT,
    LATENCY_MS,
    POSTGRES,
    ROOT,
    SQLITE,
    Place,
    Program,
    Stage,
    find_rate,
    make_environ,
    open_stage,
    open_stand_in,
    start,
    wait_until,
)

TEXTS, KILLED_TEXTS, ROUNDS = 3000, 1500, 2
PATIENCE_SECONDS = 25.0  # without a text for so long, the rest is called missing
REDIS_PORT, PEER_THREADS = 18160, 128  # threads enough for 2560 a second at 50 ms, which no peer reaches
PYTHON = ROOT / "var" / "peers" / "bin" / "python"
GOAL = 1.5
FAST, KILLED = "fast", "killed"


@dataclass(frozen=True, slots=True)
class Peer:
    """One peer with its outcomes in one kind of database; `redis` where it needs that server.

    `measured`: its speed, what a kill does to it, or both. `options` are settings of its own.
    """

    name: str
    module: str
    kind: str
    redis: bool = False
    measured: tuple[str, ...] = (FAST,)
    options: tuple[tuple[str, str], ...] = ()


PEERS = (
    Peer("APScheduler's job store", "apscheduler_store", SQLITE, measured=(FAST, KILLED)),
    Peer("APScheduler's job store", "apscheduler_store", POSTGRES),
    Peer("Celery + Redis", "celery_redis", SQLITE, redis=True, measured=(FAST, KILLED)),
    Peer("Celery + Redis", "celery_redis", POSTGRES, redis=True),
    Peer("Celery + Redis, acks_late", "celery_redis", SQLITE, True, (KILLED,), (("CELERY_SAFE", "1"),)),
    Peer("Huey on Redis", "huey_queue", SQLITE, redis=True, measured=(FAST, KILLED)),
    Peer("Huey on Redis", "huey_queue", POSTGRES, redis=True),
    Peer("Huey on SQLite", "huey_queue", SQLITE),
    Peer("Procrastinate", "procrastinate_postgres", POSTGRES, measured=(FAST, KILLED)),
)


def explain_absence(peer: Peer, stage: Stage) -> str | None:
    """Why this peer cannot be measured here, in one sentence, or None when it can."""
    if not PYTHON.exists():
        return "its packages are not installed: run `make peers`."
    if peer.redis and not shutil.which("redis-server"):
        return "redis-server is not installed (Debian: apt-get install redis-server)."
    if not stage.has(peer.kind):
        return "PostgreSQL is not installed."
    return None


@contextmanager
def open_redis(stage: Stage, peer: Peer) -> Iterator[dict[str, str]]:
    """A Redis that keeps nothing on disk, where the peer needs one; the setting that names it."""
    if not peer.redis:
        yield {}
        return
    words = [
        "redis-server",
        "--port",
        str(REDIS_PORT),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    server = start(words, {}, stage.folder, "redis")
    try:
        yield {"REDIS_URL": f"redis://127.0.0.1:{REDIS_PORT}/0"}
    finally:
        server.kill()


def start_peer(stage: Stage, peer: Peer, place: Place, act: str, redis: dict[str, str]) -> Program:
    """The peer's own process, to fill its queue or to work."""
    words = [str(PYTHON), "-m", f"bench.peers.{peer.module}", act]
    return start(
        words,
        make_environ(place, PEER_THREADS=str(PEER_THREADS), **redis, **dict(peer.options)),
        stage.folder,
        peer.module,
    )


def add_jobs(stage: Stage, peer: Peer, place: Place, texts: int, redis: dict[str, str]) -> None:
    """The outbox, and a job for each of its texts. Raises RuntimeError with the peer's log when that fails."""
    with place.memory() as memory:
        fill(memory, texts)
    program = start_peer(stage, peer, place, "fill", redis)
    if program.process.wait(60):
        raise RuntimeError(program.log.read_text()[-2000:])


def run_peer(stage: Stage, peer: Peer, texts: int) -> Run:
    """Its speed, taken as the product's is."""
    place = stage.add_place(peer.kind)
    with open_redis(stage, peer) as redis, open_stand_in(stage) as carrier, place.memory() as memory:
        add_jobs(stage, peer, place, texts, redis)
        worker = start_peer(stage, peer, place, "work", redis)
        try:
            wait_until(lambda: carrier.count()["taken"] > 0, 20)
            spent, begun = count_cpu([worker]), carrier.count()["taken"]
            counts = carrier.wait_for(texts, PATIENCE_SECONDS)
            wait_until(lambda: count_recorded(memory) >= texts, 5)
            cpu_us = (count_cpu([worker]) - spent) * 1e6 / max(1, counts["taken"] - begun)
        finally:
            worker.kill()
        return Run(find_rate(counts), cpu_us, counts["taken"], count_recorded(memory))


def kill_peer(stage: Stage, peer: Peer, texts: int) -> str:
    """Kill -9 at a third, start again, and count once nothing has come for a while."""
    place = stage.add_place(peer.kind)
    with open_redis(stage, peer) as redis, open_stand_in(stage) as carrier, place.memory() as memory:
        add_jobs(stage, peer, place, texts, redis)
        at_kill = kill_at([start_peer(stage, peer, place, "work", redis)], carrier, texts // 3)
        time.sleep(DOWN_SECONDS)
        worker = start_peer(stage, peer, place, "work", redis)
        carrier.wait_for(texts, PATIENCE_SECONDS)
        time.sleep(DOWN_SECONDS)
        worker.kill()
        return describe_loss(carrier, memory, texts, at_kill)


def list_present(stage: Stage, measured: str, lines: list[str]) -> Iterator[Peer]:
    """The peers to be measured so; one that is not here gets its line of explanation."""
    for peer in PEERS:
        absence = explain_absence(peer, stage)
        if measured in peer.measured and absence:
            lines.append(f"{peer.name}, outcomes in {peer.kind}: skipped, {absence}")
        elif measured in peer.measured:
            yield peer


def compare_rates(stage: Stage, texts: int) -> list[str]:
    """The product and every peer in turn, ROUNDS times; a peer is credited with its best run, the product is not."""
    lines: list[str] = []
    peers, kinds = list(list_present(stage, FAST, lines)), list(filter(stage.has, (SQLITE, POSTGRES)))
    ours: dict[str, list[Run]] = {kind: [] for kind in kinds}
    theirs: dict[Peer, list[Run]] = {peer: [] for peer in peers}
    for _ in range(ROUNDS):
        for kind in kinds:
            ours[kind].append(run_product(stage, stage.add_place(kind), texts))
        for peer in peers:
            theirs[peer].append(run_peer(stage, peer, texts))
    lines += [f"{peer.name}, {peer.kind}: {describe_runs(runs, texts)}" for peer, runs in theirs.items()]
    for kind, runs in ours.items():
        best = [run.rate for peer, others in theirs.items() for run in others if peer.kind == kind]
        lines.append(f"the product, {kind}: {describe_runs(runs, texts)}; {describe_ratio(runs, best)}")
    return lines


def describe_runs(runs: Sequence[Run], texts: int) -> str:
    """Every rate of a series, the processor time of the cheapest run, and what is not on record."""
    rates = " and ".join(f"{run.rate:.0f}" for run in runs)
    missing = sum(texts - run.recorded for run in runs)
    unrecorded = f", {missing} not on record" if missing else ""
    return f"{rates}/s, {min(run.cpu_us for run in runs):.0f} us of processor a text{unrecorded}"


def describe_ratio(runs: Sequence[Run], best: Sequence[float]) -> str:
    """Our mean beside the best run of any peer."""
    if not best:
        return "no peer beside it"
    ratio = statistics.mean(run.rate for run in runs) / max(best)
    return f"mean {ratio:.2f} times the best run of a peer (goal {GOAL})"


def compare_kills(stage: Stage, texts: int) -> list[str]:
    """What a kill does to each peer; bench/dispatch.py does the same to the product."""
    lines: list[str] = []
    for peer in list_present(stage, KILLED, lines):
        lines.append(f"kill -9, {peer.name}: {kill_peer(stage, peer, texts)}")
    return lines


def measure(texts: int = TEXTS) -> list[str]:
    """Rates, then kills: a line each."""
    places = f"{IN_FLIGHT} in flight for the product, {PEER_THREADS} for a peer"
    settings = f"{LATENCY_MS} ms carrier, {places}, the product's HTTP client, outcome with sid on record"
    with open_stage() as stage:
        lines = [f"peers: {texts} texts due, {settings}", *compare_rates(stage, texts)]
        missing = (
            f"had not come {PATIENCE_SECONDS:.0f} s after the last text; some may still wait in the queue"
        )
        lines.append(f"peers killed: missing is what {missing}")
        return lines + compare_kills(stage, min(texts, KILLED_TEXTS))
