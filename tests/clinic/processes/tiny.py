"""A clinic of tiny real programs under the real supervisor, for tests to start and kill."""

import http.server
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from kap.vocabulary.errors import KapError
from kap_clinic.database.account import database_account
from kap_clinic.database.binaries import every_binaries
from kap_clinic.database.cluster import Cluster
from kap_clinic.processes.program import Answers, Beats, Program
from kap_clinic.processes.supervisor import Plan, supervise


class _Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"well")

    def log_message(self, *said):
        """Says nothing."""


def web(port: str) -> None:
    """Like granian: the first process starts a worker, and the worker holds the port."""
    worker = subprocess.Popen([sys.executable, __file__, "web_worker", port])
    signal.signal(signal.SIGTERM, lambda *_: (worker.terminate(), sys.exit(0)))
    print("listening", flush=True)
    worker.wait()


def web_worker(port: str) -> None:
    http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), _Hello).serve_forever()


def beating(file: str, silent: str) -> None:
    """Touches its file until the file `silent` appears; it then still lives and does nothing."""
    while True:
        if not Path(silent).exists():
            Path(file).touch()
        time.sleep(0.05)


def stubborn() -> None:
    """Does not end when it is asked."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("I will not end", flush=True)
    while True:
        time.sleep(1)


def broken() -> None:
    sys.exit("I cannot begin: the drawer is locked.")


def clinic(home: str, port: str, *wanted: str) -> None:
    here, python = Path(home), (sys.executable, __file__)
    beats, silent = str(here / "run" / "beat"), str(here / "run" / "silent")
    programs = {
        "web": Program(name="web", argv=(*python, "web", port), health=Answers("127.0.0.1", int(port), "/")),
        "worker": Program(
            name="worker",
            argv=(*python, "beating", beats, silent),
            health=Beats(Path(beats), within=3),
            asked_every=0.1,
        ),
        "stubborn": Program(name="stubborn", argv=(*python, "stubborn"), grace=0.3),
        "obstinate": Program(name="obstinate", argv=(*python, "stubborn"), grace=600),
        "broken": Program(name="broken", argv=(*python, "broken"), health=Answers("127.0.0.1", 1, "/")),
    }
    cluster = None
    if "database" in wanted:
        cluster = Cluster(here, next(every_binaries()), database_account(), is_durable=False)
    plan = Plan(
        home=here,
        programs=tuple(programs[name] for name in wanted if name != "database"),
        cluster=cluster,
        address="http://localhost:" + port,
        prepare=lambda: print("preparing", flush=True),
        announce=lambda: print("up", os.getpid(), flush=True),
    )
    try:
        supervise(plan, lambda said: print(said, flush=True))
    except KapError as failed:
        sys.exit(str(failed))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
