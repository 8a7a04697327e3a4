"""Changes records at random, inside their structure and in their bytes, as chance tells."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any, Final, Protocol

from tests.fuzz.whole_records import RECORDS, STYLES

Place = tuple[Any, Any]  # what holds a value, and under which key

# Values that other systems, and nobody at all, put where something else belongs.
ODD: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1.5, 10**30, "", " ", "\x00", "\ud800", "é\u0301", "{braces}", "#", "/", "|",
    "Patient/ann", "Patient/bob", "urn:uuid:ann", "urn:uuid:bob", "https://here.example/fhir/Patient/bob",
    "https://there.example/fhir/Patient/ann", "2026-02-30", "9999-12-31T23:59:59-14:00", "entered-in-error",
    "refuted", "x" * 5000, [], {}, [[]], {"reference": "Patient/bob"}, {"coding": {"code": 1}},
    {"value": "7", "unit": 7}, [None], {"modifierExtension": [{}]},
)  # fmt: skip


class Chance(Protocol):
    """Where the choices come from: the fuzzer's bytes, or a seeded generator."""

    def whole(self, below: int) -> int:
        """A whole number from zero up to, and without, a limit."""


def mutated(chance: Chance) -> tuple[str, bytes]:
    """One of the whole records with a few changes, and the style it was written in."""
    style = STYLES[chance.whole(len(STYLES))]
    documents = [json.loads(line) for line in RECORDS[style].splitlines()]
    for _ in range(1 + chance.whole(6)):
        _CHANGES[chance.whole(len(_CHANGES))](documents, chance)
    text = "\n".join(json.dumps(document) for document in documents).encode()
    return style, _in_bytes(text, chance)


def _in_bytes(text: bytes, chance: Chance) -> bytes:
    match chance.whole(40):
        case 0:
            return gzip.compress(text)
        case 1:
            return gzip.compress(text)[: chance.whole(len(text)) or 1]
        case 2:
            return text[: chance.whole(len(text)) or 1]
        case 3:
            place = chance.whole(len(text))
            return text[:place] + bytes([chance.whole(256)]) + text[place + 1 :]
        case 4:
            return json.dumps([text.decode()]).encode("utf-16")
    return text


def _places(document: Any, found: list[Place]) -> list[Place]:
    inside = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in inside:
        found.append((document, key))
        if isinstance(value, dict | list):
            _places(value, found)
    return found


def _any_place(documents: Any, chance: Chance) -> Place:
    places = _places(documents, [])
    return places[chance.whole(len(places))]


def _replace(documents: Any, chance: Chance) -> None:
    holder, key = _any_place(documents, chance)
    holder[key] = json.loads(json.dumps(ODD[chance.whole(len(ODD))]))


def _remove(documents: Any, chance: Chance) -> None:
    holder, key = _any_place(documents, chance)
    if len(holder) > 1:
        del holder[key]


def _swap(documents: Any, chance: Chance) -> None:
    (one, at), (other, there) = _any_place(documents, chance), _any_place(documents, chance)
    # A copy, not the thing itself: a record may not hold itself.
    mine, theirs = json.loads(json.dumps([one[at], other[there]]))
    one[at], other[there] = theirs, mine


def _repeat(documents: Any, chance: Chance) -> None:
    holder, key = _any_place(documents, chance)
    copy = json.loads(json.dumps(holder[key]))
    if isinstance(holder, list):
        holder.insert(chance.whole(len(holder) + 1), copy)
    else:
        holder[key] = [copy] if chance.whole(2) else [copy, copy]


def _rename(documents: Any, chance: Chance) -> None:
    (holder, key), (other, there) = _any_place(documents, chance), _any_place(documents, chance)
    if isinstance(holder, dict) and isinstance(other, dict):
        holder[there] = holder.pop(key)


def _wrap(documents: Any, chance: Chance) -> None:
    holder, key = _any_place(documents, chance)
    for _ in range(1 + chance.whole(30)):
        holder[key] = [holder[key]] if chance.whole(2) else {"item": holder[key], "linkId": "x"}


def _letter(documents: Any, chance: Chance) -> None:
    texts = [place for place in _places(documents, []) if isinstance(place[0][place[1]], str)]
    if texts:
        holder, key = texts[chance.whole(len(texts))]
        text = holder[key]
        place = chance.whole(len(text) + 1)
        holder[key] = text[:place] + chr(32 + chance.whole(0x2FF)) + text[place + chance.whole(2) :]


_CHANGES: Final[tuple[Callable[[Any, Chance], None], ...]] = (
    _replace, _remove, _swap, _repeat, _rename, _wrap, _letter,
)  # fmt: skip
