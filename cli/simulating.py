"""The command that runs the simulator: a Twilio you can hold."""

import os
import signal
import sys
import threading
from pathlib import Path

import click

from cli.settings import read_settings, refuse_port
from cli.stopping import stop_on_signals
from config import ConfigError, Settings
from simulator.app import serve as serve_simulator
from simulator.settings import SimulatorSettings

DEMO_FROM = "+16195550100"


@click.command()
@click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input ends.")
def simulator(with_parent: bool) -> None:
    """The Twilio you can hold, on loopback."""
    settings = read_settings()
    stop_on_signals()
    if with_parent:
        threading.Thread(target=stop_at_end_of_input, daemon=True).start()
    try:
        serve_simulator(read_simulator(settings))
    except OSError as problem:
        raise ConfigError(refuse_port("SIM_PORT", settings.sim_port, problem)) from None


def stop_at_end_of_input() -> None:
    """The process that started this one is gone, however it ended: end too."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def read_simulator(settings: Settings) -> SimulatorSettings:
    """The simulator's settings from the same environment as the product's."""
    default = SimulatorSettings()
    return SimulatorSettings(
        port=settings.sim_port,
        account_sid=settings.twilio_account_sid or default.account_sid,
        auth_token=settings.twilio_auth_token or default.auth_token,
        product_url=settings.public_base_url,
        numbers=(settings.twilio_from or DEMO_FROM,),
        messaging_service_sid=settings.twilio_messaging_service_sid or None,
        state_file=Path("var/simulator.db"),
        clock_file=settings.clock_file,
    )


COMMANDS = (simulator,)
