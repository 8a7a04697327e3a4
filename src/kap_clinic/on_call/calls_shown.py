"""The calls made about a case as a page shows them: to whom, how soon, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.casework.calls import Means
from kap.casework.case import Case
from kap.casework.reaching import Became
from kap_clinic.accounts.shown import moment_of
from kap_clinic.website.parts import Column, Empty, Row, Status, Table

from .attempts import CallLine, MessageLine
from .ladder import Signed

_NAMES: Final = {
    Means.VOICE: gettext_lazy("telephone"),
    Means.SMS: gettext_lazy("text message"),
    Means.EMAIL: gettext_lazy("e-mail"),
}
_STATES: Final = {
    "sent": ("quiet", gettext_lazy("went out")),
    "waiting": ("look", gettext_lazy("on its way")),
    "failed": ("must", gettext_lazy("could not be sent")),
    "not needed": ("quiet", gettext_lazy("not needed any more")),
}
_MAIL_TAKEN: Final = gettext_lazy("taken by the mail server")
_BECAME: Final = {
    Became.QUEUED: ("quiet", gettext_lazy("waits at the gateway")),
    Became.HANDED_ON: ("quiet", gettext_lazy("handed to the carrier")),
    Became.DELIVERED: ("done", gettext_lazy("on their telephone")),
    Became.UNDELIVERED: ("must", gettext_lazy("not delivered")),
    Became.RINGING: ("look", gettext_lazy("rings")),
    Became.ANSWERED: ("done", gettext_lazy("picked up (by them, or a mailbox)")),
    Became.BUSY: ("must", gettext_lazy("busy")),
    Became.NO_ANSWER: ("must", gettext_lazy("not picked up")),
    Became.FAILED: ("must", gettext_lazy("the number could not be reached")),
    Became.CANCELED: ("must", gettext_lazy("canceled at the gateway")),
}


def calls_table(state: Case, calls: list[CallLine], clock: str, pace: Signed | None) -> Table:
    """Who was called, how soon after the case was opened, and what is last known of each message."""
    opened_at = state.clock.opens_at.at
    return Table(
        caption=_("Who was called"),
        columns=tuple(
            Column(words=words) for words in (_("Whom"), _("Called"), _("By"), _("What came of it"))
        ),
        rows=tuple(
            Row(cells=(
                name,
                _after((call.made_at - opened_at).total_seconds()),
                names_of_means(ways),
                status,
            ))
            for call in calls
            for name, status, ways in _alike(call, opened_at)
        ),
        empty=Empty(what=_("Nobody was called yet."), how=_("A call goes out within seconds of its minute.")),
        note=_("Times count from {time}. Who is called when: {source}.").format(
            time=moment_of(opened_at, clock),
            source=set_in_words(pace, clock) if pace else state.kind.source.citation,
        ),
    )  # fmt: skip


def names_of_means(ways: Iterable[Means]) -> str:
    """The ways somebody is reached."""
    return ", ".join(str(_NAMES[means]) for means in ways)


def set_in_words(pace: Signed, clock: str) -> str:
    """Who set the minutes of a ladder, and when."""
    return _("set by {name}, {time}").format(name=pace.by, time=moment_of(pace.at, clock))


def _alike(call: CallLine, opened_at: datetime) -> list[tuple[str, Status, list[Means]]]:
    """The messages of one call, those to one person of which the same is known in one line."""
    groups: dict[tuple[str, Status], list[Means]] = {}
    for one in call.messages:
        groups.setdefault((one.name, _status(one, opened_at)), []).append(one.means)
    return [(name, status, ways) for (name, status), ways in groups.items()]


def _status(one: MessageLine, opened_at: datetime) -> Status:
    """What is last known of a message, and how long after the case was opened that was learned."""
    if one.sent_at is None:
        tone, words = _STATES.get(one.state, ("look", one.state))
        if one.because:
            words = _("{what}: {why}, try {n}").format(what=words, why=one.because, n=one.tries)
        return Status(words=str(words), tone=tone)
    tone, words = _BECAME[one.became] if one.became else _STATES["sent"]
    if one.means is Means.EMAIL:
        words = _MAIL_TAKEN
    at = one.became_at or one.sent_at
    said = _("{what} after {time}").format(what=words, time=_after((at - opened_at).total_seconds()))
    return Status(words=said, tone=tone)


def _after(seconds: float) -> str:
    whole = max(0, int(seconds))
    if whole < 60:
        return _("{n} s").format(n=whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return _("{m} min {s:02d} s").format(m=minutes, s=rest)
    return _("{h} h {m:02d} min").format(h=minutes // 60, m=minutes % 60)


def drill_facts(state: Case, calls: list[CallLine]) -> list[tuple[str, str]]:
    """What a drill measured: how long until the first message went out, and until somebody took it."""
    opened_at = state.clock.opens_at.at
    sent = [one.sent_at for call in calls for one in call.messages if one.sent_at is not None]
    late = [max(0.0, (call.made_at - call.due_at).total_seconds()) for call in calls]
    taken = state.acknowledged_at
    return [
        (
            _("First message out after"),
            _after((min(sent) - opened_at).total_seconds()) if sent else _("none went out"),
        ),
        (_("Taken after"), _after((taken.at - opened_at).total_seconds()) if taken else _("nobody took it")),
        (_("Steps climbed"), str(len(calls))),
        (_("Latest step after its minute"), _after(max(late)) if late else _("none was due")),
    ]
