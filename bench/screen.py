"""Clients screened a second beside cql-execution and zen-engine, equal answers; records imported a second.

The peers carry eleven of the rules. OpenKAP takes its turns with the same eleven, and once more with all.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

from bench.imported import Imported, imported_kinds
from bench.peers import peer_python
from bench.screen_peers.clients import ON, PARAMETERS, asked_about_suicide, folder_of, invented
from bench.screen_peers.elm import library
from bench.screen_peers.jdm import graph
from bench.screen_peers.packages import node_packages
from bench.screen_peers.rules import definitions
from bench.screen_peers.running import Peer, given_to, started
from bench.screen_peers.tables import TABLES
from kap.screening.record import PersonRecord
from kap.screening.registry import RULES, Rulebook, packaged_rulebook
from kap.screening.screening import Screening, Treatment, screen
from kap.vocabulary.findings import Verdict
from kap_cli.screen import answer_of

CLIENTS = int(os.environ.get("KAP_BENCH_CLIENTS", "5000"))
SEED = 20261121
TIMES = 5
AIM_PER_SECOND = 5_000
BEFORE_THE_PEERS = 3  # rows of our own
PEERS = Path(__file__).with_name("screen_peers")
ZEN = "zen-engine==2.1.3"
PEER_NAMES = ("cql-execution", "zen-engine")
NOTES = """\
  Findings are verdict, reason, facts, source, scope, way out and what would change it; neither peer carries
  them through its rules, so both say the verdict alone. Both were given what makes them quicker: facts
  already sorted by concept, days as whole numbers, and zen-engine all clients in one batch. OpenKAP starts
  from a list of facts with their dates, and sorts them itself. Reading a file is in no row. Seconds are of
  the processor; the engines take turns, and a ratio is the middle one of the rounds."""
Verdicts = dict[str, str]


@dataclass(frozen=True)
class Engine:
    """What one engine says about every client, how much it says, and the seconds of each of its turns."""

    name: str
    says: str
    seconds: list[float]
    verdicts: list[Verdicts]

    @property
    def per_second(self) -> float:
        """Clients a second in its quickest turn."""
        return CLIENTS / min(self.seconds)

    def times_as_slow_as(self, other: Engine) -> float:
        """Return the middle of the ratios, round by round: neighbors in time share the machine alike."""
        return median(own / theirs for own, theirs in zip(self.seconds, other.seconds, strict=True))


def run(as_json: bool) -> None:
    """Screen the same clients in three engines, compare every verdict, then import into a real database."""
    people = invented(CLIENTS, SEED)
    with on_one_core(), tempfile.TemporaryDirectory(prefix="kap-bench-") as folder:
        engines = _taken_in_turns(people, Path(folder))
    differ = {one.name: unequal(engines[0], one) for one in engines[BEFORE_THE_PEERS:]}
    imported = imported_kinds()
    (_tell_json if as_json else _tell)(engines, differ, imported)
    if any(differ.values()):
        sys.exit(1)


@contextmanager
def on_one_core() -> Iterator[None]:
    """Keep this process, and every one it starts, on one core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _taken_in_turns(people: list[PersonRecord], folder: Path) -> list[Engine]:
    """Let each engine answer about everybody, one after the other, as many rounds as asked."""
    same, whole = rules_of_the_peers(), asked_about_suicide(people, SEED)
    verdicts = [_worst_of_each(screen(one, Treatment(), ON, rulebook=same)) for one in people]
    with _peers(people, folder) as (cql, zen):
        turns = (
            lambda: _found(people, same), lambda: _found(whole, packaged_rulebook()),
            lambda: _written(whole), cql.turn, zen.turn,
        )  # fmt: skip
        rounds = [[turn() for turn in turns] for _ in range(TIMES)]
        ours, all_rules, written, by_cql, by_zen = ([one[at] for one in rounds] for at in range(len(turns)))
        return [
            Engine("OpenKAP", f"full findings, {len(TABLES)} rules", ours, verdicts),
            Engine("OpenKAP, all", f"full findings, {len(RULES)} rules", all_rules, verdicts),
            Engine("OpenKAP, written", f"as openkap.screen/1, {len(RULES)} rules", written, verdicts),
            Engine("cql-execution", "verdict only", by_cql, cql.verdicts()),
            Engine("zen-engine", "verdict only", by_zen, zen.verdicts()),
        ]


def rules_of_the_peers() -> Rulebook:
    """Return our rulebook with the rules the peers carry, and no others."""
    book, carried = packaged_rulebook(), {table.rule for table in TABLES}
    return replace(book, entries=tuple(entry for entry in book.entries if entry[0].id in carried))


def _found(people: list[PersonRecord], rulebook: Rulebook) -> float:
    treatment, began = Treatment(), time.process_time()
    for person in people:
        screen(person, treatment, ON, rulebook=rulebook)
    return time.process_time() - began


def _written(people: list[PersonRecord]) -> float:
    treatment, began = Treatment(), time.process_time()
    for person in people:
        json.dumps(answer_of(screen(person, treatment, ON), is_one_of_several=True))
    return time.process_time() - began


def _worst_of_each(screening: Screening) -> Verdicts:
    said: dict[str, list[Verdict]] = {}
    for finding in screening.findings:
        said.setdefault(finding.rule, []).append(finding.verdict)
    return {rule: Verdict.worst(verdicts).value for rule, verdicts in said.items()}


@contextmanager
def _peers(people: list[PersonRecord], folder: Path) -> Iterator[tuple[Peer, Peer]]:
    _tell_peers(people, folder)
    node = ["node", str(PEERS / "cql_peer.cjs"), str(node_packages())]
    python = [str(peer_python(ZEN)), str(PEERS / "zen_peer.py")]
    with started("cql", node, folder) as cql, started("zen", python, folder) as zen:
        yield cql, zen


def _tell_peers(people: list[PersonRecord], folder: Path) -> None:
    # Written before anybody's turn and then let go, so that OpenKAP carries no second copy of the clients.
    shared = {"parameters": PARAMETERS, "clients": [folder_of(one) for one in people]}
    defined = definitions()
    rules = {"library": library(defined, TABLES, tuple(PARAMETERS)), "graph": graph(defined, TABLES)}
    for name in ("cql", "zen"):
        given_to(name, folder).write_text(json.dumps({**shared, **rules}))


def unequal(ours: Engine, theirs: Engine) -> dict[str, int]:
    """Count under each rule the clients of whom two engines do not say the same."""
    found: dict[str, int] = {}
    for our, their in zip(ours.verdicts, theirs.verdicts, strict=True):
        for rule in our.keys() | their.keys():
            if our.get(rule) != their.get(rule):
                found[rule] = found.get(rule, 0) + 1
    return found


def _tell_json(engines: list[Engine], differ: dict[str, dict[str, int]], imported: list[Imported]) -> None:
    told = [
        {"engine": one.name, "says": one.says, "seconds": one.seconds, "per_second": one.per_second}
        for one in engines
    ]
    ratios = {one.name: one.times_as_slow_as(engines[0]) for one in engines[BEFORE_THE_PEERS:]}
    rows = [
        {**asdict(one), "per_second": one.per_second, "per_processor_second": one.per_processor_second}
        for one in imported
    ]
    answer = {"schema": "openkap.bench/1", "name": "screen", "clients": CLIENTS, "rules": len(RULES)}
    answer["compared_rules"] = len(TABLES)
    found = {"engines": told, "ratios": ratios, "unequal": differ, "imported": rows}
    print(json.dumps({**answer, **found}, indent=2))


def _tell(engines: list[Engine], differ: dict[str, dict[str, int]], imported: list[Imported]) -> None:
    print(f"{CLIENTS:,} invented clients, one core, the best of {TIMES} turns:\n")
    for one in engines:
        ratio = (
            f"OpenKAP is {one.times_as_slow_as(engines[0]):.1f} x as fast" if one.name in PEER_NAMES else ""
        )
        print(f"  {one.name:<18}{one.per_second:>8,.0f} clients a second   {one.says:<34}{ratio}")
    print(f"\n  aim: {AIM_PER_SECOND:,} clients a second with full findings, and faster than both\n")
    for name, rules in differ.items():
        said = "equal in every rule of every client" if not rules else f"DIFFERENT: {rules}"
        print(f"  {name:<18}{said}")
    print(f"\n{NOTES}\n")
    print("Imported through the real database, one process, one file after another:\n")
    heads = ("files", "resources", "facts", "seconds", "own CPU", "database CPU", "a second", "a CPU second")
    print(f"  {'':<29}", *(f"{head:>{len(head) + 1}}" for head in heads))
    for row in imported:
        cells = (
            f"{row.files}", f"{row.resources:,}", f"{row.facts:,}", f"{row.seconds:.2f}",
            f"{row.own_seconds:.2f}", f"{row.database_seconds:.2f}", f"{row.per_second:,.0f}",
            f"{row.per_processor_second:,.0f}",
        )  # fmt: skip
        aligned = (f"{cell:>{len(head) + 1}}" for cell, head in zip(cells, heads, strict=True))
        print(f"  {row.kind:<29}", *aligned)
    print(f"\n  aim: {AIM_PER_SECOND:,} resources a second; a CPU second is both processes' together")
