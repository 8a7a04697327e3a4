"""The sealer: cheap, killed at any moment, never alone on its trail, always caught up in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.db import connections
from tests.clones import urls_of

from kap_clinic.audit import reading, store
from kap_clinic.audit.entries import fast_canonical_text
from kap_clinic.audit.sealer import BATCH, Sealer, catch_up_heads, seal_batch

pytestmark = pytest.mark.database

HAND = """
import sys, django
django.setup()
from pathlib import Path
from kap_clinic.audit import sealer
sealer.BATCH = 7
sealer.seal_batch.__defaults__ = (None, 7)
made = sealer.Sealer(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    made._ticks = max(made._ticks, 0)
    made.tick()
"""


def sealer_process(chain):
    """Start a sealer of its own process that seals in batches of seven without a pause."""
    told = {**os.environ, **urls_of(chain.clinic.cluster, chain.clinic.database), "PYTHONPATH": "src"}
    running = subprocess.Popen(
        [sys.executable, "-c", HAND, str(chain.folder)], env=told, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout.readline() == "ready\n"
    return running


def write_many(chain, count):
    try:
        chain.fill(count)
    finally:
        connections.close_all()


def test_sealing_leaves_no_row_in_the_trail_it_seals(chain):
    assert chain.seal() == 0
    assert chain.proof().unsealed == 0


def test_an_entry_that_commits_late_is_sealed_later(chain):
    chain.tamper(
        "INSERT INTO audit_entry (id, organization_id, action, outcome, actor_id, actor_kind, actor_program, "
        "subjects, why, recorded_at) SELECT gen_random_uuid(), organization_id, 'test.late', outcome, "
        "actor_id, actor_kind, actor_program, subjects, why, recorded_at - interval '2 days' "
        "FROM audit_entry LIMIT 1"
    )
    assert seal_batch(chain.house.id, timedelta(seconds=30)) == (0, None)
    count, head = seal_batch(chain.house.id)
    assert (count, head.number) == (1, 10)


def test_two_sealers_never_seal_one_chain_at_once(chain):
    chain.fill(2)
    taken, release = threading.Event(), threading.Event()

    def other_sealer():
        with chain.house.acting(action="audit.seal"):
            assert store.may_seal(chain.house.id)
            taken.set()
            release.wait(20)
        connections.close_all()

    other = threading.Thread(target=other_sealer)
    other.start()
    taken.wait(20)
    assert seal_batch(chain.house.id) == (0, None)
    release.set()
    other.join()
    assert seal_batch(chain.house.id)[0] == 2


def test_a_batch_is_never_larger_than_its_limit_and_the_rest_follows(chain):
    chain.fill(5)
    assert [seal_batch(chain.house.id, None, 2)[0] for _ in range(4)] == [2, 2, 1, 0]
    assert BATCH >= 1000


def test_a_sealer_killed_before_it_wrote_the_file_adds_the_one_head_that_is_missing(chain):
    chain.fill(1)
    seal_batch(chain.house.id)
    assert chain.proof().is_intact
    assert catch_up_heads(chain.folder) == 1
    assert catch_up_heads(chain.folder) == 0
    assert chain.proof().is_intact


def test_more_than_one_missing_head_is_not_mended_in_silence(chain):
    for _ in range(2):
        chain.fill(1)
        seal_batch(chain.house.id)
    assert catch_up_heads(chain.folder) == 0
    assert [one.kind for one in chain.proof().problems] == ["heads file cut"]


def test_a_full_disk_keeps_the_head_for_later(chain):
    sealer = Sealer(chain.folder)
    chain.fill(1)
    lock = chain.heads.with_suffix(".lock")
    lock.unlink()
    lock.mkdir()
    with pytest.raises(OSError, match="directory"):
        sealer.seal_all(chain.house.id)
    lock.rmdir()
    chain.fill(1)
    assert sealer.seal_all(chain.house.id) == 1
    assert chain.proof().is_intact
    assert chain.proof().heads == 5


def test_killed_at_any_moment_under_writers_it_seals_each_entry_once(chain):
    writers = [threading.Thread(target=write_many, args=(chain, 60)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for _ in range(5):
        running = sealer_process(chain)
        time.sleep(0.4)
        running.send_signal(signal.SIGKILL)
        running.wait()
    for writer in writers:
        writer.join()
    while chain.seal():
        pass
    proof = chain.proof()
    assert (proof.problems, proof.sealed, proof.unsealed) == ((), 9 + 240, 0)


def test_sealers_in_two_processes_share_the_work_and_break_nothing(chain):
    both = [sealer_process(chain) for _ in range(2)]
    chain.fill(60)
    while chain.proof().unsealed:
        time.sleep(0.05)
    for running in both:
        running.kill()
        running.wait()
    chain.seal()
    proof = chain.proof()
    assert (proof.problems, proof.sealed) == ((), 69)


def test_what_is_sealed_is_the_canonical_text_of_the_core():
    from kap.histories.chain import canonical_text

    hard = {
        "why": 'a"b\\c\n\t\x00\x1f\x7f é 漢 😀 / \u2028',
        "id": "",
        "subjects": ["b", "a"],
        "action": "<&>",
    }
    assert fast_canonical_text(hard) == canonical_text(hard)


def test_an_idle_look_asks_the_database_little(chain, django_queries):
    sealer = Sealer(chain.folder)
    sealer.tick()
    with django_queries() as seen:
        sealer.tick()
    # The list of organizations; then begin, tenant, lock, look, commit.
    assert len(seen) <= 6


def test_every_organization_is_visited(chain):
    other = chain.clinic.organization("Other")
    chain.seal()
    for house in (chain.house, other):
        with house.acting(action="audit.seal"):
            assert reading.unsealed_tail(reading.read, house.id)[0] == 0
