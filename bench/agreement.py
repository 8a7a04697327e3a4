"""Random forms of an instrument beside every other implementation we could run: equal, or explained."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.peers import peer_python
from kap.instruments.answering import Clock, Range
from kap.instruments.definition import Item
from kap.instruments.documents import score_document
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument

FORMS = 10_000
SEED = 20261121
OLD_BUILDS = "setuptools<80"
PEERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "clincalc": ("clincalc==0.4.0", ("phq9", "gad7", "audit", "audit-c")),
    "hippocrates": ("hippocrates==0.4.0", ("phq9", "phq2", "gad7", "gad2")),
    "biopsykit": ("biopsykit==0.14.0", ("psqi",)),
    "camcops": (
        "camcops-server==2.4.24",
        ("phq9", "gad7", "pcl5", "audit", "audit-c", "hamd17", "ybocs", "wsas", "bprs"),
    ),
}


def run(as_json: bool) -> None:
    """Fill in the same forms here and there and count where the answers differ."""
    chance = random.Random(SEED)
    rows = []
    for peer, (package, names) in PEERS.items():
        python = peer_python(package, constraint=OLD_BUILDS)
        forms = {name: [_form(name, chance) for _ in range(FORMS)] for name in names}
        theirs = _scored_by(peer, python, forms)
        for name in names:
            unequal = _unequal(name, forms[name], theirs[name])
            explained = sum(_is_known_difference(name, form) for form in unequal)
            rows.append((peer, package, name, len(forms[name]), len(unequal), explained))
    _tell(rows, as_json)
    if any(unequal > explained for *_, unequal, explained in rows):
        sys.exit(1)


def _form(name: str, chance: random.Random) -> list[Any]:
    return [_answer(item, chance) for item in instrument(name).items if item.is_needed]


def _answer(item: Item, chance: random.Random) -> Any:
    kind = item.kind
    if isinstance(kind, Clock):
        hours = (21, 22, 23, 0, 1) if item.id == "1" else (5, 6, 7, 8, 9)
        return f"{chance.choice(hours):02}:{chance.choice((0, 15, 30, 45)):02}"
    if isinstance(kind, Range):
        if item.id == "4" and kind.step < 1:
            return chance.randrange(3, 10)  # BioPsyKit reads whole hours only
        if item.id == "2" and kind.highest > 1000:
            return chance.randrange(1, 120)
        return int(kind.lowest + kind.step * chance.randint(0, int((kind.highest - kind.lowest) / kind.step)))
    return chance.choice(range(int(kind.lowest), int(kind.highest) + 1))


def _scored_by(peer: str, python: Path, forms: dict[str, list[list[Any]]]) -> dict[str, list[dict[str, Any]]]:
    told = subprocess.run(
        [str(python), str(Path(__file__).with_name("agreement_peer.py")), peer],
        input=json.dumps(forms), check=True, capture_output=True, text=True,
    )  # fmt: skip
    scored: dict[str, list[dict[str, Any]]] = json.loads(told.stdout.splitlines()[-1])["scored"]
    return scored


def _unequal(name: str, forms: list[list[Any]], theirs: list[dict[str, Any]]) -> list[list[Any]]:
    definition = instrument(name)
    ids = [item.id for item in definition.items if item.is_needed]
    found = []
    for form, their in zip(forms, theirs, strict=True):
        made = score_document(score(definition, dict(zip(ids, form, strict=True))))
        ours = {"total": made["total"], **made["subscales"], **made["derived"]}
        if any(ours[key] != value for key, value in their.items()):
            found.append(form)
    return found


def _is_known_difference(name: str, form: list[Any]) -> bool:
    known = KNOWN.get(name)
    return known is not None and known(form)


def _psqi_rounding(form: list[Any]) -> bool:
    """BioPsyKit rounds the efficiency to a whole percent first, and grades six hours as under six."""
    bed, rise = ([int(part) for part in form[at].split(":")] for at in (0, 2))
    in_bed = (rise[0] * 60 + rise[1] - bed[0] * 60 - bed[1]) % 1440
    percent = Decimal(str(form[3])) * 6000 / in_bed
    return form[3] == 6 or any(limit - 1 < percent < limit for limit in (85, 75, 65))


KNOWN: dict[str, Callable[[list[Any]], bool]] = {"psqi": _psqi_rounding}


def _tell(rows: list[tuple[str, str, str, int, int, int]], as_json: bool) -> None:
    if as_json:
        keys = ("peer", "package", "instrument", "forms", "unequal", "explained")
        listed = [dict(zip(keys, row, strict=True)) for row in rows]
        print(json.dumps({"schema": "openkap.bench/1", "agreement": listed}, indent=2))
        return
    for _, package, name, forms, unequal, explained in rows:
        verdict = "equal" if not unequal else f"{unequal} differ, {explained} by its known rounding"
        print(f"  {package:<24} {name:<10} {forms:>7,} forms   {verdict}")
