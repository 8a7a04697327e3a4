"""What is asked when a form is asked, answered, entered, rated, corrected or timed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kap.instruments.definition import Instrument, Item
from kap.vocabulary.errors import InputError
from kap.vocabulary.zones import zone
from kap_clinic.database.identity import new_id
from kap_clinic.website.questions import DayField

from .asking import LINK, STAFF
from .items import field_of, hints_of, label_of, value_of

_MOST_BYTES = 400_000


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
        hints = hints_of(definition)
        for item in self.items:
            initial = answered.get(item.id, "")
            self.fields[f"i-{item.id}"] = field_of(
                item,
                label=label_of(definition, item),
                initial=initial,
                help_text=hints.get(item.id, ""),
            )
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


class ChosenForm(forms.Form):
    """One answer of a sheet, as it is chosen: which sheet, and how many were chosen on it before."""

    id = forms.UUIDField()
    turn = forms.IntegerField(min_value=1)

    def __init__(self, *arguments: Any, definition: Instrument, item: Item, **options: Any) -> None:
        """Read the item as its sheet asks it."""
        super().__init__(*arguments, **options)
        self.name = f"i-{item.id}"
        self.fields[self.name] = field_of(item, label=label_of(definition, item))

    @property
    def value(self) -> str:
        """Return the answer as the instrument reads it; empty where it was taken off again."""
        return value_of(self.cleaned_data[self.name])


class AskForm(forms.Form):
    """Which forms are asked of a client, and how those that clients answer are filled in."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    how = forms.ChoiceField(
        label=_("Forms that clients answer"),
        choices=[(LINK, _("By link, on the client's own phone")), (STAFF, _("Here, with staff present"))],
        widget=forms.RadioSelect,
        help_text=_("Scales that a clinician rates are always rated here."),
    )

    def __init__(self, *arguments: Any, offered: Sequence[tuple[str, Any]], **options: Any) -> None:
        """Offer the library, in groups."""
        super().__init__(*arguments, **options)
        self.fields["instruments"] = forms.MultipleChoiceField(
            label=_("Forms"), choices=list(offered), widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(["id", "instruments", "how"])


class LinkForm(forms.Form):
    """In which language the page around the questions is read first."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    language = forms.ChoiceField(
        label=_("Language of the page"), choices=settings.LANGUAGES, widget=forms.RadioSelect,
        help_text=_("The client can change it. The questions keep the words of their official version."),
    )  # fmt: skip


class FollowForm(forms.Form):
    """Which schedule a client follows, from when, and where they are."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    starts_on = DayField(label=_("First day"))
    time_zone = forms.CharField(
        label=_("Time zone where the client is"), max_length=64,
        help_text=_("Such as America/Denver. Nobody is written to at night there."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, offered: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer the schedules."""
        super().__init__(*arguments, **options)
        self.fields["schedule_id"] = forms.ChoiceField(
            label=_("Schedule"), choices=list(offered), widget=forms.RadioSelect
        )
        self.order_fields(["id", "schedule_id", "starts_on", "time_zone"])


class CorrectForm(forms.Form):
    """A corrected answer, and why it is corrected."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    why = forms.CharField(
        label=_("Why it is corrected"), max_length=240,
        help_text=_("The first answer stays beside it, with your reason."),
    )  # fmt: skip

    def __init__(
        self, *arguments: Any, definition: Instrument, item: Item, answered: str, **options: Any
    ) -> None:
        """Ask the item again."""
        super().__init__(*arguments, **options)
        self.fields["value"] = field_of(item, label=label_of(definition, item), initial=answered)
        self.order_fields(["id", "value", "why"])

    @property
    def value(self) -> str:
        """Return the answer as the instrument reads it."""
        return value_of(self.cleaned_data["value"])


class CopyForm(forms.Form):
    """A file of licensed words or tables, and the license the house holds for it."""

    file = forms.FileField(
        label=_("File"), help_text=_("The empty file of this instrument, filled in. YAML, up to 200 kB.")
    )
    holder = forms.CharField(label=_("Holder of the license terms"), max_length=120)
    reference = forms.CharField(
        label=_("License"), max_length=120, help_text=_("Its number, or who granted it and on which day.")
    )
    valid_until = DayField(label=_("Last day it is valid, or the day to check it again"))
    for_profit = forms.ChoiceField(
        label=_("It allows use by a house that is run for profit"),
        choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect,
    )  # fmt: skip

    def text(self) -> str:
        """Return the file as text.

        Raises: InputError for a file that is no text.
        """
        given = self.cleaned_data["file"]
        try:
            return str(given.read(_MOST_BYTES + 1)[:_MOST_BYTES].decode("utf-8-sig"))
        except UnicodeDecodeError as wrong:
            raise InputError(
                _("This file is no UTF-8 text. Save it as UTF-8 and choose it again.")
            ) from wrong


class SignForm(forms.Form):
    """What was checked and is now signed: the same file, and the same license."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    holder = forms.CharField(widget=forms.HiddenInput, max_length=120)
    reference = forms.CharField(widget=forms.HiddenInput, max_length=120)
    valid_until = forms.DateField(widget=forms.HiddenInput)
    for_profit = forms.CharField(widget=forms.HiddenInput)


class BackForm(forms.Form):
    """Why a licensed copy is taken back."""

    why = forms.CharField(label=_("Why it is taken back"), max_length=240)


class ProfitForm(forms.Form):
    """Whether the house is run for profit."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    is_for_profit = forms.ChoiceField(
        label=_("This house is run"), choices=[("yes", _("for profit")), ("no", _("without profit"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
