"""A real Neo4j for the tests, started once a session: from the environment, from Maven jars, or from Docker.

Order: ``ZHIZE_TEST_NEO4J_URI`` (a server of yours, EMPTIED by the tests; user and password from ZHIZE_NEO4J_USER and
ZHIZE_NEO4J_PASSWORD) → Java 17 or newer with the jars of ``neo4j-pom.xml`` (cached in ~/.cache/zhize/neo4j) → Docker →
``NoServer`` with the command that mends it. Run as a program it prints the address of a server and keeps it until
its input ends: ``python -m tests.neo4j_server``.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

VERSION = "5.26.30"
START_SECONDS = 180
_POM = Path(__file__).with_name("neo4j-pom.xml")
_REMEDY = (
    "No Neo4j for the tests. Do one of: apt-get install openjdk-17-jre-headless maven · start Docker · "
    "export ZHIZE_TEST_NEO4J_URI=neo4j://host:7687 with ZHIZE_NEO4J_USER and ZHIZE_NEO4J_PASSWORD of a server that may "
    "be emptied."
)
# Most of what tests ask is planned and run once: compiled in haste, a server starts and answers in half the time.
HASTE = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_OPENS = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
# The shell ends Java when its input closes, so the server goes even when the test run is killed.
_GUARD = '"$@" >"$ZHIZE_TEST_NEO4J_LOG" 2>&1 & server=$!; read -r _; kill "$server"; wait "$server"'


class NoServer(Exception):
    """There is no Neo4j and no way to start one; the message is the remedy."""


@dataclass(frozen=True)
class Server:
    """Address and account of a running server. ``password`` is random unless the server was given."""

    uri: str
    user: str
    password: str


@contextlib.contextmanager
def running(given: str = "ZHIZE_TEST_NEO4J_URI", *, java_options: Sequence[str] = ()) -> Iterator[Server]:
    """The server named by the variable ``given``, else one that is started here and stopped and deleted on exit."""
    if uri := os.environ.get(given):
        user, password = os.environ.get("ZHIZE_NEO4J_USER", "neo4j"), os.environ.get("ZHIZE_NEO4J_PASSWORD", "")
        yield Server(uri, user, password)
    elif (java := _java()) and (lib := _jars()):
        with _from_jars(java, lib, java_options) as server:
            yield server
    elif shutil.which("docker") and _succeeds("docker", "info"):
        with _from_docker() as server:
            yield server
    else:
        raise NoServer(_REMEDY)


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _java() -> str | None:
    """The first Java of version 17 or newer: JAVA_HOME, then the path."""
    home = os.environ.get("JAVA_HOME")
    for candidate in (home and str(Path(home, "bin", "java")), shutil.which("java")):
        if candidate and Path(candidate).exists():
            output = subprocess.run([candidate, "-version"], capture_output=True, text=True, check=False).stderr
            if (found := re.search(r'version "(\d+)', output)) and int(found[1]) >= 17:
                return candidate
    return None


def _jars() -> Path | None:
    """The folder of server jars, fetched with Maven when the cache has none; None without Maven or network."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhize" / "neo4j" / VERSION
    lib = cache / "lib"
    if (lib / f"neo4j-{VERSION}.jar").exists():
        return lib
    maven = shutil.which("mvn")
    if maven is None:
        return None
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as fresh:
        fetched = Path(fresh) / "lib"
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={fetched}", "-DincludeScope=runtime"]
        if not _succeeds(maven, "-B", "-q", "-f", str(_POM), *goal):
            return None
        # A rename is one step: two test runs at once cannot see half a folder.
        with contextlib.suppress(OSError):
            fetched.rename(lib)
    return lib


def free_port() -> int:
    """A TCP port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _configuration(bolt: int) -> str:
    return f"""
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{bolt}
server.bolt.advertised_address=127.0.0.1:{bolt}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.heap.initial_size=256m
server.memory.heap.max_size=512m
server.memory.pagecache.size=128m
db.tx_log.rotation.retention_policy=keep_none
"""


@contextlib.contextmanager
def _from_jars(java: str, lib: Path, options: Sequence[str]) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="zhize-neo4j-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        for name in ("conf", "data", "logs", "plugins", "import"):
            (home / name).mkdir()
        bolt, password = free_port(), secrets.token_hex(12)
        (home / "conf" / "neo4j.conf").write_text(_configuration(bolt), encoding="utf-8")
        environment = {**os.environ, "NEO4J_HOME": folder, "NEO4J_CONF": str(home / "conf")}
        environment["ZHIZE_TEST_NEO4J_LOG"] = str(home / "logs" / "console.log")
        base = [java, *options, "-cp", f"{lib}/*"]
        admin = [*base, "org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", password]
        subprocess.run(admin, env=environment, check=True, capture_output=True)
        opens = [f"--add-opens={module}=ALL-UNNAMED" for module in _OPENS]
        entry = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
        command = [java, *options, "-Xms256m", "-Xmx512m", *opens, "-cp", f"{lib}/*", *entry]
        guard = subprocess.Popen(["sh", "-c", _GUARD, "sh", *command], stdin=subprocess.PIPE, env=environment)
        try:
            server = Server(f"neo4j://127.0.0.1:{bolt}", "neo4j", password)
            _wait(server, guard, home / "logs" / "console.log")
            yield server
        finally:
            assert guard.stdin is not None
            guard.stdin.close()
            guard.wait(timeout=60)


@contextlib.contextmanager
def _from_docker() -> Iterator[Server]:
    bolt, password = free_port(), secrets.token_hex(12)
    command = ["docker", "run", "--rm", "--detach", f"--publish=127.0.0.1:{bolt}:7687"]
    settings = [f"--env=NEO4J_AUTH=neo4j/{password}", f"--env=NEO4J_server_bolt_advertised__address=127.0.0.1:{bolt}"]
    image = f"neo4j:{VERSION}-community"
    container = subprocess.run([*command, *settings, image], capture_output=True, text=True, check=True).stdout.strip()
    try:
        server = Server(f"neo4j://127.0.0.1:{bolt}", "neo4j", password)
        _wait(server, None, None)
        yield server
    finally:
        subprocess.run(["docker", "stop", container], capture_output=True, check=True)


def _wait(server: Server, process: subprocess.Popen[bytes] | None, log: Path | None) -> None:
    """Until the server answers a query; raises NoServer with the end of its log when it does not."""
    from neo4j import GraphDatabase
    from neo4j.exceptions import Neo4jError, ServiceUnavailable

    deadline = time.monotonic() + START_SECONDS
    address = urlsplit(server.uri)
    while time.monotonic() < deadline and (process is None or process.poll() is None):
        with contextlib.suppress(ServiceUnavailable, Neo4jError, OSError):
            # The port first: the driver logs a warning for every refused connection.
            socket.create_connection((address.hostname, address.port or 7687), timeout=1).close()
            with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
                driver.verify_connectivity()
                return
        time.sleep(0.3)
    tail = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log and log.exists() else ""
    raise NoServer(f"Neo4j {VERSION} did not start within {START_SECONDS} s. End of its log:\n{tail}")


if __name__ == "__main__":
    with running() as started:
        print(f"export ZHIZE_TEST_NEO4J_URI={started.uri} ZHIZE_STORE={started.uri}")
        print(f"export ZHIZE_NEO4J_USER={started.user} ZHIZE_NEO4J_PASSWORD={started.password}", flush=True)
        sys.stdin.read()
