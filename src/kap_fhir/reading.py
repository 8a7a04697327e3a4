"""Reads a file of FHIR R4 into what is known about each person in it.

Nothing is dropped in silence: what became no fact is listed with its place and the reason; what nobody reads
(a claim, a device) is counted. A person's facts come only from entries that name this one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from kap.screening.filled_forms import FilledForm, facts_from_forms
from kap.screening.history import Response, facts_from
from kap.screening.record import NotUnderstood, PersonRecord
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.sentences import Sentence
from kap_fhir.allergies import read_allergy
from kap_fhir.answers import read_answers
from kap_fhir.conditions import read_condition, read_family
from kap_fhir.containers import Contents, Shelf, taken_apart
from kap_fhir.entries import Entry, changed_meaning
from kap_fhir.medicines import read_medicine
from kap_fhir.observations import read_observation, read_report
from kap_fhir.opening import MOST_BYTES, documents_in
from kap_fhir.patients import NAMED_ONLY, read_patient
from kap_fhir.pressures import joined
from kap_fhir.references import SUBJECTS, Names
from kap_fhir.shapes import JsonObject
from kap_fhir.visits import read_procedure, read_visit

Found = Iterator[Fact | NotUnderstood | Response | FilledForm]
Reader = Callable[[Entry, Names, date | None], Found]

READERS: Final[Mapping[str, Reader]] = {
    "Condition": read_condition,
    "AllergyIntolerance": read_allergy,
    "MedicationRequest": read_medicine,
    "MedicationStatement": read_medicine,
    "MedicationAdministration": read_medicine,
    "MedicationDispense": read_medicine,
    "Observation": read_observation,
    "DiagnosticReport": read_report,
    "FamilyMemberHistory": read_family,
    "Procedure": read_procedure,
    "Encounter": read_visit,
    "QuestionnaireResponse": read_answers,
}
_LOOKED_UP: Final = {"Patient", "Medication"}
# For the chart to show; that no rule knows it is listed besides.
_IN_ITS_WORDS: Final = {"condition:other", "ingredient:other"}

MAYBE_OLDER = Sentence("Nothing in this file shows which release of FHIR it follows; it was read as R4.")
NO_PATIENT: Final = (
    "There is no patient in this file, nor an entry OpenKAP reads that names one: "
    "give the Patient resource together with what is theirs."
)


@dataclass(slots=True)
class Tally:
    """How many resources became facts, how many are listed instead, how many nobody reads; each once."""

    resources: int = 0
    understood: int = 0
    listed: int = 0
    kept: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everyone in a file; what names nobody in it; and remarks about the file as a whole.

    `patients` are the Patient resources as they were written, by the person they are about.
    """

    people: tuple[PersonRecord, ...]
    unplaced: tuple[NotUnderstood, ...] = ()
    notes: tuple[Sentence, ...] = ()
    tally: Tally
    patients: Mapping[str, JsonObject]


def read_people(source: Path | bytes, *, on: date | None = None, at_most: int = MOST_BYTES) -> Reading:
    """Reads a Bundle, one resource or NDJSON of FHIR R4 as JSON, plain or gzip.

    `on` is the day a condition's end is compared with; without it, whatever has an end is over.
    Raises: InputError when it cannot be opened or read, is not FHIR R4, or holds no patient.
    """
    contents = taken_apart(documents_in(source, at_most), frozenset(READERS) | _LOOKED_UP)
    file = _File(Tally(contents.resources, kept=contents.kept), on)
    for shelf in contents.shelves:
        file.read(shelf)
    if not file.people:
        raise InputError(NO_PATIENT)
    return file.reading(contents)


@dataclass(slots=True)
class _Person:
    """A person while their entries are being read."""

    entry: Entry
    facts: list[Fact] = field(default_factory=list)
    unclear: list[NotUnderstood] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    forms: list[FilledForm] = field(default_factory=list)

    def add(self, found: Found, is_contested: bool) -> tuple[int, int]:
        """Takes what an entry gave; counts what was understood and what was not."""
        understood, unclear = 0, len(self.unclear)
        for one in found:
            match one:
                case NotUnderstood():
                    self.unclear.append(one)
                case Response():
                    self.responses.append(one)
                    understood += 1
                case FilledForm():
                    self.forms.append(replace(one, status=FactStatus.DOUBTFUL) if is_contested else one)
                    understood += 1
                case Fact():
                    self.facts.append(replace(one, status=FactStatus.DOUBTFUL) if is_contested else one)
                    understood += one.what not in _IN_ITS_WORDS
        return understood, len(self.unclear) - unclear

    @property
    def id(self) -> str:
        """What their records call them, on their own server."""
        return self.entry.id or self.entry.label.removeprefix("Patient/")

    def record(self, name: str, more: tuple[NotUnderstood, ...]) -> PersonRecord:
        """Everything about this person; their answers only make facts together."""
        answered, strange = facts_from(self.responses)
        filled_in, impossible = facts_from_forms(self.forms)
        facts = (*joined(self.facts), *answered, *filled_in)
        return PersonRecord(name, facts, (*self.unclear, *strange, *impossible, *more))


@dataclass(slots=True)
class _File:
    """The people found so far, shelf by shelf."""

    tally: Tally
    on: date | None
    people: list[_Person] = field(default_factory=list)
    unplaced: list[NotUnderstood] = field(default_factory=list)

    def read(self, shelf: Shelf) -> None:
        """Reads the entries of one shelf, each for the one person it names."""
        names = Names(shelf)
        here = {id(entry): _Person(entry) for entry in names.people()}
        for person in here.values():
            person.add(read_patient(person.entry), is_contested=False)
            self.tally.understood += "#" not in person.entry.label and bool(person.entry.resource)
        self.people += here.values()
        self.unplaced += shelf.unclear
        for entry in shelf.entries.values():
            if entry.kind in READERS:
                self._place(entry, names, here)
            elif entry.kind == "Medication":
                self._keep(entry.kind)

    def _place(self, entry: Entry, names: Names, here: Mapping[int, _Person]) -> None:
        whose = names.person_of(entry)
        if isinstance(whose, Sentence):
            self.unplaced.append(entry.unclear(SUBJECTS.get(entry.kind, "subject"), whose))
            self.tally.listed += 1
            return
        changed = changed_meaning(entry)
        found = iter([changed]) if changed else READERS[entry.kind](entry, names, self.on)
        facts, unclear = here[id(whose)].add(found, entry.is_contested)
        if facts:
            self.tally.understood += 1
        elif unclear:
            self.tally.listed += 1
        else:
            self._keep(entry.kind)

    def _keep(self, kind: str) -> None:
        self.tally.kept[kind] = self.tally.kept.get(kind, 0) + 1

    def reading(self, contents: Contents) -> Reading:
        """Puts the people and the rest together; where there is one person, the rest is listed with them."""
        unplaced = tuple(self.unplaced)
        with_them = unplaced if len(self.people) == 1 else ()
        names = self._names()
        records = tuple(
            person.record(name, with_them) for person, name in zip(self.people, names, strict=True)
        )
        notes: tuple[Sentence, ...] = () if contents.is_r4_shown else (MAYBE_OLDER,)
        if any(not person.entry.resource for person in self.people):
            notes += (NAMED_ONLY,)
        patients = {name: one.entry.resource for name, one in zip(names, self.people, strict=True)}
        return Reading(people=records, unplaced=unplaced, notes=notes, tally=self.tally, patients=patients)

    def _names(self) -> list[str]:
        """A name for each person that is nobody else's; an id that several share is not one."""
        shared = Counter(person.id for person in self.people)
        return [
            person.id if shared[person.id] == 1 else person.entry.address or f"{person.entry.label} ({place})"
            for place, person in enumerate(self.people, start=1)
        ]
