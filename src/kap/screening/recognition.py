"""Which concept of ours a code or a name in a record means, and nothing at all where we do not know.

A code counts by itself: what is displayed beside it is often wrong. A name counts where no code is known. A
condition known by its name alone stays doubtful, because words are negated, suspected and copied; a medicine
or a substance is what its name says, and is marked as known by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kap.screening.code_tables import (
    LOINC,
    SYSTEMS,
    WORDS,
    Measured,
    condition_names,
    ingredient_of,
    meanings_of,
    measurements,
    medicine_names,
    relatives,
    results,
    words_in,
)
from kap.vocabulary.facts import Course

Coding = tuple[str, str, str]  # system, code, display

# A name beside one of these words does not say that the person has the condition.
_NOT_SAID = frozenset(
    {
        *("no", "not", "non", "without", "denies", "denied", "negative", "never", "absent", "absence"),
        *("rule", "ruled", "suspected", "suspicion", "possible", "probable", "questionable", "risk", "fear"),
        *("screening", "test", "counseling", "education", "prevention", "vaccine", "worried"),
    }
)
_OVER = frozenset({"history", "past", "previous", "prior", "resolved", "former", "remission", "old"})
_KIN = frozenset({"family", "familial", "mother", "father", "parent", "sister", "brother", "sibling", "son"})


@dataclass(frozen=True, slots=True)
class Recognized:
    """A concept found in a record, with the record's own words for it.

    `course`, where the code itself says one ("in remission", "history of"), rules over the entry's status.
    """

    concept: str
    words: str
    course: Course | None = None
    is_doubtful: bool = False
    is_by_name: bool = False


def condition(codings: Iterable[Coding], text: str = "") -> tuple[Recognized, ...]:
    """The concepts a diagnosis stands for; none where it is not understood."""
    given = tuple(codings)
    found: dict[str, Recognized] = {}
    for system, code, display in given:
        for meaning in meanings_of(system, code):
            known = found.get(meaning.concept)
            if known is None or known.is_doubtful:
                words = _in_words(display or text, code)
                found[meaning.concept] = Recognized(
                    meaning.concept, words, meaning.course, meaning.is_doubtful
                )
    if found:
        return tuple(found.values())
    names = [text, *(display for _, _, display in given)]
    return next((named for name in names if (named := _condition_by_name(name))), ())


def medicine(codings: Iterable[Coding], text: str = "") -> tuple[Recognized, ...]:
    """The ingredients of a medicine, by product or ingredient code, else by the ingredients it names."""
    return _ingredients(tuple(codings), text, "ingredient")


def allergy(
    codings: Iterable[Coding], text: str = "", *, is_intolerance: bool = False
) -> tuple[Recognized, ...]:
    """The substances a person reacts to; an intolerance (sick from it) is not an allergy to it."""
    given = tuple(codings)
    stated = tuple(one for one in condition(given) if one.concept.startswith("allergy:"))
    if stated:
        return stated
    if any(_NOT_SAID.intersection(words_in(name)) for name in [text, *(shown for _, _, shown in given)]):
        return ()
    return _ingredients(given, text, "intolerance" if is_intolerance else "allergy")


def measurement(codings: Iterable[Coding]) -> Measured | None:
    """What was measured, by its LOINC code."""
    loinc = (code for system, code, _ in codings if SYSTEMS.get(system) == LOINC)
    return next((measurements()[code] for code in loinc if code in measurements()), None)


def result(codings: Iterable[Coding], text: str = "") -> str | None:
    """Whether a test says `positive`, `negative` or `indeterminate`; None where it says none of them."""
    given = tuple(codings)
    coded = ((SYSTEMS.get(system, ""), code) for system, code, _ in given)
    worded = ((WORDS, " ".join(words_in(name))) for name in [text, *(shown for _, _, shown in given)])
    return next((results()[key] for key in [*coded, *worded] if key in results()), None)


def kinship(codings: Iterable[Coding]) -> Course:
    """Whether a relative is a parent, a sibling or a child, or further away.

    Missing: a relative nobody named counts as near, the stricter reading.
    """
    named = ((SYSTEMS.get(system, ""), code) for system, code, _ in codings)
    return next((relatives()[key] for key in named if key in relatives()), Course.FAMILY)


def _condition_by_name(name: str) -> tuple[Recognized, ...]:
    words = words_in(name)
    if _NOT_SAID.intersection(words):
        return ()
    course = Course.FAMILY if _KIN.intersection(words) else Course.PAST if _OVER.intersection(words) else None
    for phrase, concepts in condition_names():
        if _names_it(words, phrase):
            return tuple(Recognized(concept, name, course, True, True) for concept in concepts)
    return ()


def _ingredients(codings: tuple[Coding, ...], text: str, kind: str) -> tuple[Recognized, ...]:
    found = {
        ingredient: Recognized(f"{kind}:{ingredient}", _in_words(display or text, code))
        for system, code, display in codings
        if (ingredient := ingredient_of(system, code))
    }
    if not found:
        for name in [text, *(display for _, _, display in codings)]:
            for ingredient in _ingredients_named(name):
                found.setdefault(ingredient, Recognized(f"{kind}:{ingredient}", name, is_by_name=True))
    return tuple(found.values())


def _ingredients_named(name: str) -> Iterator[str]:
    words = words_in(name)
    for word in words:
        for phrase, ingredient in medicine_names().get(word, ()):
            if _names_it(words, phrase):
                yield ingredient


def _names_it(words: list[str], phrase: str) -> bool:
    # Whole words only: ketoprofen and ketorolac are not ketamine.
    return f" {phrase} " in f" {' '.join(words)} "


def _in_words(display: str, code: str) -> str:
    return f"{display} ({code})" if display else code
