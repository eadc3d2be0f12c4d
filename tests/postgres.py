"""A PostgreSQL of our own for tests: started on a Unix socket in a temporary folder, and ended with the run."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

FAST = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def find_programs() -> str | None:
    """The folder of PostgreSQL's programs: Debian's newest, else whatever is on the path, else None."""
    installed = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda folder: int(folder.split("/")[4]))
    for folder in reversed(installed):
        if Path(folder, "initdb").exists():
            return folder
    program = shutil.which("initdb")
    return str(Path(program).resolve().parent) if program else None


class Server:
    """One running server; `url` names a database on it."""

    def __init__(self, programs: str):
        self.programs, self.folder = programs, tempfile.mkdtemp(prefix="pg-")
        self.identity: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user = find_user("postgres") or find_user("nobody")
            assert user is not None
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}
        self.run(
            "initdb", "-D", f"{self.folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"
        )
        options = f"-k {self.folder} {FAST}"
        self.run(
            "pg_ctl",
            "-w",
            "-s",
            "-D",
            f"{self.folder}/data",
            "-l",
            f"{self.folder}/log",
            "-o",
            options,
            "start",
        )

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's programs, as a user it accepts."""
        command = [f"{self.programs}/{program}", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **self.identity)

    def url(self, database: str) -> str:
        """DATABASE_URL of one database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def stop(self) -> None:
        """End the server and forget its folder."""
        self.run("pg_ctl", "-s", "-D", f"{self.folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


def find_user(name: str) -> pwd.struct_passwd | None:
    """A user of this machine, or None."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
