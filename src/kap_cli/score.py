"""`kap score`: what a file of answers scores under one instrument."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer

from kap.instruments.definition import Instrument
from kap.instruments.documents import score_document
from kap.instruments.scoring import TOTAL, Score
from kap.instruments.scoring import score as score_of
from kap.instruments.shelf import instrument
from kap.instruments.site import with_tables
from kap.vocabulary.errors import InputError
from kap.vocabulary.sentences import sentence
from kap_fhir.questionnaires import answers_from


def score(
    instrument_id: Annotated[str, typer.Argument(metavar="ID", help="Which instrument; ./kap instruments.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON, a FHIR response, or CSV.")],
    tables: Annotated[Path | None, typer.Option(help="The site's own T-score tables, as YAML.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.score/1.")] = False,
) -> None:
    """Score answers: {"1": 2, ...}, a FHIR QuestionnaireResponse, or CSV with columns 1, 2, ...

    A blank answer is missing and never zero. CSV gives one line a row, in row order.
    """
    definition = instrument(instrument_id)
    if tables is not None:
        definition = with_tables(definition, tables.name, text_of(tables))
    # Everything is scored before anything is said: a bad row must not leave half an answer behind.
    scores = list(_scores(definition, text_of(file)))
    for number, made in enumerate(scores, start=1):
        told = (
            json.dumps(score_document(made)) if as_json else _in_words(definition, made, number, len(scores))
        )
        print(told)


def text_of(file: Path) -> str:
    """The text of a file somebody named.

    Raises: InputError when it cannot be read or is no UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise InputError(f"{file.name} is not UTF-8 text: save it as UTF-8 and try again.") from wrong
    except OSError as wrong:
        raise InputError(f"{file.name} cannot be read ({wrong.strerror}): check the path.") from wrong


def _scores(definition: Instrument, text: str) -> Iterator[Score]:
    if not text.lstrip().startswith(("{", "[")):
        yield from _scores_of_table(definition, text)
        return
    document = _json(text)
    if not isinstance(document, dict):
        raise InputError("Give one object of answers by item id, a QuestionnaireResponse, or CSV.")
    if "resourceType" not in document:
        yield score_of(definition, document)
        return
    read = answers_from(document, definition)
    made = score_of(definition, read.answers)
    notes = [sentence("Not read: item {link} of the response.", link=link) for link in read.unread]
    yield replace(made, notes=(*made.notes, *notes))


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except (ValueError, RecursionError, InvalidOperation) as wrong:
        raise InputError("The file starts like JSON and is not: check it for a missing bracket.") from wrong


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, _ in pairs if [other for other, _ in pairs].count(name) > 1)
        raise InputError(f"{twice[:40]!r} is given twice: give each answer once.")
    return found


def _scores_of_table(definition: Instrument, text: str) -> Iterator[Score]:
    rows = csv.reader(io.StringIO(text))
    header = [name.strip() for name in next(rows, [])]
    known = {name for item in definition.items for name in (item.id, item.label) if name}
    if not known & set(header):
        raise InputError(
            f"The first line must name columns of {definition.key}: {definition.item_ids_in_words()}."
        )
    if twice := next((name for name in header if name in known and header.count(name) > 1), None):
        raise InputError(f"The column {twice!r} is there twice: give each item one column.")
    if others := [name for name in header if name not in known]:
        print(f"Columns that are no item of {definition.key} were not read: {len(others)}.", file=sys.stderr)
    for number, row in enumerate(rows, start=1):
        if not row and len(header) > 1:
            continue
        row = row or [""]  # the only answer of this person was left blank
        if len(row) != len(header):
            raise InputError(
                f"Row {number} has {len(row)} cells, the first line {len(header)}: mend the row."
            )
        answers = {name: cell for name, cell in zip(header, row, strict=True) if name in known}
        try:
            yield score_of(definition, answers)
        except InputError as wrong:
            raise InputError(f"Row {number}: {wrong}") from wrong


def _in_words(definition: Instrument, made: Score, number: int, of: int) -> str:
    document = score_document(made)
    lines = [f"{made.instrument}" + (f", row {number}" if of > 1 else "")]
    total = definition.scoring.scale(TOTAL)
    lines += [f"  total {_worded(document['total'])}"] if total else []
    lines += [f"  band {_worded(made.band)}"] if definition.scoring.triage or (total and total.bands) else []
    for part in ("subscales", "derived"):
        lines += [f"  {name} {_worded(value)}" for name, value in document[part].items()]
    lines += [f"  safety: item {one['item']} is {one['value']}: {one['level']}" for one in document["safety"]]
    lines += [f"  missing: {', '.join(made.missing)}"] if made.missing else []
    return "\n".join([*lines, *(f"  note: {note}" for note in document["notes"])])


def _worded(value: object) -> str:
    if value is None:
        return "not known"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
