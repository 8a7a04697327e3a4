"""Takes a file apart into shelves: one for each bundle, one for the resources that stand alone.

What lies on one shelf may name each other; nothing on one shelf is ever looked up on another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kap.screening.record import NotUnderstood
from kap.vocabulary.errors import InputError
from kap.vocabulary.sentences import Sentence
from kap_fhir.editions import other_release, shows_r4
from kap_fhir.entries import Entry, entry_of, newer_first
from kap_fhir.shapes import JsonObject, items_of, object_of, text_of

_MOST_BUNDLES_DEEP: Final = 20
# What an operation answers with is Parameters; what it holds is read like the entries of a bundle.
_CONTAINERS: Final = {"Bundle", "Parameters"}
_NO_RESOURCE = Sentence("An entry of the bundle holds no resource that says what it is.")
_CHANGE = Sentence("This is an instruction to change a record on a server; it is not carried out here.")
_TWO_VERSIONS = Sentence("Two versions of this entry disagree and neither says it is the newer one.")


@dataclass(slots=True)
class Shelf:
    """The resources that may name each other, each once and in its newest version."""

    is_bundle: bool
    entries: dict[object, Entry] = field(default_factory=dict)
    unclear: list[NotUnderstood] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)

    def put(self, entry: Entry) -> bool:
        """Keeps an entry, or the newer of two versions of it; says whether it is one more."""
        server = entry.base or entry.address
        key = (entry.kind, entry.id, server) if entry.id else (entry.kind, server or len(self.entries))
        before = self.entries.get(key)
        if before is None:
            self.entries[key] = entry
            return True
        newest, is_sure = newer_first(before, entry)
        if not is_sure:
            self.unclear.append(newest.unclear("meta", _TWO_VERSIONS))
        self.entries[key] = replace(newest, is_contested=newest.is_contested or not is_sure)
        return False


@dataclass(slots=True)
class Contents:
    """Everything a file holds: its shelves, how much of what nobody reads, and whether it shows R4."""

    shelves: list[Shelf] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)
    is_r4_shown: bool = False
    resources: int = 0


def taken_apart(documents: Iterable[Any], kinds: frozenset[str]) -> Contents:
    """Sorts the resources of a file; of the kinds nobody reads only the number is kept.

    Raises: InputError when a document is no resource, or shows a release of FHIR that is not R4.
    """
    contents = Contents()
    alone = Shelf(is_bundle=False)
    for place, document in enumerate(documents):
        if not isinstance(object_of(document).get("resourceType"), str):
            raise InputError("This is JSON but not FHIR: give a FHIR R4 resource, a Bundle or NDJSON.")
        _refuse_other_releases(document)
        if document["resourceType"] in _CONTAINERS:
            _unpack(document, contents, kinds)
        else:
            _put(entry_of(document, "", place), alone, contents, kinds)
    if alone.entries:
        contents.shelves.append(alone)
    return contents


def _unpack(bundle: JsonObject, contents: Contents, kinds: frozenset[str]) -> None:
    waiting = [(bundle, 0)]
    while waiting:
        inside, depth = waiting.pop()
        shelf = Shelf(is_bundle=True)
        for place, slot in enumerate(_slots(inside)):
            resource = object_of(slot.get("resource"))
            kind = text_of(resource.get("resourceType"))
            if kind == "Bundle" and depth < _MOST_BUNDLES_DEEP:
                waiting.append((resource, depth + 1))
            else:
                _take(slot, resource, place, (shelf, contents, kinds, text_of(inside.get("type"))))
        if shelf.entries or shelf.unclear:
            contents.shelves.append(shelf)


def _slots(container: JsonObject) -> Iterator[JsonObject]:
    if container.get("resourceType") == "Bundle":
        entries = container.get("entry")
        yield from map(object_of, entries if isinstance(entries, list) else [])
        return
    waiting = items_of(container.get("parameter"))[::-1]
    while waiting:
        parameter = waiting.pop()
        if parameter.get("resource"):
            yield parameter
        waiting += items_of(parameter.get("part"))[::-1]


def _take(
    slot: JsonObject, resource: JsonObject, place: int, into: tuple[Shelf, Contents, frozenset[str], str]
) -> None:
    shelf, contents, kinds, bundle_type = into
    request = object_of(slot.get("request"))
    kind = text_of(resource.get("resourceType"))
    origin = f"Bundle.entry[{place}]"
    if request.get("method") == "DELETE":
        # A history is written newest first: what comes after a deletion is what was deleted.
        shelf.deleted.add(text_of(request.get("url")) if bundle_type == "history" else "")
    elif request.get("method") == "PATCH":
        shelf.unclear.append(NotUnderstood(f"{origin}#request", _CHANGE))
    elif not kind:
        if resource or not (request or slot.get("response")):
            shelf.unclear.append(NotUnderstood(f"{origin}#resource", _NO_RESOURCE))
    else:
        _refuse_other_releases(resource)
        entry = entry_of(resource, text_of(slot.get("fullUrl")), place)
        if entry.label not in shelf.deleted:
            _put(entry, shelf, contents, kinds)


def _put(entry: Entry, shelf: Shelf, contents: Contents, kinds: frozenset[str]) -> None:
    contents.is_r4_shown = contents.is_r4_shown or shows_r4(entry.resource)
    if entry.kind in kinds:
        contents.resources += shelf.put(entry)
    else:
        contents.resources += 1
        contents.kept[entry.kind] = contents.kept.get(entry.kind, 0) + 1


def _refuse_other_releases(resource: JsonObject) -> None:
    if shown := other_release(resource):
        release, element = shown
        raise InputError(
            f"This is FHIR {release}, as {element} shows; OpenKAP reads R4: export it as FHIR R4."
        )
