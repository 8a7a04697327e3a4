"""What is asked about a case: a try and what came of it, another owner, the answer that closes it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kap.casework.kind import CaseKind
from kap_clinic.database.identity import new_id
from kap_clinic.website.questions import DayField

_SHORT = forms.TextInput({"autocomplete": "off"})


class AttemptForm(forms.Form):
    """What was tried, and what came of it."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    how = forms.CharField(
        label=_("What was tried, and what came of it"),
        help_text=_("For example: telephoned the office, they call back on Thursday."),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


class OwnerForm(forms.Form):
    """Who owns the case from now on."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    owner = forms.TypedChoiceField(label=_("New owner"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, people: list[tuple[UUID, str]], **options: Any) -> None:
        """Offer the people who work here."""
        super().__init__(*arguments, **options)
        offered: Any = self.fields["owner"]
        offered.choices = people


class AnswerForm(forms.Form):
    """The answer that closes a case: what, by whom, until when."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    outcome = forms.ChoiceField(label=_("The answer"), widget=forms.RadioSelect)
    said_by = forms.CharField(
        label=_("Who gave it"),
        help_text=_("Name and specialty, as they signed."),
        max_length=160,
        required=False,
        widget=_SHORT,
    )
    answer = forms.CharField(
        label=_("Their words, and any conditions"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    counts_until = DayField(
        label=_("Counts until"), help_text=_("The last day on which a clearance counts."), required=False
    )

    def __init__(self, *arguments: Any, kind: CaseKind, **options: Any) -> None:
        """Offer the ways a case of this kind can end."""
        super().__init__(*arguments, **options)
        offered: Any = self.fields["outcome"]
        offered.choices = [(one.id, one.words.rendered(gettext)) for one in kind.outcomes]
