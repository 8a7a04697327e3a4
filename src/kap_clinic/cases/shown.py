"""Cases in the words a page shows: how much time is left, whose turn it is, what was done."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kap.casework.case import Case
from kap.casework.kinds import KINDS, kind_of
from kap.casework.safety import SAFETY_KINDS
from kap.histories.entries import Entry
from kap.people.permissions import Permission
from kap.people.roles import role_of
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.shown import day_of, moment_of
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, ClockedCase, Day, Happening, Need, Words

from .queries import CaseFile, CaseLine, open_cases


def clocked(line: CaseLine, at: Instant, time_zone: str) -> ClockedCase:
    """A case with its clock, its owner and what comes next."""
    state = line.state
    return ClockedCase(
        left=left_in_words(state, at),
        until=due_in_words(state, time_zone),
        percent_gone=state.percent_gone(at),
        what=_what(line),
        owner=line.owner_name,
        next_step=next_in_words(state, at),
        attempts=ngettext("{n} attempt", "{n} attempts", line.tries).format(n=line.tries),
        act=Act(_("Open"), reverse("cases:case", args=[line.id])),
        tone=tone_of(state, at),
    )


def _what(line: CaseLine) -> str:
    kind = line.state.kind.name.rendered(_)
    if line.state.kind in SAFETY_KINDS:
        return f"{line.person_name}: {kind}" if line.person_name else kind
    return _("{person}: {kind}, asked of {asked}").format(
        person=line.person_name, kind=kind, asked=line.asked_of
    )


def due_in_words(state: Case, time_zone: str) -> str:
    """Name the day a case is due at the end of, or the minute where its kind is counted in hours."""
    due_at = state.clock.closes_at.at
    return end_of_day(due_at, time_zone) if state.kind.lasts is None else moment_of(due_at, time_zone)


def end_of_day(midnight: datetime, time_zone: str) -> str:
    """Name the day that ends at a midnight, rather than the one that begins with it."""
    return _("end of {day}").format(day=day_of(midnight - timedelta(seconds=1), time_zone))


def needs_of(act: Acting, at: Instant, time_zone: str) -> list[Need]:
    """What the day board says of cases: those that are late, and those the reader owns."""
    if not act.standing.permits(Permission.SEE_CASES):
        return []
    return [
        Need(
            who=line.person_name,
            what=_("{kind}, asked of {asked}: {left}").format(
                kind=line.state.kind.name.rendered(_), asked=line.asked_of, left=left_in_words(line.state, at)
            ),
            where=_("owner {name}, due {day}").format(
                name=line.owner_name, day=due_in_words(line.state, time_zone)
            ),
            act=Act(_("Open the case"), reverse("cases:case", args=[line.id])),
            tone=tone_of(line.state, at) if line.state.is_late(at) else "act",
        )
        for line in open_cases(act)
        if line.state.kind not in SAFETY_KINDS
        and (line.state.is_late(at) or line.state.owner == str(act.actor.id))
    ]


def left_in_words(state: Case, at: Instant) -> str:
    """How long until it is due, or since it was."""
    if state.closing is not None:
        return str(_("closed"))
    if state.is_late(at):
        return _("{span} late").format(span=_span(at.since(state.clock.closes_at).on_the_clock()))
    return _("{span} left").format(span=_span(state.time_left(at).on_the_clock()))


def next_in_words(state: Case, at: Instant) -> str:
    """Who must act."""
    role = state.risen_to(at)
    if role is None:
        return str(_("get the answer"))
    return _("it is late: the {role} must know").format(role=role_of(role).name.rendered(_).lower())


def tone_of(state: Case, at: Instant) -> str:
    """Whether the color of an exception is needed."""
    role = state.risen_to(at)
    return {None: "ink", "prescriber": "look"}.get(role, "must")


def outcome_in_words(line: CaseLine, time_zone: str) -> Words:
    """How a case ended, by whom, and until when that counts."""
    ended = line.state.closing
    if ended is None:
        return _("waits for an answer")
    words = line.state.kind.outcome(ended.outcome).words.rendered(_)
    by = _("{answer}, said by {who}").format(answer=words, who=ended.said_by) if ended.said_by else words
    on = _("{answer} on {day}").format(answer=by, day=day_of(ended.at.at, time_zone))
    if line.counts_until is None:
        return on
    return _("{answer}, counts until {day}").format(answer=on, day=date_format(line.counts_until, "j M Y"))


def days_of(file: CaseFile, time_zone: str) -> list[Day]:
    """What was done to a case, day by day."""
    days: dict[str, list[Happening]] = {}
    for entry in file.entries:
        happening = _happening(entry, file, time_zone)
        days.setdefault(day_of(entry.happened_at.at, time_zone), []).append(happening)
    return [Day(words, tuple(happenings)) for words, happenings in days.items()]


def _happening(entry: Entry, file: CaseFile, time_zone: str) -> Happening:
    body, names = entry.body, file.names
    what, detail = {
        "case_opened": (
            _("Opened"),
            lambda: _("owner {name}").format(name=names.get(UUID(body["owner"]), "")),
        ),
        "case_tried": (_tried(file.line.state), lambda: body["how"]),
        "case_handed_over": (_("Handed over to"), lambda: names.get(UUID(body["owner"]), "")),
        "case_noted": (
            _("Done"),
            lambda: _noted(body["what"], body["words"]),
        ),
        "case_raised": (_("Raised to"), lambda: kind_of(body["kind"]).name.rendered(_)),
        "case_closed": (
            _("Closed"),
            lambda: file.line.state.kind.outcome(body["outcome"]).words.rendered(_),
        ),
    }[entry.name]
    return Happening(
        at=moment_of(entry.happened_at.at, time_zone).rsplit(" ", 2)[1],
        what=what,
        detail=detail(),
        by=names.get(UUID(entry.by)) or _("by a program"),
    )


def _tried(state: Case) -> str:
    # In a safety case answers and calls are kept here too.
    return str(_("Recorded")) if state.kind in SAFETY_KINDS else str(_("Tried"))


def _noted(what: str, words: str) -> str:
    # A case may have been raised to a kind that no longer asks for what was noted before.
    done = next((note.words.rendered(_) for kind in KINDS for note in kind.notes if note.id == what), what)
    return f"{done}. {words}" if words else f"{done}."


def _span(span: timedelta) -> str:
    hours = int(span.total_seconds()) // 3600
    if hours >= 48:
        return ngettext("{n} day", "{n} days", hours // 24).format(n=hours // 24)
    if hours >= 1:
        return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    minutes = int(span.total_seconds()) // 60
    return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
