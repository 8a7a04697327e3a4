"""A million PHQ-9 and a million PCL-5 beside BioPsyKit and plain pandas: one run, equal answers, one core."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.peers import peer_python
from kap.instruments.columns import ColumnScores, score_columns
from kap.instruments.columns.result import Named, Yes
from kap.instruments.shelf import instrument

ROWS = 1_000_000
SEED = 20261121
TIMES = 9
AIM_PER_SECOND = 5_000_000
AIM_RATIO = 10
# Every library may thread its arithmetic; the aim is about one core.
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def run(as_json: bool) -> None:
    """Score the same million forms three ways and compare every answer."""
    python = peer_python("biopsykit==0.14.0")
    with tempfile.TemporaryDirectory(prefix="kap-bench-") as folder:
        forms = _forms(Path(folder))
        seconds: dict[str, float] = {}
        seconds["phq9 OpenKAP"], phq9 = _best_of(lambda: _phq9(forms, derive=False))
        seconds["phq9 OpenKAP, all"], _ = _best_of(lambda: _phq9(forms, derive=True))
        seconds["pcl5 OpenKAP"], pcl5 = _best_of(lambda: score_columns(instrument("pcl5"), forms["pcl5"]))
        peer = subprocess.run(
            [str(python), str(Path(__file__).with_name("score_peer.py")), folder],
            check=True, capture_output=True, text=True, env={**os.environ, **ONE_CORE, "PYTHONPATH": ""},
        )  # fmt: skip
        seconds |= json.loads(peer.stdout.splitlines()[-1])
        with np.load(Path(folder) / "peers.npz") as theirs:
            equal = _equal(phq9, pcl5, theirs)
    _tell(seconds, equal, as_json)
    if not all(equal.values()):
        sys.exit(1)


def _forms(folder: Path) -> dict[str, dict[str, Any]]:
    """Complete forms as whole numbers of eight bytes, as a data frame holds them; one column an item."""
    chance = np.random.default_rng(SEED)
    forms = {}
    for name, items, answers in (("phq9", 9, 4), ("pcl5", 20, 5)):
        made = chance.integers(0, answers, (ROWS, items), dtype=np.int64)
        np.save(folder / f"{name}.npy", made)
        forms[name] = {str(at + 1): np.ascontiguousarray(made[:, at]) for at in range(items)}
    return forms


def _phq9(forms: dict[str, dict[str, Any]], *, derive: bool) -> ColumnScores:
    return score_columns(instrument("phq9"), forms["phq9"], derive=derive)


def _best_of(make: Callable[[], ColumnScores]) -> tuple[float, ColumnScores]:
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        made = make()
        took.append(time.process_time() - began)
    return min(took), made


def _equal(phq9: ColumnScores, pcl5: ColumnScores, theirs: Any) -> dict[str, bool]:
    provisional = pcl5.derived["provisional_ptsd"]
    assert phq9.total is not None
    assert pcl5.total is not None
    assert isinstance(phq9.band, Named)
    assert isinstance(provisional, Yes)
    return {
        "phq9 total, BioPsyKit": bool(np.array_equal(phq9.total, theirs["biopsykit"])),
        "phq9 total, pandas": bool(np.array_equal(phq9.total, theirs["total"])),
        "phq9 band, pandas": bool(np.array_equal(phq9.band.at, theirs["band"])),
        "phq9 item 9, pandas": bool(np.array_equal(phq9.safety["9"].at >= 0, theirs["flag"])),
        "pcl5 total, pandas": bool(np.array_equal(pcl5.total, theirs["pcl5"])),
        "pcl5 provisional diagnosis, pandas": bool(
            np.array_equal(provisional.at == 1, theirs["provisional"])
        ),
    }


def _tell(seconds: dict[str, float], equal: dict[str, bool], as_json: bool) -> None:
    ratios = {
        f"{form} against {peer}": seconds[f"{form} {peer}"] / seconds[f"{form} OpenKAP"]
        for form, peer in (("phq9", "BioPsyKit"), ("phq9", "pandas"), ("pcl5", "pandas"))
    }
    rates = {name: ROWS / took for name, took in seconds.items()}
    if as_json:
        print(json.dumps({"schema": "openkap.bench/1", "rows": ROWS, "per_second": rates, "ratios": ratios,
                          "equal": equal}, indent=2))  # fmt: skip
        return
    print(f"{ROWS:,} complete forms of 64-bit numbers, processor seconds of one core, best of nine:\n")
    for name, rate in rates.items():
        print(f"  {name:<18} {seconds[name]:8.3f} s   {rate / 1e6:8.1f} million a second")
    print()
    for name, ratio in ratios.items():
        print(f"  {name:<24} {ratio:6.1f} x   (aim {AIM_RATIO} x)")
    print()
    for name, is_equal in equal.items():
        print(f"  {name:<36} {'equal' if is_equal else 'DIFFERENT'}")
    print(f"\n  aim: {AIM_PER_SECOND / 1e6:.0f} million PHQ-9 a second")
    print(
        "  OpenKAP's PHQ-9 is total, band, item 9 and completeness; all adds the diagnostic criteria. pandas'"
    )
    print("  is total, band and item 9; BioPsyKit's only the total. The PCL-5 holds clusters and diagnosis.")
