"""Which part of the trail is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kap.vocabulary.zones import zone
from kap_clinic.website.questions import DayField

from .queries import Asked
from .words import PROGRAMS, WORDS


class TrailForm(forms.Form):
    """Days, person, act, subject; sent by GET, so that what is shown can be bookmarked and handed on.

    A person is chosen, not typed: the address then holds an id and never a name.
    """

    start = DayField(label=_("From"), required=False)
    end = DayField(label=_("To, this day included"), required=False)
    clock = forms.ChoiceField(label=_("By the clock of"), required=False)
    actor = forms.ChoiceField(label=_("Who"), required=False)
    action = forms.ChoiceField(label=_("What"), required=False)
    subject = forms.UUIDField(
        label=_("Concerning"),
        help_text=_("The id of a person, a site or a record."),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": _("An id looks like 01932b1e-7c5a-7000-8000-1f2e3d4c5b6a.")},
    )
    refused = forms.BooleanField(label=_("Only what was refused"), required=False)

    def __init__(
        self,
        *arguments: Any,
        clocks: list[tuple[str, str]],
        people: list[tuple[str, str]],
        **named: Any,
    ) -> None:
        """Hold the clocks and people to choose from; the first clock is taken where none was chosen."""
        super().__init__(*arguments, **named)
        self._clocks = clocks
        acts = sorted((words.rendered(gettext), action) for action, words in WORDS.items())
        programs = sorted((words.rendered(gettext), name) for name, words in PROGRAMS.items())
        choices = {
            "clock": clocks,
            "action": [("", _("Anything")), *((id, said) for said, id in acts)],
            "actor": [("", _("Anybody")), *people, (_("Programs"), [(id, said) for said, id in programs])],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def clock_shown(self) -> str:
        """Return the time zone that days and times are read in."""
        return getattr(self, "cleaned_data", {}).get("clock") or self._clocks[0][0]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        said = super().clean() or self.cleaned_data
        if said.get("start") and said.get("end") and said["end"] < said["start"]:
            self.add_error("end", _("The last day is before the first. Change one of them."))
        return said

    def asked(self) -> Asked:
        """Return what is asked; a day begins and ends by the clock that was chosen."""
        said = self.cleaned_data
        last = said["end"]
        return Asked(
            start=_midnight(said["start"], self.clock_shown),
            end=_midnight(last + timedelta(days=1), self.clock_shown) if last else None,
            actor=said["actor"],
            action=said["action"],
            subject=said["subject"],
            refused_only=said["refused"],
        )


def _midnight(day: Any, clock: str) -> datetime | None:
    return datetime.combine(day, time.min, zone(clock)).astimezone(UTC) if day else None
