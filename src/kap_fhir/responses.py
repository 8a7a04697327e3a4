"""The items of a filled-in form, however deep they lie, in the order they were asked."""

from __future__ import annotations

from collections.abc import Iterator

from kap.screening.record import NotUnderstood
from kap_fhir.entries import MODIFIED, Entry, is_modified
from kap_fhir.shapes import JsonObject, items_of, text_of


def items_in(entry: Entry) -> Iterator[JsonObject | NotUnderstood]:
    """Every item of a response; one whose meaning an extension changes is listed, and none below it."""
    waiting = items_of(entry.resource.get("item"))[::-1]
    while waiting:
        item = waiting.pop()
        if is_modified(item):
            yield entry.unclear(text_of(item.get("linkId")) or "item", MODIFIED)
            continue
        yield item
        inside = items_of(item.get("item"))
        for answer in items_of(item.get("answer")):
            inside += items_of(answer.get("item"))
        waiting += inside[::-1]
