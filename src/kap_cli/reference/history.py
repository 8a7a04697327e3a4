"""The structured history as a page: every link id, its question, and what each answer becomes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kap.screening.limits import Limit
from kap.screening.questions import Becomes, History, Question, packaged_history
from kap.screening.registry import packaged_rulebook
from kap.vocabulary.decimals import plain

_INTRODUCTION = """# {en} · {es}

The structured history is the FHIR Questionnaire `{url}`, version {version}. What no code carries is told
here; `./kap screen` reads its QuestionnaireResponse by these link ids. Once published, a link id keeps its
meaning.

- A yes or a no is a `valueBoolean`; a choice is a `valueCoding` whose code is the word shown; a text is a
  `valueString`. A question nobody answered is left out: not asked is not no.
- An answer counts from the response's `authored` day, for as long as shown. The newest answer stands. Where a
  question is about *ever*, an earlier yes stands too, until a clinician has confirmed the no.
- A fact marked *until confirmed* is doubtful, and the rule asks, until a clinician has gone through the
  answers with the person: the response's author is then a practitioner.

The English words were reviewed by: {reviewed_en}. The Spanish words were reviewed by: {reviewed_es}."""


def history_page() -> str:
    """Writes the page of the Questionnaire's link ids."""
    history = packaged_history()
    opening = _INTRODUCTION.format(
        en=history.title["en"],
        es=history.title["es"],
        url=history.url,
        version=history.version,
        reviewed_en=history.reviewed["en"],
        reviewed_es=history.reviewed["es"],
    )
    return "\n".join([opening, *_groups(history), ""])


def _groups(history: History) -> Iterator[str]:
    for group, words in history.groups.items():
        yield from ("", f"## {words['en']} · {words['es']}", "")
        yield "| Link id | Question | Answer | Becomes | Counts for |"
        yield "| --- | --- | --- | --- | --- |"
        for question in history.questions.values():
            if question.group == group:
                yield from _rows(question)


def _rows(question: Question) -> Iterator[str]:
    asked = f"{question.words['en']}<br>*{question.words['es']}*<br>Told by the {question.told_by.value};"
    asked += f" about {question.about.value}."
    first = f"| `{question.link_id}` | {asked} |"
    for name, choice in question.choices.items():
        words = "" if name in ("yes", "no") else f": {choice.words['en']}<br>*{choice.words['es']}*"
        made = "<br>".join(_in_words(one) for one in choice.becomes) or "nothing"
        yield f"{first} {name}{words} | {made} | {_counts(question)} |"
        first = "| | |"
    if question.text_becomes is not None:
        yield f"{first} a text | `{question.text_becomes}`: the text | {_counts(question)} |"


def _in_words(made: Becomes) -> str:
    plainly = {"True": "yes", "False": "no"}
    said = made.course.value if made.course else plainly.get(str(made.value), str(made.value))
    return f"`{made.concept}`: {said}" + (", until confirmed" if made.is_doubtful else "")


def _counts(question: Question) -> str:
    if question.counts is None:
        return "—"
    rule, _, name = question.counts.partition(".")
    limit = getattr(packaged_rulebook().limits_of(rule), name)
    assert isinstance(limit, Limit)
    days: Decimal = limit.value
    return f"{plain(days)} days"
