"""The ladders as a page shows them: each step with OpenKAP's own minute and the one this house has signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.casework.calls import Called
from kap.casework.kind import CaseKind
from kap.casework.ladder_times import SETTABLE, minutes_of
from kap_clinic.accounts.shown import moment_of
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table

from .calls_shown import names_of_means, set_in_words
from .ladder import Signed, in_force

WHO: Final = {
    Called.ON_CALL: gettext_lazy("Who is on call"),
    Called.BACKUP: gettext_lazy("The backup"),
    Called.DIRECTOR: gettext_lazy("The medical director"),
    Called.EVERYBODY: gettext_lazy("Everybody who treats"),
}


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """One kind's ladder: its steps, what its minutes rest on, and how they are set.

    Missing: ``again`` is empty where the last step is called once.
    """

    table: Table
    again: str
    rests_on: Status
    act: Act | None


def ladders(signed: Sequence[Signed], now: datetime, clock: str, *, may_set: bool) -> list[Ladder]:
    """Every ladder whose minutes a house may set."""
    return [_ladder(kind, in_force(kind, signed, now), clock, may_set=may_set) for kind in SETTABLE]


def steps_of(kind: CaseKind, pace: Signed | None) -> list[tuple[str, int]]:
    """Whom each step calls, and the minute that holds now."""
    minutes = pace.minutes if pace else minutes_of(kind)
    words = [_("{who}, after minutes").format(who=WHO[call.who]) for call in kind.calls]
    return list(zip(words, minutes, strict=True))


def history_table(signed: Sequence[Signed], clock: str) -> Table:
    """Everything that was signed, the newest first."""
    names = {kind.id: kind.name.rendered(_) for kind in SETTABLE}
    return Table(
        caption=_("What was signed"),
        columns=tuple(
            Column(words=words) for words in (_("When"), _("By"), _("For"), _("Minutes"), _("Rests on"))
        ),
        rows=tuple(
            Row(cells=(
                moment_of(one.at, clock), one.by, names.get(one.kind, one.kind),
                ", ".join(map(str, one.minutes)), one.why,
            ))
            for one in signed
        ),
        empty=Empty(
            what=_("Nothing was signed: OpenKAP's own minutes hold."),
            how=_("They are checked by nobody. A medical director sets and signs them here."),
        ),
    )  # fmt: skip


def _ladder(kind: CaseKind, pace: Signed | None, clock: str, *, may_set: bool) -> Ladder:
    own = minutes_of(kind)
    here = pace.minutes if pace else own
    return Ladder(
        table=Table(
            caption=kind.name.rendered(_),
            columns=(
                Column(words=_("Called")),
                Column(words=_("By")),
                Column(words=_("By default"), is_number=True),
                Column(words=_("Here"), is_number=True),
            ),
            rows=tuple(
                Row(cells=(
                    str(WHO[call.who]), names_of_means(call.means), _minutes(first), _here(first, second),
                ))
                for call, first, second in zip(kind.calls, own, here, strict=True)
            ),
            empty=Empty(what=""),
        ),
        again=_again(kind),
        rests_on=_rests_on(pace, clock),
        act=Act(_("Set the minutes"), reverse("on_call:minutes", args=[kind.id])) if may_set else None,
    )  # fmt: skip


def _again(kind: CaseKind) -> str:
    every = kind.calls_again_every
    if every is None:
        return ""
    return _("The last step is called again every {n} min until somebody takes the case.").format(
        n=int(every.in_unit("min"))
    )


def _rests_on(pace: Signed | None, clock: str) -> Status:
    if pace is None:
        return Status(words=_("OpenKAP's own minutes, checked by nobody"), tone="look")
    words = _("{set}: {why}").format(set=set_in_words(pace, clock), why=pace.why)
    return Status(words=words[0].upper() + words[1:], tone="done")


def _here(own: int, here: int) -> str | Status:
    if here > own:
        return Status(words=_("{minutes}, later").format(minutes=_minutes(here)), tone="look")
    return _minutes(here)


def _minutes(number: int) -> str:
    return _("{n} min").format(n=number)
