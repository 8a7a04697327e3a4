"""`kap check`: whether the repository keeps its promises, one line each."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console

from kap.vocabulary.errors import InputError, KapError
from kap_cli.checkout import Checkout, checkout_root
from kap_cli.promises.every import PROMISES
from kap_cli.promises.promise import Promise


def check(
    names: Annotated[list[str] | None, typer.Argument(help="Only these promises; all without.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.check/1.")] = False,
) -> None:
    """Check lint, types, contracts, sizes, bands, words, sources, documents and locks."""
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


def answer_of(promise: Promise, checkout: Checkout) -> dict[str, Any]:
    """Says whether one promise is kept, and where it is not; one that cannot be asked is not kept."""
    try:
        broken = promise.broken(checkout)
    except KapError as error:
        broken = [str(error)]
    said = {"name": promise.name, "sentence": promise.sentence, "mend": promise.mend}
    return {**said, "ok": not broken, "broken": broken}


def _told(answer: dict[str, Any]) -> str:
    first = f"{'ok   ' if answer['ok'] else 'WRONG'}  {answer['name']:<11} {answer['sentence']}"
    if answer["ok"]:
        return first
    return "\n".join(
        [first, *(f"       {place}" for place in answer["broken"]), f"       → {answer['mend']}"]
    )
