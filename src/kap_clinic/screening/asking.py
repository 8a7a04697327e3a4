"""What a screening still lacks, asked for in one place: readings, results, questions of the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kap.screening.questions import Question, packaged_history
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.findings import ClearedBy, Finding, Verdict
from kap_clinic.database.identity import new_id
from kap_clinic.website.questions import DayField, KeypadInput

from .told import questions_of

ORIGIN = "workbench"
_LABS = {
    "alt": (_("ALT"), "U/L"),
    "ast": (_("AST"), "U/L"),
    "bilirubin": (_("Bilirubin, total"), "mg/dL"),
}


_MEASURED = ("age", "blood-pressure", "pregnancy", "hepatic")


@dataclass(frozen=True)
class Asked:
    """What is asked for: the measured things, and the questions of the history, in their order."""

    rules: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    questions: Mapping[str, Question] = field(default_factory=dict)


def waiting_rules(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the rules that wait for a fact somebody can tell here, or for a new reading."""
    waiting = [one for one in findings if _waits(one)]
    return tuple(one.rule for one in waiting if one.rule != "age" or _lacks(one, "birth-date"))


def asked_about(rules: Iterable[str]) -> Asked:
    """Return what these rules wait for; what nobody can fill in here is left out."""
    kept = tuple(rule for rule in rules if rule in _MEASURED or questions_of(rule))
    every = packaged_history().questions
    wanted = [link_id for rule in kept for link_id in questions_of(rule)]
    return Asked(
        kept,
        tuple(rule for rule in kept if rule in _MEASURED),
        {link_id: every[link_id] for link_id in wanted},
    )


def _waits(finding: Finding) -> bool:
    way = finding.clears_by.way if finding.clears_by else None
    return finding.verdict is Verdict.UNKNOWN or way in (ClearedBy.FACT, ClearedBy.REMEASURE)


def _lacks(finding: Finding, what: str) -> bool:
    return any(fact.what == what and fact.status is FactStatus.MISSING for fact in finding.because.facts)


def choices_of(question: Question, language: str) -> list[tuple[str, str]]:
    """Return the answers a question offers, in a language."""
    return [(value, choice.words[language]) for value, choice in question.choices.items()]


def question_field(question: Question, **options: Any) -> forms.Field:
    """Return one question of the history as a field, in the reader's language."""
    language = "es" if get_language() == "es" else "en"
    told = {"label": question.words[language], "required": False, **options}
    if question.text_becomes is not None:
        return forms.CharField(max_length=160, widget=forms.TextInput({"autocomplete": "off"}), **told)
    offered = [*choices_of(question, language), ("", _("not asked"))]
    # Yes, no and not asked fit beside each other; longer answers are read one under another.
    row = {"class": "in-a-row"} if set(question.choices) == {"yes", "no"} else {}
    return forms.ChoiceField(choices=offered, widget=forms.RadioSelect(row), **told)


class MissingForm(forms.Form):
    """One form for all that is missing; what is left empty stays missing."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    rules = forms.CharField(widget=forms.HiddenInput, required=False, max_length=600)

    def __init__(
        self, *arguments: Any, asked: Asked, today: date, hints: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:  # fmt: skip
        """Ask for what the findings wait for, and for nothing else; show what was told to each question."""
        super().__init__(*arguments, **options)
        self.asked, self.today = asked, today
        self.initial["rules"] = " ".join(asked.rules)
        add = {
            "age": self._ask_birth, "blood-pressure": self._ask_pressure, "pregnancy": self._ask_hcg,
            "hepatic": self._ask_labs,
        }  # fmt: skip
        for rule in asked.measured:
            add[rule]()
        if set(asked.measured) - {"age"}:
            self.fields["on"] = DayField(
                label=_("Day of the readings and results above"), initial=today, required=False
            )
        for link_id, question in asked.questions.items():
            told = (hints or {}).get(link_id, "")
            self.fields[f"q-{link_id}"] = question_field(question, help_text=told)

    def clean(self) -> dict[str, Any]:
        """Take whole readings only, of a day that is not to come."""
        said: dict[str, Any] = super().clean() or {}
        if (said.get("systolic") is None) != (said.get("diastolic") is None):
            self.add_error("diastolic", _("A blood pressure has two numbers. Enter both, or neither."))
        on = said.get("on")
        if on is not None and on > self.today:
            self.add_error("on", _("This day has not come yet."))
        born = said.get("born")
        if born is not None and born > self.today:
            self.add_error("born", _("This day has not come yet."))
        has_results = any(said.get(name) is not None for name in ("systolic", "alt", "ast", "bilirubin"))
        if on is None and "on" in self.fields and (has_results or said.get("hcg")):
            self.add_error("on", _("Enter the day on which it was measured."))
        for name in _LABS:
            if said.get(name) is not None and said.get(f"{name}_upper") is None:
                self.add_error(f"{name}_upper", _("Enter the upper limit the laboratory printed beside it."))
        return said

    def facts(self) -> list[Fact]:
        """Return the readings and results that were entered."""
        said, on = self.cleaned_data, self.cleaned_data.get("on")
        found = []
        if said.get("born"):
            found.append(Fact(what="birth-date", value=said["born"], came_from=f"{ORIGIN}/{said['id']}#born"))
        if said.get("systolic") is not None:
            pressure = BloodPressure(said["systolic"], said["diastolic"])
            found.append(self._fact("blood-pressure", pressure, on))
        if said.get("hcg"):
            found.append(self._fact("lab:hcg", said["hcg"], on))
        for name, (_label, unit) in _LABS.items():
            if said.get(name) is not None:
                more = {"unit": UcumUnit(unit), "upper_limit": said[f"{name}_upper"]}
                found.append(self._fact(f"lab:{name}", said[name], on, **more))
        return found

    def answers(self) -> dict[str, str]:
        """Return the answers that were given, by link id."""
        said = {link_id: self.cleaned_data.get(f"q-{link_id}") for link_id in self.asked.questions}
        return {link_id: value for link_id, value in said.items() if value}

    def _fact(self, what: str, value: Any, on: date | None, **more: Any) -> Fact:
        return Fact(
            what=what, value=value, when=on, came_from=f"{ORIGIN}/{self.cleaned_data['id']}#{what}", **more
        )

    def _ask_birth(self) -> None:
        self.fields["born"] = DayField(label=_("Birth date, from an identity document"), required=False)

    def _ask_pressure(self) -> None:
        self._ask_number("systolic", _("Blood pressure, upper number"), "mmHg")
        self._ask_number("diastolic", _("Blood pressure, lower number"), "mmHg")

    def _ask_hcg(self) -> None:
        words = {"positive": _("Positive"), "negative": _("Negative"), "indeterminate": _("Unclear")}
        self.fields["hcg"] = forms.ChoiceField(
            label=_("Pregnancy test (hCG)"), choices=list(words.items()), widget=forms.RadioSelect,
            required=False,
        )  # fmt: skip

    def _ask_labs(self) -> None:
        for name, (label, unit) in _LABS.items():
            self._ask_number(name, label, unit)
            self._ask_number(
                f"{name}_upper", _("{result}: the laboratory's upper limit").format(result=label), unit
            )

    def _ask_number(self, name: str, label: Any, unit: str) -> None:
        self.fields[name] = forms.DecimalField(
            label=label, min_value=Decimal("0.01"), max_digits=7, decimal_places=2, required=False,
            widget=KeypadInput(unit, is_whole=unit == "mmHg"),
        )  # fmt: skip
