"""The questions of the structured history: their words in each language, their answers, what each becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from kap.screening.packaged import text_of
from kap.vocabulary.declared import Declared, declared
from kap.vocabulary.facts import Course

_COURSES = {course.value: course for course in Course}
_PLAIN_ANSWERS: Mapping[str, bool] = {"yes": True, "no": False}


class ToldBy(Enum):
    """Who answers a question; a clinician confirms what a client answered."""

    CLIENT = "client"
    CLINICIAN = "clinician"


class About(Enum):
    """Whether a question asks how things are, or whether something ever was."""

    NOW = "now"
    EVER = "ever"


@dataclass(frozen=True, slots=True)
class Becomes:
    """One fact an answer makes: a condition with its course, or a plain answer with its value."""

    concept: str
    course: Course | None = None
    value: bool | str | None = None
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a question offers, in the languages it is asked in, and what it becomes."""

    words: Mapping[str, str]
    becomes: tuple[Becomes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its link id, its words by language, its answers, and the limit for how long they count.

    A question with no choices takes any text, which becomes the value of `text_becomes`.
    """

    link_id: str
    about: About
    group: str
    told_by: ToldBy
    words: Mapping[str, str]
    choices: Mapping[str, Choice]
    text_becomes: str | None
    counts: str | None


@dataclass(frozen=True, slots=True)
class History:
    """The whole questionnaire, in the order it is asked."""

    url: str
    version: int
    title: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    questions: Mapping[str, Question]
    reviewed: Mapping[str, str]


@cache
def packaged_history() -> History:
    """The questions this version came with."""
    return history_from("history.yaml", text_of("history.yaml"))


def history_from(file: str, text: str) -> History:
    """Reads the questions.

    Raises: DeclarationError, with file and line, for a question without its words or answers, in a group
    nobody declared, or with an answer that makes no fact.
    """
    parts = declared(file, text).parts(
        needed=("questionnaire", "version", "title", "reviewed", "groups", "items")
    )
    groups = {name: _words(part) for name, part in parts["groups"].named().items()}
    return History(
        url=parts["questionnaire"].text(),
        version=parts["version"].whole(),
        title=_words(parts["title"]),
        groups=groups,
        questions={name: _question(name, part, groups) for name, part in parts["items"].named().items()},
        reviewed=_words(parts["reviewed"]),
    )


def _question(link_id: str, part: Declared, groups: Mapping[str, object]) -> Question:
    given = part.parts(
        needed=("about", "group", "told_by", "en", "es"), optional=("yes", "no", "choices", "text", "counts")
    )
    if given["group"].text() not in groups:
        raise given["group"].wrong(f"there is no group {given['group'].text()!r}.")
    ways = [name for name in ("yes", "choices", "text") if name in given]
    if len(ways) != 1 or ("yes" in given) != ("no" in given):
        raise part.wrong("a question has either a yes and a no, or choices, or a text.")
    return Question(
        link_id=link_id,
        about=given["about"].one_of(About),
        group=given["group"].text(),
        told_by=given["told_by"].one_of(ToldBy),
        words={"en": given["en"].text(), "es": given["es"].text()},
        choices=_choices(given),
        text_becomes=given["text"].text() if "text" in given else None,
        counts=given["counts"].text() if "counts" in given else None,
    )


def _choices(given: Mapping[str, Declared]) -> Mapping[str, Choice]:
    if "choices" in given:
        return {name: _choice(part) for name, part in given["choices"].named().items()}
    both = {"yes": {"en": "Yes", "es": "Sí"}, "no": {"en": "No", "es": "No"}}
    return {name: Choice(words, _made(given[name])) for name, words in both.items() if name in given}


def _choice(part: Declared) -> Choice:
    given = part.parts(needed=("en", "es", "becomes"))
    return Choice({"en": given["en"].text(), "es": given["es"].text()}, _made(given["becomes"]))


def _made(part: Declared) -> tuple[Becomes, ...]:
    return tuple(_one(member) for member in part.listed())


def _one(part: Declared) -> Becomes:
    concept, _, rest = part.text().partition(" ")
    said, _, doubt = rest.partition(" ")
    if not said or doubt not in ("", "doubtful"):
        raise part.wrong(
            f"{part.text()!r} is no fact: write a concept and a course, or a concept and a value."
        )
    if said in _COURSES:
        return Becomes(concept, course=_COURSES[said], is_doubtful=bool(doubt))
    return Becomes(concept, value=_PLAIN_ANSWERS.get(said, said), is_doubtful=bool(doubt))


def _words(part: Declared) -> Mapping[str, str]:
    given = part.parts(needed=("en", "es"))
    return {"en": given["en"].text(), "es": given["es"].text()}
