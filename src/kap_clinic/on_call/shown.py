"""The roster in the words a page shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kap.casework.calls import Called, Means
from kap.people.permissions import Permission
from kap.vocabulary.zones import zone
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Column, Empty, Need, Row, Status, Table

from . import coverage
from .channels import Channels
from .coverage import Gap
from .queries import DailyTestLine, DutyLine

SOON = timedelta(hours=48)
moment = moment_of


def now_on_duty(lines: list[DutyLine], clock: str) -> list[tuple[str, object]]:
    """Who is called first and who is backup, each with how they are reached and until when."""
    said: list[tuple[str, object]] = []
    for place, words in ((Called.ON_CALL, _("Called first")), (Called.BACKUP, _("Backup"))):
        found = [line for line in lines if line.place is place]
        said += [(_placed(words, line.site_name), _who(line, clock)) for line in found] or [
            (words, Status(words=_("nobody"), tone="look"))
        ]
    return said


def _placed(words: str, site: str) -> str:
    return _("{what}, {site}").format(what=words, site=site) if site else words


def _who(line: DutyLine, clock: str) -> str:
    return _("{name} until {time} · {contact}").format(
        name=line.somebody.name, time=_short(line.until, clock), contact=line.somebody.contact.in_words
    )


def gap_needs(gaps: Iterable[Gap], now: datetime, clock: str, until: datetime) -> list[Need]:
    """The hours nobody covers: now is loud, the next two days are warned of; we looked until `until`."""
    return [_gap(gap, now, clock, until) for gap in gaps]


def _gap(gap: Gap, now: datetime, clock: str, looked_until: datetime) -> Need:
    since, until = gap.window.opens_at.at, gap.window.closes_at.at
    is_now = since <= now
    what = _("Nobody is on call now.") if is_now else _("Nobody is on call.")
    if gap.sites:
        what = _placed(what.rstrip("."), ", ".join(gap.sites)) + "."
    tone = "must" if is_now else ("look" if since - now < SOON else "act")
    words = _("{start} to {end}") if until < looked_until else _("from {start} on")
    where = words.format(start=_short(since, clock), end=_short(until, clock))
    return Need(who=_("Gap"), what=what, tone=tone, where=where)


def needs_of(act: Acting, now: datetime, clock: str) -> list[Need]:
    """What the day board says of the roster: a gap now or within two days, where a roster is kept."""
    if not act.standing.permits(Permission.SEE_ROSTER) or not coverage.is_kept(act, now):
        return []
    found = gap_needs(coverage.gaps(act, now, now + SOON), now, clock, now + SOON)
    open_it = Act(_("Open the roster"), reverse("on_call:roster"))
    return [
        Need(who=_("On call"), what=one.what, where=one.where, tone=one.tone, act=open_it) for one in found
    ]


def duties_table(lines: list[DutyLine], act: Acting, now: datetime, clock: str) -> Table:
    """The duties of the next two weeks."""
    may_keep = act.standing.permits(Permission.KEEP_ROSTER)
    columns = (_("Who"), _("Called"), _("From"), _("Until"), _("Change"))
    return Table(
        caption=_("The next two weeks"),
        columns=tuple(Column(words=words) for words in columns),
        rows=tuple(
            Row(cells=(
                line.somebody.name,
                _placed(_("first") if line.place is Called.ON_CALL else _("as backup"), line.site_name),
                _began(line, clock),
                _short(line.until, clock),
                Act(_("Hand over"), reverse("on_call:hand_over", args=[line.id]))
                if may_keep or line.somebody.member == act.actor.id
                else "",
            ))
            for line in lines
        ),
        empty=Empty(
            what=_("Nobody is on the roster."),
            how=_("Put somebody on call first: without a roster no form about safety is sent to a client."),
        ),
    )  # fmt: skip


def _began(line: DutyLine, clock: str) -> str:
    began = _short(line.starts_at, clock)
    if not line.taken_from:
        return began
    return _("{time}, handed over by {name}").format(time=began, name=line.taken_from)


def channels_table(channels: Channels) -> Table:
    """The ways out there are, and those that are not set up."""
    names = {Means.SMS: _("Text message"), Means.VOICE: _("Telephone call"), Means.EMAIL: _("E-mail")}
    return Table(
        caption=_("Ways out"),
        columns=(Column(words=_("Way")), Column(words=_("Stands"))),
        rows=tuple(Row(cells=(words, _state(channels, means))) for means, words in names.items()),
        empty=Empty(what=""),
    )


def _state(channels: Channels, means: Means) -> Status:
    if means not in channels:
        return Status(words=_("not set up: see the installation guide"), tone="look")
    if not channels[means].is_real:
        return Status(words=_("kept in a folder of this demonstration"), tone="quiet")
    return Status(words=_("set up"), tone="done")


def tests_table(lines: list[DailyTestLine], clock: str) -> Table:
    """The last tests and who answered."""
    return Table(
        caption=_("Daily tests"),
        columns=(Column(words=_("Sent")), Column(words=_("To")), Column(words=_("Answered"))),
        rows=tuple(Row(cells=(moment(one.made_at, clock), one.name, _ended(one, clock))) for one in lines),
        empty=Empty(
            what=_("No test was sent yet."),
            how=_("A test goes out every day to whoever is on call, and they answer that it came."),
        ),
    )


def _ended(one: DailyTestLine, clock: str) -> Status:
    if one.received_at is not None:
        return Status(words=_("came, {time}").format(time=moment(one.received_at, clock)), tone="done")
    if one.failed_at is not None:
        return Status(words=_("not answered within an hour"), tone="must")
    if one.is_in_vain:
        return Status(words=_("the text was not delivered; the e-mail may have been"), tone="must")
    return Status(words=_("waits for an answer"), tone="look")


def _short(at: datetime, clock: str) -> str:
    return date_format(at.astimezone(zone(clock)), "D j M H:i")
