"""The repository keeps its own promises."""

from pathlib import Path

import pytest

from kap_cli.checkout import Checkout
from kap_cli.promises.every import PROMISES
from kap_cli.promises.promise import Promise

HERE = Checkout(Path(__file__).parents[2])


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.name)
def test_the_repository_keeps_its_promise(promise: Promise) -> None:
    assert promise.broken(HERE) == [], f"{promise.sentence} {promise.mend}"


def test_every_promise_says_what_it_is_and_how_to_mend_it() -> None:
    assert len({promise.name for promise in PROMISES}) == len(PROMISES)
    assert [promise.name for promise in PROMISES if not (promise.sentence and promise.mend)] == []
