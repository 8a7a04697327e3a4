"""Scores the same forms with BioPsyKit and with plain pandas; run by the peers' own Python, not by ours."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from biopsykit.questionnaires import phq

PHQ9_BANDS = [-1, 4, 9, 14, 19, 27]


def best_of(times, make):
    """Processor seconds of the quickest run, and its result."""
    quickest, made = None, None
    for _ in range(times):
        began = time.process_time()
        made = make()
        took = time.process_time() - began
        quickest = took if quickest is None else min(quickest, took)
    return quickest, made


def plain_phq9(frame):
    """Total, band and the flag of item 9, as anybody would write it."""
    total = frame.sum(axis=1)
    return total, pd.cut(total, PHQ9_BANDS, labels=False), frame["9"] >= 1


def plain_pcl5(frame):
    """Total, four clusters and the provisional diagnosis."""
    total = frame.sum(axis=1)
    clusters = [
        [str(item) for item in range(first, last + 1)] for first, last in ((1, 5), (6, 7), (8, 14), (15, 20))
    ]
    sums = [frame[items].sum(axis=1) for items in clusters]
    met = [
        (frame[items] >= 2).sum(axis=1) >= least for items, least in zip(clusters, (1, 1, 2, 2), strict=True)
    ]
    return total, sums, met[0] & met[1] & met[2] & met[3]


def main(folder):
    """Score both files of a folder, write what came out, and print the seconds."""
    frames = {}
    for name in ("phq9", "pcl5"):
        answers = np.load(folder / f"{name}.npy")
        frames[name] = pd.DataFrame(answers, columns=[str(at) for at in range(1, answers.shape[1] + 1)])
    seconds = {}
    seconds["phq9 BioPsyKit"], theirs = best_of(9, lambda: phq(frames["phq9"]))
    seconds["phq9 pandas"], (total, band, flag) = best_of(9, lambda: plain_phq9(frames["phq9"]))
    seconds["pcl5 pandas"], (sums, _, provisional) = best_of(9, lambda: plain_pcl5(frames["pcl5"]))
    np.savez(
        folder / "peers.npz",
        biopsykit=theirs.iloc[:, 0].to_numpy(),
        total=total.to_numpy(),
        band=band.to_numpy(),
        flag=flag.to_numpy(),
        pcl5=sums.to_numpy(),
        provisional=provisional.to_numpy(),
    )
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
