"""What is asked when a finding is answered, a screening signed, a history given or confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kap.screening.questions import Question, packaged_history
from kap.vocabulary.routes import Drug, Route
from kap_clinic.database.identity import new_id
from kap_clinic.website.questions import DayField

from .actions import DECLINE, GO_ON, WAIT
from .asking import choices_of, question_field

DRUGS = {Drug.KETAMINE: _("ketamine"), Drug.ESKETAMINE: _("esketamine")}
ROUTES = {
    Route.IV: _("into a vein (IV)"),
    Route.IM: _("into a muscle (IM)"),
    Route.SC: _("under the skin (SC)"),
    Route.SL: _("under the tongue (SL)"),
    Route.IN: _("into the nose (IN)"),
    Route.PO: _("swallowed (PO)"),
}
DECISIONS = {
    GO_ON: _("Go on to preparation"),
    WAIT: _("Not yet: wait for what is still open"),
    DECLINE: _("Not here: this treatment is not for this person"),
}


class TreatmentForm(forms.Form):
    """For which drug and route the person is screened."""

    drug = forms.ChoiceField(label=_("Drug"), choices=[(one.value, words) for one, words in DRUGS.items()])
    route = forms.ChoiceField(label=_("Route"), choices=[(one.value, words) for one, words in ROUTES.items()])


class ClearanceForm(forms.Form):
    """Who is asked to clear a finding, what, and by when."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    asked_of = forms.CharField(
        label=_("Who is asked"),
        help_text=_("The specialty, or a person and their specialty."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    question = forms.CharField(
        label=_("What they should answer"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    due_on = DayField(label=_("Needed by"))


class OverrideForm(forms.Form):
    """Why a finding is overridden, and until when."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    why = forms.CharField(
        label=_("Why"),
        help_text=_("Everybody who reads the finding reads this beside it."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )
    until = DayField(label=_("Until the end of"))


class EndingForm(forms.Form):
    """Why an override ends before its day."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    why = forms.CharField(
        label=_("Why"),
        help_text=_("It ends at once. The finding then stands by itself again."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


class SignForm(forms.Form):
    """The decision, in the signer's words; the mark says which screening was read."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    has_assessed = forms.BooleanField(required=False)
    decision = forms.ChoiceField(
        label=_("Decision"), choices=list(DECISIONS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *arguments: Any, not_screened: Sequence[str], **options: Any) -> None:
        """Ask for the one attestation only where there are rules that OpenKAP does not screen."""
        super().__init__(*arguments, **options)
        self.not_screened = tuple(not_screened)
        if not self.not_screened:
            del self.fields["has_assessed"]
            return
        self.fields["has_assessed"].label = ngettext(
            "I have assessed, outside OpenKAP, the {n} rule named above. It is named with my signature.",
            "I have assessed, outside OpenKAP, each of the {n} rules named above. "
            "They are named with my signature.",
            len(self.not_screened),
        ).format(n=len(self.not_screened))

    def signing(self) -> dict[str, Any]:
        """Return what is signed; the rules assessed elsewhere by their ids."""
        said = {name: self.cleaned_data[name] for name in ("id", "seen", "decision", "words")}
        return {**said, "assessed": self.not_screened if self.cleaned_data.get("has_assessed") else ()}


class LinkForm(forms.Form):
    """In which language a client reads the health history first."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    language = forms.ChoiceField(
        label=_("Language of the form"), choices=settings.LANGUAGES, widget=forms.RadioSelect,
        help_text=_("The client can change it."),
    )  # fmt: skip


class ConfirmForm(forms.Form):
    """Every question of the history as it was answered; a clinician confirms, corrects or leaves it open."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(
        self, *arguments: Any, answered: Mapping[str, str], hints: Mapping[str, Any], group: str = "",
        **options: Any,
    ) -> None:  # fmt: skip
        """Show what was told, with when it was told; of one group, or all of it."""
        super().__init__(*arguments, **options)
        every = packaged_history().questions
        self.asked = {name: one for name, one in every.items() if not group or one.group == group}
        for link_id, question in self.asked.items():
            self.fields[f"q-{link_id}"] = question_field(
                question, initial=answered.get(link_id), help_text=hints.get(link_id, "")
            )

    def answers(self) -> dict[str, str]:
        """Return the answers that stand now, by link id."""
        said = {link_id: self.cleaned_data[f"q-{link_id}"] for link_id in self.asked}
        return {link_id: value for link_id, value in said.items() if value}


class RepeatForm(forms.Form):
    """That nothing has changed in one group; the mark says which answers were read."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    group = forms.SlugField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class QuestionForm(forms.Form):
    """One question to a client, on a page of its own."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(
        self, *arguments: Any, question: Question, language: str, answered: str | None, **options: Any
    ) -> None:
        """Offer the answers in the client's language."""
        super().__init__(*arguments, **options)
        self.fields["value"] = forms.ChoiceField(
            label=question.words[language], choices=choices_of(question, language),
            widget=forms.RadioSelect, initial=answered,
        )  # fmt: skip
