"""One resource of a record, with the name that facts give as their origin and where it says it lives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kap.screening.record import NotUnderstood
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence
from kap_fhir.shapes import JsonObject, items_of, object_of, text_of
from kap_fhir.when import when

ADDRESS: Final = re.compile(r"(https?://\S+)/([A-Z][A-Za-z]+)/([A-Za-z0-9\-.]{1,64})")

MODIFIED = Sentence(
    "This entry is changed by an extension OpenKAP does not know, so nobody can say what it means."
)
BY_OTHER_RULES = Sentence("This entry is written under rules of its sender that OpenKAP does not know.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A resource, what it is called in this file, and its full address where it has one.

    `is_contested`: two versions disagree and neither says it is the newer, or the sender left parts out.
    """

    kind: str
    id: str
    label: str
    address: str
    resource: JsonObject
    is_contested: bool = False

    @property
    def base(self) -> str:
        """The server this resource says it lives on; empty where it says none."""
        found = ADDRESS.fullmatch(self.address)
        return found[1] if found else ""

    def at(self, element: str) -> str:
        """How a fact names this place: like `Condition/c1#code`."""
        return f"{self.label}#{element}"

    def unclear(self, element: str, why: Sentence) -> NotUnderstood:
        """This place became no fact, and why."""
        return NotUnderstood(self.at(element), why)


def entry_of(resource: JsonObject, address: str, place: int) -> Entry:
    """Names a resource by its id, else by its address, else by its place in the file."""
    kind, id = text_of(resource.get("resourceType")), text_of(resource.get("id"))
    address = address.partition("/_history/")[0]
    if not id and (found := ADDRESS.fullmatch(address)):
        id = found[3]
    label = f"{kind}/{id or address or f'entry-{place}'}"
    tags = items_of(object_of(resource.get("meta")).get("tag"))
    is_cut = any(tag.get("code") == "SUBSETTED" for tag in tags)
    return Entry(kind=kind, id=id, label=label, address=address, resource=resource, is_contested=is_cut)


def is_modified(part: JsonObject) -> bool:
    """Whether an extension changes what this part means; such an extension may not be passed over."""
    return bool(part.get("modifierExtension"))


def changed_meaning(entry: Entry) -> NotUnderstood | None:
    """Why a resource cannot be read as it stands, if it cannot."""
    if is_modified(entry.resource):
        return entry.unclear("modifierExtension", MODIFIED)
    if entry.resource.get("implicitRules"):
        return entry.unclear("implicitRules", BY_OTHER_RULES)
    return None


def newer_first(one: Entry, other: Entry) -> tuple[Entry, bool]:
    """Of two versions of a resource the newer, and whether that could be told.

    Missing: where neither a time nor a number tells, the one that came later in the file.
    """
    if _same(one, other):
        return one, True
    for age in (_updated, _version):
        mine, theirs = age(one), age(other)
        if mine is not None and theirs is not None and mine != theirs:
            return (one if mine > theirs else other), True  # type: ignore[operator]
    return other, False


def _same(one: Entry, other: Entry) -> bool:
    try:
        return one.resource == other.resource
    except RecursionError:
        return False


def _updated(entry: Entry) -> Instant | None:
    at = when(object_of(entry.resource.get("meta")).get("lastUpdated")).at
    return at if isinstance(at, Instant) else None


def _version(entry: Entry) -> int | None:
    version = text_of(object_of(entry.resource.get("meta")).get("versionId"))
    return int(version) if version.isascii() and version.isdigit() else None
