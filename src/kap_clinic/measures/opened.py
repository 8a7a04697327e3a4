"""What stands behind an opened link: the questions in their order, and where in them the client is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import ceil
from uuid import UUID

from kap.instruments.definition import Instrument, Item
from kap.instruments.reading import passed_over
from kap_clinic.accounts.shown import house_zone
from kap_clinic.client_links import page
from kap_clinic.database.door import Acting
from kap_clinic.organizations import queries as organizations

from . import links, store
from .models import Asked
from .shelf import definition_of
from .tokens import TOKENS
from .words import in_words


@dataclass(frozen=True, kw_only=True)
class Place:
    """One question of one form: which, how it was answered so far, and how far along it is.

    Missing: ``answered`` is empty where nothing was chosen; ``is_touched`` says that it was shown and left.
    """

    asked: UUID
    definition: Instrument
    item: Item
    answered: str
    is_touched: bool
    number: int
    count: int
    minutes_left: int

    @property
    def title(self) -> str:
        """What the form is called."""
        return self.definition.about.title

    @property
    def stem(self) -> str:
        """The words every question of this form begins with."""
        return self.definition.about.stem or ""

    @property
    def words(self) -> str:
        """The question itself."""
        return self.item.text or ""


@dataclass(frozen=True, kw_only=True)
class Opened(page.OpenedLink):
    """A link that opens forms, and the questions behind it."""

    addresses = TOKENS.addresses

    expires_at: datetime
    clock: str
    forms: tuple[tuple[Asked, Instrument, Mapping[str, str]], ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every question that is asked, in order; what a form passes over is not among them."""
        rows = [
            (asked, definition, item, given)
            for asked, definition, given in self.forms
            for left_out in [passed_over(definition, given)]
            for item in definition.items
            if item.id not in left_out
        ]
        return tuple(
            Place(
                asked=asked.id, definition=definition, item=item, answered=given.get(item.id, ""),
                is_touched=item.id in given, number=number, count=len(rows),
                minutes_left=_minutes(rows[number - 1 :]),
            )
            for number, (asked, definition, item, given) in enumerate(rows, start=1)
        )  # fmt: skip

    @property
    def minutes(self) -> int:
        """How long all of it takes, by the minutes each form declares."""
        return sum(definition.about.minutes for _asked, definition, _given in self.forms)

    @property
    def is_begun(self) -> bool:
        """Whether any question was answered before."""
        return any(place.is_touched for place in self.places)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the forms are called."""
        return tuple(definition.about.title for _asked, definition, _given in self.forms)

    @property
    def licenses(self) -> tuple[str, ...]:
        """Who holds each form, as its license asks to be said."""
        return tuple(f"{one.about.title}: {one.license.holder}" for _asked, one, _given in self.forms)

    def place(self, asked: UUID, item: str) -> Place | None:
        """One question; None where this link does not ask it."""
        return next((one for one in self.places if (one.asked, one.item.id) == (asked, item)), None)

    def next_open(self) -> Place | None:
        """The first question nobody has answered or passed yet; None when all were seen."""
        return next((one for one in self.places if not one.is_touched), None)

    def after(self, place: Place) -> Place | None:
        """The question that follows one; None after the last."""
        later = [one for one in self.places if self._order(one) > self._order(place)]
        return later[0] if later else None

    def before(self, place: Place) -> Place | None:
        """The question before one; None before the first."""
        earlier = [one for one in self.places if self._order(one) < self._order(place)]
        return earlier[-1] if earlier else None

    def address_of(self, place: Place | None) -> str:
        """Return the address of a question, or of the answers where there is none left."""
        return (
            self.address("answers") if place is None else self.address("question", place.asked, place.item.id)
        )

    def _order(self, place: Place) -> tuple[int, int]:
        form = [asked.id for asked, _definition, _given in self.forms].index(place.asked)
        return form, [item.id for item in place.definition.items].index(place.item.id)


def opened_by(act: Acting, link: UUID, token: str) -> Opened:
    """Return what a link opens.

    Raises: Refused with one sentence, whatever is wrong with the link.
    """
    found, rows = links.opened(act, link, token)
    given = store.answers_of(act, [row.id for row in rows])
    return Opened(
        organization=act.organization,
        link=link,
        token=token,
        house=organizations.organization().name,
        language=found.language,
        expires_at=found.expires_at,
        clock=next((row.followed.time_zone for row in rows if row.followed), None) or house_zone(),
        forms=tuple(
            (
                row,
                in_words(act, definition_of(row.instrument, row.version), found.language),
                {item: one.value for item, one in given.get(row.id, {}).items()},
            )
            for row in rows
        ),
    )


def _minutes(rows: list[tuple[Asked, Instrument, Item, Mapping[str, str]]]) -> int:
    """How long these questions take: each its share of its form's minutes, rounded up."""
    return ceil(sum(definition.about.minutes / len(definition.items) for _a, definition, _i, _g in rows))
