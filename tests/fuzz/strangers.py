"""Looks at a record with other eyes than the reader's: whose facts may a person have at all?

It knows nothing of how the reader follows references. It lists every text by which a Patient resource could
possibly be meant, and every resource that says one of them; a fact that comes from any other resource is a
stranger's.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

from kap_fhir.reading import Reading

_Slot = tuple[str, dict[str, Any]]  # the address of a resource, and the resource


def strangers_facts(sent: bytes, reading: Reading) -> list[str]:
    """The origins of facts that no resource naming their person could have given."""
    slots = list(_slots(sent))
    subjects = list(_subjects(slots))
    wrong = []
    for person in reading.people:
        # People who share an id have a name of their own in the reading, and their id in their resource.
        names = set(_names_of(_said(reading.patients[person.person].get("id")) or person.person, slots))
        theirs = tuple(origin for origin, subject in subjects if subject & names)
        facts = [fact for fact in person.facts if fact.what != "birth-date"]
        wrong += [fact.came_from for fact in facts if not fact.came_from.startswith(theirs)]
    return wrong


def _slots(sent: bytes) -> Iterator[_Slot]:
    """Each resource with its address, however deep the bundles lie."""
    text = gzip.decompress(sent) if sent.startswith(b"\x1f\x8b") else sent
    try:
        waiting = [("", json.loads(text))]
    except ValueError:
        waiting = [("", json.loads(line)) for line in text.splitlines() if line.strip()]
    while waiting:
        address, resource = waiting.pop()
        kind = _said(resource.get("resourceType"))
        if kind not in ("Bundle", "Parameters"):
            yield address, resource
            continue
        held = [resource.get("entry" if kind == "Bundle" else "parameter")]
        while held:
            slots = held.pop()
            for slot in slots if isinstance(slots, list) else [slots]:
                if isinstance(slot, dict) and isinstance(slot.get("resource"), dict):
                    waiting.append((_said(slot.get("fullUrl")), slot["resource"]))
                if isinstance(slot, dict) and slot.get("part"):
                    held.append(slot["part"])


def _names_of(person: str, slots: list[_Slot]) -> Iterator[str]:
    """Every text by which this person could be meant."""
    yield from (person, f"Patient/{person}", f"urn:uuid:{person}")
    for address, resource in slots:
        id = _said(resource.get("id"))
        if _said(resource.get("resourceType")) == "Patient" and (person in (id, address) or not id):
            yield address.partition("/_history/")[0] or person
            yield from _identifiers(resource.get("identifier"))


def _subjects(slots: list[_Slot]) -> Iterator[tuple[str, set[str]]]:
    """How the origins of a resource's facts can begin, with every text by which it says whose it is."""
    is_alone = not any(_said(resource.get("resourceType")) == "Patient" for _, resource in slots)
    for address, resource in slots:
        kind, id = _said(resource.get("resourceType")), _said(resource.get("id"))
        said: set[str] = set()
        for element in ("subject", "patient"):
            reference = resource.get(element)
            if isinstance(reference, dict):
                literal = _said(reference.get("reference")).partition("/_history/")[0].lstrip("/")
                said |= {literal, *_identifiers(reference.get("identifier"))}
                # On the server it lives on itself, an address is no more than an id.
                own = address.rpartition("/")[0].rpartition("/")[0]
                said |= {literal.removeprefix(f"{own}/")} if own else set()
                # Where no Patient is in the file, a person is nobody but the one an address names.
                said |= {literal.rpartition("/")[2]} if is_alone else set()
        if id:
            yield f"{kind}/{id}#", said
            continue
        for called in (address, address.rpartition("/")[2]):
            yield f"{kind}/{called}#", said
        yield f"{kind}/entry-", said


def _identifiers(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and one.get("system") and one.get("value"):
            yield f"{_said(one['system'])}|{_said(one['value'])}"


def _said(value: object) -> str:
    """A text as the reader shows it: one line, no control characters, not endless."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return "".join(letter if letter.isprintable() else " " for letter in str(value)).strip()[:300]
