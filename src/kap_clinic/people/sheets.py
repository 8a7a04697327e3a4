"""A sheet of people as CSV, one row a person, told as the FHIR it means so that one reader reads both."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kap.screening.record import NotUnderstood
from kap.vocabulary.errors import InputError
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.names import fold

COLUMNS = (
    "id", "name", "birth_date", "sex", "language", "phone", "email", "address", "conditions", "medications",
    "allergies",
)  # fmt: skip
_ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
_CODE = re.compile(r"[A-Z]\d[0-9AB](\.[0-9A-Z]{1,4})?")
_MOST_ROWS = 20_000

_NO_COLUMN = sentence("The sheet has a column OpenKAP does not read.")


def is_sheet(content: bytes) -> bool:
    """Say whether a file is a sheet: text whose first line names a column "name"."""
    first = content[:4000].removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    names = re.split(rb"[,;\t]", first.strip().lower().replace(b'"', b""))
    return b"name" in [name.strip() for name in names]


def bundle_of(content: bytes) -> tuple[bytes, tuple[NotUnderstood, ...]]:
    """Return the rows as a FHIR Bundle, and the cells of columns nobody reads.

    Raises: InputError with the number of the row that cannot be read.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise InputError("The sheet is not text in UTF-8: save it as CSV UTF-8 and send it again.") from wrong
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=False))
    header = [name.strip().lower().replace(" ", "_") for name in rows[0]]
    if len(rows) > _MOST_ROWS:
        raise InputError(f"The sheet has more than {_MOST_ROWS} rows: split it.")
    entries: list[dict[str, Any]] = []
    strange: list[NotUnderstood] = []
    keys: dict[str, int] = {}
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            row = _row(header, cells, number)
            entries += _resources(row, _key(row, keys))
            strange += _strange(row, number)
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in entries]}
    return json.dumps(bundle).encode(), tuple(strange)


def _key(row: Mapping[str, str], keys: dict[str, int]) -> str:
    """Name a row by what stays the same when the sheet is sent again: its id, else name and birth date."""
    told = row.get("id") or f"{fold(row['name'])} {row.get('birth_date', '')}"
    key = _slug(told) or "row"
    keys[key] = keys.get(key, 0) + 1
    return key if keys[key] == 1 else f"{key}-{keys[key]}"


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", fold(words)).strip("-")


def _row(header: list[str], cells: list[str], number: int) -> Mapping[str, str]:
    if len(cells) > len(header):
        raise InputError(f"Row {number} has more cells than the first line names: mend the row.")
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    if not row.get("name"):
        raise InputError(f"Row {number} has no name: every row needs one.")
    return row


def _strange(row: Mapping[str, str], number: int) -> Iterator[NotUnderstood]:
    for name, cell in row.items():
        if name not in COLUMNS and cell:
            yield NotUnderstood(f"row {number}#{name[:40]}", _NO_COLUMN)


def _resources(row: Mapping[str, str], key: str) -> Iterator[dict[str, Any]]:
    # Named by what they say, not by their place: a sheet in another order must not replace one by another.
    yield _patient(row, key)
    subject = {"reference": f"Patient/{key}"}
    for words in _parts(row.get("conditions", "")):
        yield {
            "resourceType": "Condition", "id": f"{key}-condition-{_slug(words)}", "subject": subject,
            "code": _concept(words),
        }  # fmt: skip
    for words in _parts(row.get("medications", "")):
        yield {
            "resourceType": "MedicationStatement", "id": f"{key}-medication-{_slug(words)}",
            "subject": subject,
            "status": "active", "medicationCodeableConcept": {"text": words},
        }  # fmt: skip
    for words in _parts(row.get("allergies", "")):
        yield {
            "resourceType": "AllergyIntolerance", "id": f"{key}-allergy-{_slug(words)}", "patient": subject,
            "code": {"text": words},
        }  # fmt: skip


def _patient(row: Mapping[str, str], key: str) -> dict[str, Any]:
    told = [{"system": kind, "value": row[kind]} for kind in ("phone", "email") if row.get(kind)]
    patient: dict[str, Any] = {"resourceType": "Patient", "id": key, "name": [{"text": row["name"]}]}
    if row.get("birth_date"):
        patient["birthDate"] = row["birth_date"]
    if row.get("sex"):
        patient["gender"] = row["sex"].lower()
    if row.get("language"):
        patient["communication"] = [{"language": {"coding": [{"code": row["language"]}]}}]
    if row.get("address"):
        patient["address"] = [{"text": row["address"]}]
    if row.get("id"):
        patient["identifier"] = [{"system": "urn:openkap:sheet", "value": row["id"]}]
    return {**patient, "telecom": told} if told else patient


def _concept(words: str) -> dict[str, Any]:
    if _CODE.fullmatch(words):
        return {"coding": [{"system": _ICD10, "code": words}]}
    return {"text": words}


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;|]", cell) if part.strip()]
