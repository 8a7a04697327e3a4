"""What is asked about people: an enquiry in a minute, a chart, a file, whose chart it is, why it opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kap_clinic.database.identity import new_id
from kap_clinic.organizations.queries import site_names

from .births import born_in_words
from .contacts import Contact
from .duplicates import PossibleDuplicate
from .enquiries import MAIL, TELEPHONE, VISIT, Said
from .importing import Question
from .journey import LOST, STAGES
from .openings import HOURS

ANOTHER = "another"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("", _("another, or not asked"))]
_BIRTH_HINT = _("Like 1984-03-27. Where you know less: 1984-03, or 1984.")
OFF = {"autocomplete": "off", "spellcheck": "false"}


def text(label: Any, most: int = 120, *, required: bool = True, hint: Any = "") -> forms.CharField:
    """Ask for a line of text that no browser completes."""
    widget = forms.TextInput(dict(OFF))
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=widget)


def long_text(label: Any, most: int, *, required: bool = True, hint: Any = "") -> forms.CharField:
    """Ask for some sentences."""
    widget = forms.Textarea({"rows": 3})
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=widget)


class _Reachable(forms.Form):
    """Somebody with a name and a way to reach them."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    name = text(_("Name"))
    birth = text(_("Birth date"), 10, required=False, hint=_BIRTH_HINT)
    phone = text(_("Telephone"), 40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(dict(OFF)))

    def contact(self) -> Contact:
        """Return how they are reached."""
        said = self.cleaned_data
        return Contact(phone=said["phone"], email=said["email"], address=said.get("address", ""))


class EnquiryForm(_Reachable):
    """Sixty seconds at the telephone; only the name must be there."""

    seeks = long_text(_("What they seek"), 600, required=False)
    came_by = forms.ChoiceField(
        label=_("How they asked"),
        choices=[(TELEPHONE, _("telephone")), (MAIL, _("e-mail")), (VISIT, _("came in"))],
        widget=forms.RadioSelect,
        initial=TELEPHONE,
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False, initial="en")
    heard = text(_("How they heard of us"), required=False)
    travel = text(_("Where they travel from"), required=False)
    roommate = text(_("Would they share a room"), required=False)
    diet = text(_("What the kitchen must know"), required=False)
    field_order = ("id", "name", "phone", "email", "seeks", "came_by")

    def said(self) -> dict[str, Any]:
        """Return what the action is told."""
        told = self.cleaned_data
        kept = {name: told[name] for name in ("id", "name", "birth", "language", "came_by", "heard")}
        said = Said(**{name: told[name] for name in ("seeks", "travel", "roommate", "diet")})
        return {**kept, "contact": self.contact(), "said": said}


class SiteField(forms.ChoiceField):
    """One of our sites, or the whole organization."""

    def __init__(self) -> None:
        """Offer the sites of the organization we act in, when the form is shown."""
        super().__init__(
            label=_("Treated at"),
            help_text=_("Staff of other sites then need a reason to open this chart."),
            choices=_sites,
            required=False,
        )

    def clean(self, value: Any) -> UUID | None:
        """Answer None for the whole organization."""
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


def _sites() -> list[tuple[str, str]]:
    names = sorted(site_names().items(), key=lambda item: item[1])
    return [("", gettext("the whole organization")), *((str(id), name) for id, name in names)]


class ChartForm(_Reachable):
    """Who a new chart is about, as they say it themselves."""

    sex = text(_("Sex"), 32, required=False, hint=_("As they say it."))
    pronouns = text(_("Pronouns"), 32, required=False, hint=_("As they say it."))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False, initial="en")
    address = text(_("Address"), 240, required=False)
    site = SiteField()

    def said(self) -> dict[str, Any]:
        """Return what the action is told."""
        names = ("id", "name", "birth", "sex", "pronouns", "language", "site")
        return {**{name: self.cleaned_data[name] for name in names}, "contact": self.contact()}


class SiteForm(forms.Form):
    """Where a chart that comes from an enquiry belongs."""

    person = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    site = SiteField()


class FileForm(forms.Form):
    """A file of records, and who sent it."""

    source = text(
        _("Who sent it"), hint=_("The same words for the same sender: a newer record then replaces an older.")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("FHIR R4 as JSON or NDJSON, plain or gzip; or a sheet as CSV. Up to 64 MB."),
    )


class WhoForm(forms.Form):
    """Of each person who may have a chart already: which one, or another person."""

    def __init__(self, questions: Sequence[Question], *arguments: Any, **named: Any) -> None:
        """Ask one question a person."""
        super().__init__(*arguments, **named)
        self.keys = {f"who_{place}": one.newcomer.key for place, one in enumerate(questions)}
        for place, one in enumerate(questions):
            self.fields[f"who_{place}"] = same_person(one.newcomer.who.name, one.candidates)

    def answers(self) -> Mapping[str, UUID | None]:
        """Return the chosen chart of each person; None is another person."""
        return {key: chart_in(self.cleaned_data[name]) for name, key in self.keys.items()}


def same_person(name: str, candidates: Sequence[PossibleDuplicate]) -> forms.ChoiceField:
    """Ask which of these charts is this person's."""
    offered = [
        (str(one.person), gettext("The same person as {name}, {birth}").format(
            name=one.name, birth=born_in_words(one.birth) or gettext("birth date not given")))
        for one in candidates
    ]  # fmt: skip
    return forms.ChoiceField(
        label=gettext("Who is {name}?").format(name=name),
        choices=[*offered, (ANOTHER, gettext("Another person: open a new chart"))],
        widget=forms.RadioSelect,
    )


def chart_in(answer: str) -> UUID | None:
    """Return the chart an answer names; None is another person."""
    return None if answer == ANOTHER else UUID(answer)


class BecauseForm(forms.Form):
    """Why something is so."""

    because = long_text(_("Why"), 240)


class StageForm(forms.Form):
    """How far somebody has come."""

    stage = forms.ChoiceField(
        label=_("Stage"), choices=[*STAGES.items(), (LOST, _("lost"))], widget=forms.RadioSelect
    )
    because = long_text(_("Why"), 240, required=False, hint=_("Needed where somebody is lost."))


class OpeningForm(forms.Form):
    """Why a chart is opened outside one's own access, for whom, and for how long."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    because = long_text(_("Why you need this chart now"), 240, hint=_("The medical director will read this."))
    recipient = text(
        _("For whom"),
        hint=_("Yourself, or who receives what you read: for example the emergency department."),
    )
    hours = forms.TypedChoiceField(
        label=_("For how long"),
        choices=[(hours, _("{hours} h").format(hours=hours)) for hours in HOURS],
        coerce=int,
        widget=forms.RadioSelect,
        initial=HOURS[0],
    )
