"""Finds the resource a reference names, and nobody where it could name somebody else.

A reference is followed only where it can mean one resource: by full address, by an id on the same server, by
an identifier with its system, or inside its own resource. The same id on another server is another person.

Source: HL7 FHIR R4 (4.0.1), Resolving references in Bundles, https://hl7.org/fhir/R4/bundle.html#references
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from kap.vocabulary.sentences import Sentence
from kap_fhir.containers import Shelf
from kap_fhir.entries import ADDRESS, Entry
from kap_fhir.shapes import JsonObject, items_of, object_of, text_of

SUBJECTS: Final = {
    "AllergyIntolerance": "patient",
    "FamilyMemberHistory": "patient",
}

NOBODY = Sentence("It does not say whose it is.")
ANOTHER = Sentence("It names somebody who is not in this file, so it counts for nobody.")
NO_PERSON = Sentence("It is about something that is not a person.")
TWO_PEOPLE = Sentence("It names two people at once, so it counts for neither.")

_Id = tuple[str, str]
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Names:
    """What each resource of a shelf can be called by the others."""

    def __init__(self, shelf: Shelf) -> None:
        self.entries = [*shelf.entries.values()]
        inside = [inner for entry in self.entries for inner in _inside(entry)]
        self._inside = {inner.label: inner for inner in reversed(inside)}
        self.entries += [inner for inner in self._inside.values() if inner.kind == "Patient"]
        if not shelf.is_bundle and not any(entry.kind == "Patient" for entry in self.entries):
            self.entries += _people_named(self.entries)
        self._by_address: dict[str, list[Entry]] = {}
        self._by_id: dict[_Id, list[Entry]] = {}
        self._off_server: dict[_Id, list[Entry]] = {}
        self._off_address: dict[_Id, list[Entry]] = {}
        self._by_identifier: dict[_Id, list[Entry]] = {}
        for entry in self.entries:
            self._learn(entry)
        self._only_server = self._one_server()
        self._told: dict[int, set[str]] | None = None

    def people(self) -> list[Entry]:
        """The people of the shelf."""
        return [entry for entry in self.entries if entry.kind == "Patient"]

    def person_of(self, entry: Entry) -> Entry | Sentence:
        """The one person an entry is about, or why it is about none of them."""
        subject = entry.resource.get(SUBJECTS.get(entry.kind, "subject"))
        return self.person(subject, entry)

    def person(self, subject: object, source: Entry) -> Entry | Sentence:
        """The one person a reference names, or why it names none of them."""
        reference = object_of(subject)
        literal = text_of(reference.get("reference"))
        if text_of(reference.get("type")) not in ("", "Patient"):
            return NO_PERSON
        identifier = reference.get("identifier")
        by_identifier = self._identified(object_of(identifier)) if identifier else None
        if not literal:
            return by_identifier or (ANOTHER if reference else NOBODY)
        found = self.find(literal, "Patient", source)
        if found and by_identifier and found is not by_identifier:
            return TWO_PEOPLE
        return found or (NO_PERSON if _other_kind(literal) else ANOTHER)

    def told_of(self, person: Entry, concepts: Callable[[Entry], Iterable[str]]) -> frozenset[str]:
        """What the problem list speaks of for a person, whether it says yes or no."""
        if self._told is None:
            self._told = {}
            for entry in self.entries:
                whose = self.person_of(entry) if entry.kind == "Condition" else None
                if isinstance(whose, Entry):
                    self._told.setdefault(id(whose), set()).update(concepts(entry))
        return frozenset(self._told.get(id(person), ()))

    def find(self, literal: str, kind: str, source: Entry) -> Entry | None:
        """The resource of a kind that a literal reference names."""
        named = literal.partition("/_history/")[0].lstrip("/")
        if named.startswith("#"):
            found = self._inside.get(f"{source.label}{named}")
        elif named.startswith(f"{kind}?identifier="):
            system, _, value = unquote(named.partition("=")[2]).partition("|")
            found = self._identified({"system": system, "value": value})
        elif address := ADDRESS.fullmatch(named):
            found = self._on_server(address[1], (address[2], address[3]), source)
        elif named.startswith("urn:"):
            found = self._addressed(named) or self._unique(kind, named)
        else:
            found = self._relative(named, source)
        return found if found and found.kind == kind else None

    def _learn(self, entry: Entry) -> None:
        if entry.address:
            self._by_address.setdefault(entry.address, []).append(entry)
        if "#" in entry.label:
            return  # what is written inside another resource can be named only from there
        if entry.id:
            known = [self._by_id]
            # An entry that says which server it lives on is only ever found there.
            known += [self._off_server] if not entry.base else []
            known += [self._off_address] if not entry.address else []
            for by_id in known:
                by_id.setdefault((entry.kind, entry.id), []).append(entry)
        if entry.kind == "Patient":
            for identifier in items_of(entry.resource.get("identifier")):
                if key := _identity(identifier):
                    self._by_identifier.setdefault(key, []).append(entry)

    def _relative(self, named: str, source: Entry) -> Entry | None:
        kind, _, id = named.partition("/")
        if source.base:
            return self._on_server(source.base, (kind, id), source)
        return _only(self._by_id.get((kind, id), ()))

    def _on_server(self, base: str, key: _Id, source: Entry) -> Entry | None:
        if found := self._addressed(f"{base}/{key[0]}/{key[1]}"):
            return found
        return _only(self._off_server.get(key, ())) if base in (source.base, self._only_server) else None

    def _addressed(self, address: str) -> Entry | None:
        return _only(self._by_address.get(address, ()))

    def _unique(self, kind: str, named: str) -> Entry | None:
        """A resource without an address, by an id that is the same in no other system."""
        id = named.removeprefix("urn:uuid:")
        return _only(self._off_address.get((kind, id), ())) if _UUID.fullmatch(id) else None

    def _identified(self, identifier: JsonObject) -> Entry | None:
        key = _identity(identifier)
        return _only(self._by_identifier.get(key, ())) if key else None

    def _one_server(self) -> str:
        """The one server every reference names, in a file whose entries have no address of their own."""
        if any(entry.base for entry in self.entries):
            return ""
        literals = [literal for _, literal in _literals(self.entries) if not literal.startswith("#")]
        servers = {address[1] if (address := ADDRESS.fullmatch(one)) else "" for one in literals}
        return servers.pop() if len(servers) == 1 else ""


def _inside(entry: Entry) -> Iterator[Entry]:
    """The resources written inside another one; they can be named only from there."""
    for resource in items_of(entry.resource.get("contained")):
        id = text_of(resource.get("id"))
        if not id:
            continue  # nothing can name it; a bare "#" means the outer resource
        yield Entry(
            kind=text_of(resource.get("resourceType")),
            id=id,
            label=f"{entry.label}#{id}",
            address="",
            resource=resource,
            is_contested=entry.is_contested,
        )


def _people_named(entries: list[Entry]) -> Iterator[Entry]:
    """People of whom there is no more than their name in other entries."""
    named = {
        literal.partition("/_history/")[0].lstrip("/"): None
        for _, literal in _literals(entries)
        if not literal.startswith("#")
    }
    for literal in named:
        address = ADDRESS.fullmatch(literal)
        kind, _, id = literal.partition("/") if not address else (address[2], "", address[3])
        if literal.startswith("urn:"):
            yield Entry(kind="Patient", id="", label=f"Patient/{literal}", address=literal, resource={})
        elif kind == "Patient" and id:
            yield Entry(
                kind="Patient", id=id, label=f"Patient/{id}", address=literal if address else "", resource={}
            )


def _literals(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    for entry in entries:
        subject = object_of(entry.resource.get(SUBJECTS.get(entry.kind, "subject")))
        if literal := text_of(subject.get("reference")):
            yield entry, literal


def _other_kind(literal: str) -> bool:
    kind = literal.rpartition("/")[0].rpartition("/")[2]
    return kind not in ("", "Patient")


def _identity(identifier: JsonObject) -> _Id | None:
    system, value = text_of(identifier.get("system")), text_of(identifier.get("value"))
    return (system, value) if system and value else None


def _only(entries: Iterable[Entry]) -> Entry | None:
    """The one there is; nobody where there are several."""
    found = iter(entries)
    first = next(found, None)
    return first if next(found, None) is None else None
