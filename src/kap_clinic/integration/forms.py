"""What a progress note asks: times, therapy, ratings, plan, risk; and what is added to one later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kap.instruments.shelf import instrument
from kap.integration.note import Modality, ProgressNote, Rated, Risk
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.planned import PlannedTime
from kap_clinic.database.identity import new_id
from kap_clinic.plans.forms import clock
from kap_clinic.website.questions import DayField, KeypadInput

MODALITIES = {
    Modality.EMDR: _("EMDR"),
    Modality.ART: _("ART"),
    Modality.IFS: _("IFS, parts work"),
    Modality.CBT: _("CBT"),
    Modality.MBCT: _("MBCT"),
    Modality.FAP: _("FAP"),
    Modality.SOMATIC: _("somatic work"),
    Modality.MINDFULNESS: _("mindfulness"),
    Modality.TALKING: _("talking"),
}
RISKS = {
    Risk.NONE: _("asked about, none heard"),
    Risk.LOW: _("low: passing thoughts, no plan"),
    Risk.MODERATE: _("moderate: somebody must see them today"),
    Risk.HIGH: _("high: never left alone"),
}


def _rating(name: str, label: Any) -> forms.DecimalField:
    answers = instrument(name).items[0].kind
    return forms.DecimalField(
        label=label, required=False, min_value=answers.lowest, max_value=answers.highest, decimal_places=0,
        widget=KeypadInput(unit=f"{answers.lowest}-{answers.highest}"),
    )  # fmt: skip


class NoteForm(forms.Form):
    """One progress note."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    on = DayField(label=_("On which day"))
    began = clock(_("Began at"))
    ended = clock(_("Ended at"))
    modality = forms.ChoiceField(
        label=_("Therapy"), choices=[(one.value, words) for one, words in MODALITIES.items()],
        widget=forms.RadioSelect,
    )  # fmt: skip
    suds_before = _rating("suds", _("Disturbance (SUDS) before"))
    suds_after = _rating("suds", _("Disturbance (SUDS) after"))
    voc_before = _rating("voc", _("Belief (VOC) before"))
    voc_after = _rating("voc", _("Belief (VOC) after"))
    plan = forms.CharField(
        label=_("Plan"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("What comes next, for whoever sees this person next."),
    )  # fmt: skip
    risk = forms.ChoiceField(
        label=_("Suicide risk"), choices=[(one.value, words) for one, words in RISKS.items()],
        widget=forms.RadioSelect,
    )  # fmt: skip
    risk_words = forms.CharField(
        label=_("What was heard, and what is done about it today"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 2}), help_text=_("Needed for a moderate or high risk."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, time_zone: str, **options: Any) -> None:
        """Read times by the clock of the session's place."""
        super().__init__(*arguments, **options)
        self.time_zone = time_zone

    def clean(self) -> dict[str, Any]:
        """Read the answers as one note; what a note must say is asked for in its own sentence."""
        told = super().clean() or {}
        if not self.errors:
            try:
                told["note"] = self._note(told)
            except InputError as wrong:
                raise forms.ValidationError(str(wrong)) from wrong
        return told

    def _note(self, told: dict[str, Any]) -> ProgressNote:
        return ProgressNote(
            session=Window(self._moment(told, "began"), self._moment(told, "ended")),
            modality=Modality(told["modality"]),
            disturbance=Rated(told["suds_before"], told["suds_after"]),
            belief=Rated(told["voc_before"], told["voc_after"]),
            plan=told["plan"],
            risk=Risk(told["risk"]),
            risk_words=told["risk_words"],
        )

    def _moment(self, told: dict[str, Any], name: str) -> Instant:
        return PlannedTime(told["on"], told[name], self.time_zone).instant


class AmendForm(forms.Form):
    """What is added to a signed note."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    words = forms.CharField(
        label=_("What is added"), max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=_("What was signed stays as it was signed; this stands beneath it with your name."),
    )  # fmt: skip
