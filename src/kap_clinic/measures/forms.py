"""What is asked when a form is asked, answered, entered, rated, corrected or timed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kap.instruments.definition import Instrument, Item
from kap.vocabulary.zones import zone
from kap_clinic.database.identity import new_id

from .items import field_of, label_of, value_of


class ItemForm(forms.Form):
    """One question to a client, on a page of its own; it may be left open in so many words."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(self, *arguments: Any, item: Item, hint: str, answered: str, **options: Any) -> None:
        """Ask one item, with the answer that stands already chosen."""
        super().__init__(*arguments, **options)
        self.fields["value"] = field_of(item, label=item.text or "", initial=answered, help_text=hint)

    @property
    def value(self) -> str:
        """Return the answer as the instrument reads it; empty where it is passed over."""
        return value_of(self.cleaned_data["value"])


class SheetForm(forms.Form):
    """A whole form on one page, for staff: every item, who rated it, when it was given."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(
        self, *arguments: Any, definition: Instrument, answered: Mapping[str, str],
        raters: Mapping[UUID, str] | None = None, rater: UUID | None = None, **options: Any,
    ) -> None:  # fmt: skip
        """Ask every item, with the answers that stand already chosen."""
        super().__init__(*arguments, **options)
        self.items = definition.items
        if raters:
            self.fields["rater"] = forms.ChoiceField(
                label=_("Rated by"), choices=[(str(one), name) for one, name in raters.items()], initial=rater
            )
        for item in self.items:
            initial = answered.get(item.id, "")
            self.fields[f"i-{item.id}"] = field_of(item, label=label_of(definition, item), initial=initial)
        self.fields["given_on"] = forms.DateTimeField(
            label=_("Given at"), help_text=_("Leave it empty for now."), required=False,
            widget=forms.DateTimeInput({"type": "datetime-local"}),
        )  # fmt: skip

    def answers(self) -> dict[str, str]:
        """Return what was answered, by item."""
        said = {item.id: value_of(self.cleaned_data[f"i-{item.id}"]) for item in self.items}
        return {item: value for item, value in said.items() if value}

    def given_at(self, clock: str) -> datetime | None:
        """Return when the answers were given, as the clock of the place showed it; None for now."""
        found: datetime | None = self.cleaned_data["given_on"]
        return found.replace(tzinfo=zone(clock)) if found else None

    def rater(self) -> UUID | None:
        """Return who rated it, where that is asked."""
        said = self.cleaned_data.get("rater")
        return UUID(said) if said else None
