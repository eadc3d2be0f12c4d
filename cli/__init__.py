"""The command `afterkit`: every command is one function in a file of this folder."""

import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

import click

from config import ConfigError

# Which file holds which commands. A command reads its own file alone: a server need not carry what others use.
COMMANDS = {
    "running": ("serve", "web", "scheduler"),
    "simulating": ("simulator",),
    "trying": ("run",),
    "hearing": ("hear", "segments", "catalogue", "talk"),
    "programme": ("migrate", "demo", "preview"),
    "people": ("enrol", "user", "key"),
    "recording": ("audio",),
    "records": ("resources",),
    "review": ("review",),
}
FILES = {name: file for file, names in COMMANDS.items() for name in names}


class Commands(click.Group):
    """The commands by their names, each read when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name."""
        return sorted(FILES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command with that name, or None."""
        if name not in FILES:
            return None
        found: Sequence[click.Command] = import_module(f"cli.{FILES[name]}").COMMANDS
        return next(command for command in found if command.name == name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def afterkit() -> None:
    """Afterkit: the follow-up after an ambulance crew leaves a naloxone kit."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. Exit 0 = done, 1 = something was refused, 2 = bad use or bad configuration."""
    speak_utf8()
    try:
        status = afterkit.main(arguments, prog_name="afterkit", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        status = problem.exit_code  # 2 for bad use, 1 for what was refused
    except ConfigError as problem:
        click.echo(f"afterkit: {problem}", err=True)
        status = 2
    except (click.Abort, KeyboardInterrupt):
        status = 130
    sys.exit(status if isinstance(status, int) else 0)


def speak_utf8() -> None:
    """Every language in and out, whatever the terminal's own setting; half a character is printed as its number."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
