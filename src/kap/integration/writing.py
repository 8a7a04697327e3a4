"""What is done to a progress note: signed, then amended; each an entry, nothing ever edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.histories.history import reading_order, told_from
from kap.integration.note import Modality, ProgressNote, Rated, Risk
from kap.vocabulary.decimals import exact, plain
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.sentences import sentence

SIGNED, AMENDED = "note_signed", "note_amended"

_NOTHING = sentence("Write what is to be added. What was signed stays as it was signed.")


@dataclass(frozen=True, slots=True)
class Amendment:
    """Something added to a signed note: when, by whom, in their words."""

    at: Instant
    by: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedNote:
    """A note as it was signed, with everything added since, the oldest first."""

    note: ProgressNote
    at: Instant
    by: str
    amendments: tuple[Amendment, ...] = ()


def signing(act: Act, note: ProgressNote) -> Entry:
    """Signs a note; from now on it is only added to."""
    return act.entry(f"{SIGNED}@1", _body_of(note))


def amending(act: Act, words: str) -> Entry:
    """Adds to a signed note.

    Raises: Refused when nothing is said.
    """
    if not words.strip():
        raise Refused(_NOTHING)
    return act.entry(f"{AMENDED}@1", {"words": words.strip()})


def note_from(entries: Iterable[Entry]) -> SignedNote:
    """The note as its entries tell it.

    Raises: InputError when no entry signs it.
    """
    unbegun = "A note begins with its signature; none is here."
    return told_from(reading_order(entries), state_after, unbegun)


def state_after(note: SignedNote | None, entry: Entry) -> SignedNote:
    """The note after one more entry.

    Raises: InputError for an entry before the signature, a second signature, or a kind not known here.
    """
    if entry.name == SIGNED and note is None:
        return SignedNote(note=_note_in(entry.body), at=entry.happened_at, by=entry.by)
    if note is None or entry.name == SIGNED:
        raise InputError("A note is signed once, before anything is added to it.")
    if entry.name != AMENDED:
        raise InputError(f"{entry.kind!r} is nothing that is done to a note.")
    added = Amendment(entry.happened_at, entry.by, entry.body["words"])
    return replace(note, amendments=(*note.amendments, added))


def _body_of(note: ProgressNote) -> dict[str, Any]:
    return {
        "began_at": str(note.session.opens_at),
        "ended_at": str(note.session.closes_at),
        "modality": note.modality.value,
        "disturbance": _sides(note.disturbance),
        "belief": _sides(note.belief),
        "plan": note.plan.strip(),
        "risk": note.risk.value,
        "risk_words": note.risk_words.strip(),
    }


def _note_in(body: Mapping[str, Any]) -> ProgressNote:
    return ProgressNote(
        session=Window(Instant.parse(body["began_at"]), Instant.parse(body["ended_at"])),
        modality=Modality(body["modality"]),
        disturbance=_rated(body["disturbance"]),
        belief=_rated(body["belief"]),
        plan=body["plan"],
        risk=Risk(body["risk"]),
        risk_words=body["risk_words"],
    )


def _sides(rated: Rated) -> list[str | None]:
    return [None if side is None else plain(side) for side in (rated.before, rated.after)]


def _rated(sides: list[str | None]) -> Rated:
    before, after = (None if side is None else exact(side) for side in sides)
    return Rated(before, after)
