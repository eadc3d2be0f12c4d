"""The try-out: web, scheduler and a simulated telephone on this machine, with a demonstration programme."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from app import derive, open_house, set_up_logs
from cli.opening import check_schema, only_process
from cli.running import serve_house
from cli.settings import read_settings
from cli.simulating import DEMO_FROM
from cli.stopping import stop_on_signals
from cli.welcome import show_welcome
from clock import wall
from config import ConfigError, Settings
from service.load_demo import load_demo
from store.migrate import migrate

Telephone = subprocess.Popen[bytes]

SIMULATOR = (sys.executable, "-m", "cli", "simulator", "--with-parent")


@click.command()
def run() -> None:
    """Everything for a try-out: web, scheduler and simulator, with a demonstration programme."""
    set_up_logs()
    stop_on_signals()
    settings = read_settings()
    if settings.twilio_account_sid:
        raise ConfigError(
            "A Twilio account is configured: use `afterkit serve`. `run` is for trying Afterkit out."
        )
    pretend_account(settings)
    house = open_house(read_settings())
    with only_process(house.memory), started_telephone(house.settings.sim_port) as telephone:
        migrate(house.memory)
        check_schema(house)
        demo = load_demo(house.memory, house.secret, wall())
        wait_for_telephone(telephone, house.settings.sim_port)
        serve_house(house, greet=lambda: show_welcome(house.settings, demo))
    house.close()


@contextmanager
def started_telephone(port: int) -> Iterator[Telephone]:
    """The simulator as a process of its own, for the length of a block. Raises ConfigError when its port is taken."""
    if is_open(port):
        raise ConfigError(f"Port {port} is taken. Set SIM_PORT to another.")
    process = subprocess.Popen(SIMULATOR, stdin=subprocess.PIPE)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for_telephone(telephone: Telephone, port: int) -> None:
    """Until the simulator answers: it starts beside the house. Raises ConfigError when it does not."""
    while not is_open(port):
        if telephone.poll() is not None:
            raise ConfigError("The telephone could not be started; the line above says why.")
        time.sleep(0.05)


def is_open(port: int) -> bool:
    """Whether somebody listens on that port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def pretend_account(settings: Settings) -> None:
    """Point this process and the simulator it starts at each other, with a clock that may run fast."""
    house = open_house(settings)
    house.close()
    pretended = {
        "TWILIO_ACCOUNT_SID": f"AC{derive(house.secret, 'account')[:32]}",
        "TWILIO_AUTH_TOKEN": derive(house.secret, "token")[:32],
        "TWILIO_FROM": DEMO_FROM,
        "TWILIO_API_BASE": f"http://127.0.0.1:{settings.sim_port}",
        "CLOCK_FILE": "var/clock.json",
    }
    os.environ.update(pretended)


COMMANDS = (run,)
