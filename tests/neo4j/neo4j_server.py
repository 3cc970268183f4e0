"""A real Neo4j on this machine without Docker: the server's jars come from Maven, once, into `.neo4j/lib`.

As a program: `python tests/neo4j/neo4j_server.py start --home DIR` prints the URL, `... stop --home DIR` ends it. With
`--gds` the server has the open Graph Data Science library, whose jars come into `.neo4j/gds`.
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from filelock import FileLock
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

ROOT = Path(__file__).parents[2]
LIB = ROOT / ".neo4j" / "lib"
GDS = ROOT / ".neo4j" / "gds"
POMS = {LIB: Path(__file__).with_name("pom.xml"), GDS: Path(__file__).with_name("gds.xml")}
START_SECONDS = 120
STOP_SECONDS = 60
_OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_CONF = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.tls_level=OPTIONAL
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory=certificates
dbms.ssl.policy.bolt.client_auth=NONE
server.http.enabled=false
server.memory.pagecache.size={heap}
db.tx_log.rotation.retention_policy=keep_none
dbms.usage_report.enabled=false
"""
_GDS_CONF = f"""\
server.directories.plugins={GDS}
dbms.security.procedures.unrestricted=gds.*
"""


class CannotStartError(Exception):
    """This machine lacks something, or the server does not come up."""


def jars(folder: Path = LIB) -> Path:
    """The folder, with its jars in it, downloaded by the first who asks."""
    for program in ("mvn", "java", "openssl"):
        if shutil.which(program) is None:
            raise CannotStartError(f"there is no {program!r} on the path")
    folder.parent.mkdir(exist_ok=True)
    done = folder.with_suffix(".done")
    wanted = POMS[folder].read_text(encoding="utf-8")
    with FileLock(folder.parent / "lock"):
        if not done.exists() or done.read_text(encoding="utf-8") != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            _download(folder)
            done.write_text(wanted, encoding="utf-8")
    return folder


def _download(folder: Path) -> None:
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    maven = ["mvn", "-q", "-B", "-f", str(POMS[folder])]
    done = subprocess.run([*maven, *goal], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStartError(f"Maven could not fetch the server: {done.stdout[-500:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Neo4jServer:
    """One server with its own home folder. It can be started, stopped, killed and started again on the same port."""

    home: Path
    port: int
    password: str
    heap: str = "1g"
    gds: bool = False
    pid: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @classmethod
    def at(cls, home: Path, heap: str = "1g", gds: bool = False) -> Self:
        """The server whose home this is; a new one is configured and gets a password, so much memory, and GDS."""
        state = home / "server.json"
        if state.exists():
            return cls(home=home, **json.loads(state.read_text(encoding="utf-8")))
        server = cls(home.resolve(), free_port(), secrets.token_hex(12), heap, gds)
        server._configure()
        return server

    @property
    def address(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address with user and password."""
        return f"bolt://neo4j:{self.password}@127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Start the server unless it runs, and wait until it answers."""
        if not self.running():
            memory = ["-Xms512m", f"-Xmx{self.heap}", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError"]
            java = ["java", *memory, *_opens()]
            main = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.home}", f"--config-dir={self._conf}"]
            with (self.home / "console.log").open("ab") as log:
                command = [*java, "-cp", self._class_path(), *main]
                self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
            self.pid = self._process.pid
            self._save()
        self._wait()
        return self

    def running(self) -> bool:
        """Does our process live? (A number that another program has got meanwhile is not ours.)"""
        if self._process is not None:
            return self._process.poll() is None
        try:
            return str(self.home).encode() in Path(f"/proc/{self.pid}/cmdline").read_bytes()
        except OSError:
            return False

    def stop(self) -> None:
        """Shut down in order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.running():
            os.kill(self.pid, how)
        until = time.monotonic() + STOP_SECONDS
        while self.running():
            if time.monotonic() > until:
                raise CannotStartError(f"process {self.pid} does not end")
            time.sleep(0.05)

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while not answers(self.address, "neo4j", self.password):
            if not self.running() or time.monotonic() > until:
                tail = (self.home / "logs" / "neo4j.log").read_text(encoding="utf-8")[-1000:]
                raise CannotStartError(f"Neo4j did not come up: {tail}")
            time.sleep(0.25)

    @property
    def _conf(self) -> Path:
        return self.home / "conf"

    def _configure(self) -> None:
        self._conf.mkdir(parents=True)
        conf = _CONF.format(port=self.port, heap=self.heap) + (_GDS_CONF if self.gds else "")
        (self._conf / "neo4j.conf").write_text(conf, encoding="utf-8")
        _certify(self.home / "certificates")
        tool = ["java", "-cp", f"{jars()}/*", "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", self.password]
        place = {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self._conf)}
        subprocess.run(tool, env=os.environ | place, check=True, capture_output=True)
        self._save()

    def _class_path(self) -> str:
        return os.pathsep.join(f"{jars(folder)}/*" for folder in ([LIB, GDS] if self.gds else [LIB]))

    def _save(self) -> None:
        state = self.home / "server.json"
        state.touch(mode=0o600)
        known = {"port": self.port, "password": self.password, "heap": self.heap, "gds": self.gds, "pid": self.pid}
        state.write_text(json.dumps(known), encoding="utf-8")


def _certify(folder: Path) -> None:
    """A key and a certificate that nobody has signed but itself."""
    folder.mkdir()
    (folder / "private.key").touch(mode=0o600)
    files = ["-keyout", str(folder / "private.key"), "-out", str(folder / "public.crt")]
    subject = ["-subj", "/CN=127.0.0.1", "-days", "3650"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *files, *subject], check=True, capture_output=True
    )


def _opens() -> list[str]:
    return [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENS]


def answers(address: str, user: str, password: str) -> bool:
    """Does a server answer there, and let us in?"""
    with GraphDatabase.driver(address, auth=(user, password), connection_timeout=5) as driver:
        try:
            driver.verify_connectivity()
        except (DriverError, Neo4jError):
            return False
        return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["start", "stop"])
    parser.add_argument("--home", type=Path, required=True, help="folder for the server's data")
    parser.add_argument("--heap", default="1g", help="memory of a new server, such as 4g")
    parser.add_argument("--gds", action="store_true", help="a new server has Graph Data Science")
    given = parser.parse_args()
    server = Neo4jServer.at(given.home.resolve(), given.heap, given.gds)
    if given.action == "start":
        sys.stdout.write(server.start().url + "\n")
    else:
        server.stop()


if __name__ == "__main__":
    main()
