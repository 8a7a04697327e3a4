"""`kap check`: whether the repository keeps its promises, one line each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kap.vocabulary.errors import InputError

if TYPE_CHECKING:
    from kap_cli.promises.promise import Checkout, Promise


def check(
    names: Annotated[list[str] | None, typer.Argument(help="Only these promises; all without.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.check/1.")] = False,
) -> None:
    """Check lint, types, contracts, sizes, bands, words, sources, documents and locks."""
    from rich.console import Console  # noqa: PLC0415 -- slow import

    from kap_cli.promises.every import PROMISES  # noqa: PLC0415 -- slow import
    from kap_cli.promises.promise import Checkout  # noqa: PLC0415 -- slow import

    known = [promise.name for promise in PROMISES]
    if strange := sorted(set(names or []) - set(known)):
        raise InputError(f"There is no promise called {', '.join(strange)}. There are: {', '.join(known)}.")
    checkout, progress, answers = Checkout(checkout_root()), Console(stderr=True), []
    for promise in PROMISES:
        if names and promise.name not in names:
            continue
        with progress.status(promise.sentence):
            answer = answer_of(promise, checkout)
        answers.append(answer)
        if not as_json:
            print(_told(answer), flush=True)
    is_kept = all(answer["ok"] for answer in answers)
    if as_json:
        print(json.dumps({"schema": "openkap.check/1", "ok": is_kept, "promises": answers}, indent=2))
    raise typer.Exit(0 if is_kept else 1)


def checkout_root() -> Path:
    """Finds the checkout these commands were started from."""
    return Path(__file__).resolve().parents[2]


def answer_of(promise: Promise, checkout: Checkout) -> dict[str, Any]:
    """Says whether one promise is kept, and where it is not."""
    broken = promise.broken(checkout)
    said = {"name": promise.name, "sentence": promise.sentence, "mend": promise.mend}
    return {**said, "ok": not broken, "broken": broken}


def _told(answer: dict[str, Any]) -> str:
    first = f"{'ok   ' if answer['ok'] else 'WRONG'}  {answer['name']:<11} {answer['sentence']}"
    if answer["ok"]:
        return first
    return "\n".join(
        [first, *(f"       {place}" for place in answer["broken"]), f"       → {answer['mend']}"]
    )
