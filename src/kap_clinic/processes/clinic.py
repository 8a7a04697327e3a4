"""The clinic's own processes, as data, and the plan that runs them."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.config.environment import Environment
from kap_clinic.database.cluster import cluster_of
from kap_clinic.processes.heartbeat import heartbeat_file
from kap_clinic.processes.preparing import make_ready
from kap_clinic.processes.program import Answers, Beats, Program
from kap_clinic.processes.supervisor import Plan, supervise
from kap_clinic.processes.watched import Tell


def run_clinic(
    environment: Environment,
    told: Mapping[str, str],
    *,
    tell: Tell,
    announce: Callable[[], None],
    is_synthetic: bool = False,
) -> None:
    """Runs the clinic until somebody asks to stop; `told` is what the command line added to the environment.

    Raises: Refused when it runs already or a port is taken; KapError when something does not start.
    """

    def prepare() -> None:
        for port in (environment.port, environment.stream_port):
            refuse_taken_port(environment.host, port)
        tell("Making the database ready ...")
        make_ready(environment, told, is_synthetic=is_synthetic)

    plan = Plan(
        home=environment.home,
        programs=programs_of(environment, told),
        cluster=None if environment.database else cluster_of(environment),
        address=environment.origin,
        prepare=prepare,
        announce=announce,
    )
    supervise(plan, tell)


def programs_of(environment: Environment, told: Mapping[str, str]) -> tuple[Program, ...]:
    """Lists the programs of the clinic in the order they start."""
    worker = Program(
        name="worker",
        argv=(sys.executable, "-m", "kap_clinic.worker"),
        health=Beats(heartbeat_file(environment.home)),
        environment=told,
    )
    web = _served(environment, told, "web", environment.port, "/health", "kap_clinic.config.wsgi:application")
    stream = _served(
        environment,
        told,
        "stream",
        environment.stream_port,
        "/stream/health",
        "kap_clinic.stream.app:application",
    )
    return (web, stream, worker)


def refuse_taken_port(host: str, port: int) -> None:
    """Refuses a port another program listens on; the web server itself would share it in silence.

    Raises: Refused.
    """
    if is_port_free(host, port):
        return
    raise Refused(
        sentence(
            "Port {port} is used by another program. Stop that program, or choose others with --port and "
            "--stream-port.",
            port=port,
        )
    )


def is_port_free(host: str, port: int) -> bool:
    """Says whether nobody listens on a port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((_numeric(host), port))
        except OSError as failed:
            return failed.errno not in (errno.EADDRINUSE, errno.EACCES)
    return True


def _served(
    environment: Environment, told: Mapping[str, str], name: str, port: int, path: str, application: str
) -> Program:
    # Pages over WSGI by as many workers as cores; the stream is one process that waits for the database.
    interface = ["wsgi", "--blocking-threads", "2"] if name == "web" else ["asgi"]
    workers = environment.workers if name == "web" else 1
    tls = [f"--ssl-certificate={environment.tls_certificate}", f"--ssl-keyfile={environment.tls_key}"]
    argv = (
        *(sys.executable, "-m", "granian", "--interface", *interface),
        *(f"--host={_numeric(environment.host)}", f"--port={port}", f"--workers={workers}"),
        *("--no-ws", "--log-level=warning", "--no-access-log"),
        *("--respawn-failed-workers", "--respawn-interval=0.5", "--workers-kill-timeout=5"),
        *(tls if environment.has_tls else []),
        application,
    )
    asked_as = urlsplit(environment.origin).hostname or "localhost"
    health = Answers(_reached_at(environment.host), port, path, asked_as, environment.has_tls)
    return Program(name=name, argv=argv, health=health, environment=told)


def _numeric(host: str) -> str:
    return "127.0.0.1" if host == "localhost" else host


def _reached_at(host: str) -> str:
    try:
        address = ipaddress.ip_address(_numeric(host))
    except ValueError:
        return host
    if not address.is_unspecified:
        return str(address)
    return "::1" if address.version == 6 else "127.0.0.1"
