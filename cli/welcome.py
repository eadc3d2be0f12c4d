"""What `make run` prints: four links and how to get in."""

import click

from config import Settings
from service.load_demo import CREW_EMAIL, STAFF_EMAIL, Demo


def show_welcome(settings: Settings, demo: Demo) -> None:
    """The links and log-ins of a try-out."""
    base = settings.public_base_url
    rows = (
        ("The telephone", f"http://127.0.0.1:{settings.sim_port}/", "hold it: texts arrive here"),
        ("Enrol a person", f"{base}/enrol", f"{CREW_EMAIL}  {demo.crew_password}"),
        ("Staff console", f"{base}/staff", f"{STAFF_EMAIL}  {demo.staff_password}"),
        ("How-to page", f"{base}/kit/en", "public"),
    )
    click.echo(
        "\nAfterkit is running. Nothing leaves this machine; all numbers and places are a demonstration.\n"
    )
    for name, link, note in rows:
        click.echo(f"  {name:<15} {link:<34} {note}")
    click.echo(f"\n  Agency key for the API: {demo.agency_key}\n  Ctrl-C stops everything.\n")
