"""Commands that run until they are stopped: serve, web and scheduler."""

from collections.abc import Callable
from functools import partial

import click

from app import House, make_metronome, make_web
from cli.family import run_family
from cli.heap import share_heap
from cli.listening import Doors, Server, learn_by_heart, learn_most_by_heart, make_server, open_doors
from cli.opening import only_process, opened_house
from cli.stopping import stop_on_signals, wait_for_stop


@click.command()
def serve() -> None:
    """Web and scheduler, in one process unless WEB_WORKERS says otherwise."""
    share_heap()
    with opened_house() as house, only_process(house.memory):
        workers = house.settings.web_workers
        if workers == 1:
            serve_house(house)
        else:
            run_family([*share_web(house, workers), keep_scheduling])


@click.command()
def web() -> None:
    """The web server alone, in WEB_WORKERS processes; any number of them over one PostgreSQL."""
    share_heap()
    with opened_house() as house:
        run_family(share_web(house, house.settings.web_workers))


@click.command()
def scheduler() -> None:
    """The scheduler alone; any number of them over one PostgreSQL."""
    share_heap()
    with opened_house() as house, only_process(house.memory):
        schedule(house)


def share_web(house: House, workers: int) -> list[Callable[[], None]]:
    """What each of the web's processes does; the doors, and what is known by heart, they share."""
    doors = open_doors(house.settings)
    learn_by_heart()
    house.close()  # no connection may be open when processes part
    return [partial(serve_web, doors)] * workers


def serve_web(doors: Doors) -> None:
    """Answer requests, with a house of its own."""
    with opened_house() as house:
        serve_until_stopped(make_server(make_web(house), doors, embedded=house.settings.is_embedded))


def keep_scheduling() -> None:
    """Keep the beat, with a house of its own."""
    with opened_house() as house:
        schedule(house)


def schedule(house: House) -> None:
    """Keep the beat until the process is told to stop."""
    metronome = make_metronome(house)
    metronome.start()
    try:
        wait_for_stop()
    finally:
        metronome.stop()


def serve_house(house: House, greet: Callable[[], None] = lambda: None) -> None:
    """Both doors in this process, until it is told to stop; `greet` is called once they are open."""
    metronome = make_metronome(house)
    doors = open_doors(house.settings)
    learn_most_by_heart()
    server = make_server(make_web(house), doors, embedded=house.settings.is_embedded)
    metronome.start()
    try:
        greet()
        serve_until_stopped(server)
    finally:
        metronome.stop()


def serve_until_stopped(server: Server) -> None:
    """Answer requests until the process is told to stop."""
    stop_on_signals()
    server.run()


COMMANDS = (serve, web, scheduler)
