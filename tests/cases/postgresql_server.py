"""A PostgreSQL server of the tests' own: Debian's package, a fresh cluster in a temporary folder, a socket, no port."""

import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import psycopg

USER = "postgres"


class CannotStartError(Exception):
    """Why there is no server."""


def _programs() -> Path:
    """Where initdb and pg_ctl are: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not places:
        raise CannotStartError("no initdb: install Debian's package `postgresql`")
    return places[-1]


class PostgresqlServer:
    """A running server; `database()` makes an empty database and tells its URL."""

    def __init__(self) -> None:
        self._programs = _programs()
        self._home = Path(tempfile.mkdtemp(prefix="ringfence-pg-"))
        self._numbers = count()
        # The server refuses to run as root, as which the checks may run; Debian's package has made a user for it.
        self._as: dict[str, str | int] = {}
        if os.geteuid() == 0:
            try:
                owner = pwd.getpwnam(USER)
            except KeyError:
                raise CannotStartError(f"root cannot run it, and there is no user {USER}") from None
            os.chown(self._home, owner.pw_uid, owner.pw_gid)
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid}
        data = str(self._home / "data")
        self._run("initdb", "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-sync", "-D", data)
        options = f"-k {self._home} -c listen_addresses= -c fsync=off -c timezone=Asia/Shanghai"
        self._run("pg_ctl", "start", "--wait", "-D", data, "-l", str(self._home / "log"), "-o", options)

    def database(self) -> str:
        name = f"cases{next(self._numbers)}"
        with psycopg.connect(host=str(self._home), user=USER, dbname=USER, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql://{USER}@/{name}?host={self._home}"

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--mode", "immediate", "-D", str(self._home / "data"))
        shutil.rmtree(self._home)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        # The output goes nowhere: pg_ctl leaves the server holding it, and nobody would see the end.
        quiet = subprocess.DEVNULL
        done = subprocess.run(command, check=False, cwd="/", stdout=quiet, stderr=quiet, **self._as)
        if done.returncode:
            raise CannotStartError(f"{program} ended with {done.returncode}")
