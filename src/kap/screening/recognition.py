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
    NO_ALLERGY,
    WORDS,
    Measured,
    condition_names,
    false_friends,
    ingredients_of,
    meanings_of,
    measurements,
    medicine_names,
    no_allergy_names,
    relative_names,
    relatives,
    results,
    system_of,
    words_in,
)
from kap.vocabulary.facts import Course

Coding = tuple[str, str, str]  # system, code, display

# A name beside one of these words does not say that the person has the condition.
_NOT_SAID = frozenset(
    {
        *("no", "not", "non", "without", "denies", "denied", "negative", "never", "absent", "absence"),
        *("sin", "niega", "ruled", "excluded", "risk", "fear", "worried", "screening", "test"),
        *("counseling", "education", "prevention", "vaccine"),
    }
)
# A medicine named beside one of these may just not be taken.
_NOT_TAKEN = frozenset(
    {"no", "not", "never", "denies", "denied", "avoid", "allergic", "stopped", "discontinued"}
)
_OVER = frozenset({"history", "past", "previous", "prior", "resolved", "former", "remission", "old"})
_KIN = frozenset(
    {
        *("family", "familial", "fh", "fhx", "mother", "father", "parent", "sister", "brother", "sibling"),
        *("son", "daughter"),
    }
)
_DISTANT_KIN = frozenset({"grandmother", "grandfather", "grandparent", "aunt", "uncle", "cousin"})


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
    """The substances a person reacts to; an intolerance (sick from it) is not an allergy to it.

    That there is no allergy at all is an answer too, where it stands alone.
    """
    given = tuple(codings)
    coded = (one for one in condition(given) if not one.is_by_name)
    stated = tuple(one for one in coded if one.concept.startswith("allergy:"))
    if stated:
        return stated
    names = [text, *(shown for _, _, shown in given)]
    none = next((name for name in names if " ".join(words_in(name)) in no_allergy_names()), None)
    if none:
        return (Recognized(NO_ALLERGY, none, Course.DENIED, is_by_name=True),)
    if any(_NOT_SAID.intersection(words_in(name)) for name in names):
        return ()
    return _ingredients(given, text, "intolerance" if is_intolerance else "allergy")


def measurement(codings: Iterable[Coding]) -> Measured | None:
    """What was measured, by its LOINC code."""
    loinc = (code for system, code, _ in codings if system_of(system) == LOINC)
    return next((measurements()[code] for code in loinc if code in measurements()), None)


def result(codings: Iterable[Coding], text: str = "") -> str | None:
    """Whether a test says `positive`, `negative` or `indeterminate`; None where it says none of them."""
    given = tuple(codings)
    coded = ((system_of(system) or "", code) for system, code, _ in given)
    worded = ((WORDS, " ".join(words_in(name))) for name in [text, *(shown for _, _, shown in given)])
    return next((results()[key] for key in [*coded, *worded] if key in results()), None)


def kinship(codings: Iterable[Coding], text: str = "") -> Course:
    """Whether a relative is a parent, a sibling or a child, or further away.

    Missing: a relative nobody named counts as near, the stricter reading.
    """
    given = tuple(codings)
    coded = ((system_of(system) or "", code) for system, code, _ in given)
    if known := next((relatives()[key] for key in coded if key in relatives()), None):
        return known
    words = [word for name in [text, *(shown for _, _, shown in given)] for word in words_in(name)]
    return next((course for name, course in relative_names() if _names_it(words, name)), Course.FAMILY)


def _condition_by_name(name: str) -> tuple[Recognized, ...]:
    words = words_in(name)
    for phrase, concepts in condition_names():
        # A no inside the name itself ("positive pregnancy test") belongs to the name.
        if _names_it(words, phrase) and not _NOT_SAID.intersection(words).difference(phrase.split()):
            course = _course_in(frozenset(words))
            return tuple(Recognized(concept, name, course, True, True) for concept in concepts)
    return ()


def _course_in(words: frozenset[str]) -> Course | None:
    if words & _KIN:
        return Course.FAMILY
    if words & _DISTANT_KIN:
        return Course.DISTANT_FAMILY
    return Course.PAST if words & _OVER else None


def _ingredients(codings: tuple[Coding, ...], text: str, kind: str) -> tuple[Recognized, ...]:
    found = {
        ingredient: Recognized(f"{kind}:{ingredient}", _in_words(display or text, code))
        for system, code, display in codings
        for ingredient in ingredients_of(system, code)
    }
    is_coded = bool(found)
    for name in [text, *(display for _, _, display in codings)]:
        # Words that name another ingredient than the code tell either the rest of a product or the truth.
        is_doubtful = is_coded or (kind == "ingredient" and not _NOT_TAKEN.isdisjoint(words_in(name)))
        for ingredient in _ingredients_named(name):
            known = Recognized(f"{kind}:{ingredient}", name, None, is_doubtful, is_by_name=True)
            found.setdefault(ingredient, known)
    return tuple(found.values())


def _ingredients_named(name: str) -> Iterator[str]:
    plain = f" {' '.join(words_in(name))} "
    for phrase in false_friends():
        plain = plain.replace(f" {phrase} ", " ")
    words = plain.split()
    for word in words:
        for phrase, ingredients in medicine_names().get(word, ()):
            if _names_it(words, phrase):
                yield from ingredients


def _names_it(words: list[str], phrase: str) -> bool:
    # Whole words only: ketoprofen and ketorolac are not ketamine.
    return f" {phrase} " in f" {' '.join(words)} "


def _in_words(display: str, code: str) -> str:
    return f"{display} ({code})" if display else code
