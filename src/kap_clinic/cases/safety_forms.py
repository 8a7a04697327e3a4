"""What is asked in a safety case: what was done, how it ended, and the parts of a safety plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kap.casework.kind import CaseKind
from kap_clinic.database.identity import new_id

from .safety_plans import PARTS, WAYS

_FEW_LINES = {"rows": 3}


class CrisisForm(forms.Form):
    """What happened."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    why = forms.CharField(
        label=_("What happened"),
        help_text=_("In a few words, for whoever is called. You can add more later."),
        max_length=500,
        widget=forms.Textarea(_FEW_LINES),
    )


class DoneForm(forms.Form):
    """What was done, in words."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    words = forms.CharField(
        label=_("What was said or agreed"), max_length=1000, widget=forms.Textarea(_FEW_LINES)
    )


class EndForm(forms.Form):
    """How a safety case ended, who judged it, and what comes next."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    outcome = forms.ChoiceField(label=_("How it ended"), widget=forms.RadioSelect)
    said_by = forms.CharField(
        label=_("Who judged it"),
        help_text=_("Name and profession of the clinician."),
        max_length=160,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    answer = forms.CharField(
        label=_("What comes next"),
        help_text=_("Who sees them when, and who calls them tomorrow."),
        max_length=2000,
        widget=forms.Textarea(_FEW_LINES),
    )

    def __init__(self, *arguments: Any, kind: CaseKind, **options: Any) -> None:
        """Offer the ways a case of this kind can end."""
        super().__init__(*arguments, **options)
        offered: Any = self.fields["outcome"]
        offered.choices = [(one.id, one.words.rendered(gettext)) for one in kind.outcomes]


class PlanForm(forms.Form):
    """The parts of a safety plan, in the order in which they help."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Ask for every part; which of them must be written is for the action to say."""
        super().__init__(*arguments, **options)
        for name, words in PARTS.items():
            self.fields[name] = forms.CharField(
                label=words.rendered(gettext), max_length=2000, required=False,
                widget=forms.Textarea(_FEW_LINES),
            )  # fmt: skip

    def parts(self) -> dict[str, str]:
        """Return what was written."""
        return {name: self.cleaned_data[name] for name in PARTS}


class GiveForm(forms.Form):
    """How the plan was given."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    how = forms.ChoiceField(label=_("How was it given to them?"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the ways a plan is given."""
        super().__init__(*arguments, **options)
        offered: Any = self.fields["how"]
        offered.choices = [(id, words.rendered(gettext)) for id, words in WAYS.items()]
