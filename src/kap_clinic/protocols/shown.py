"""A protocol in rows: its sessions, its numbers with their sources, its measures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kap.instruments.shelf import instrument
from kap.protocols.definition import After, Protocol, Rule, Session, WithinDose
from kap_clinic.screening.forms import DRUGS, ROUTES
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table

_NOTHING = Empty(what=gettext_lazy("Nothing stands here."))


def listed(protocols: Iterable[Protocol]) -> Table:
    """Every protocol on one line."""
    return Table(
        caption=_("Protocols"),
        columns=(
            Column(words=_("Protocol")), Column(words=_("Doses")), Column(words=_("Between doses")),
            Column(words=_("Route")), Column(words=_("Version")),
        ),
        rows=tuple(
            Row(
                cells=(
                    Act(one.about.title, reverse("protocols:protocol", args=[one.id])),
                    str(len(one.dose_sessions)),
                    spacing_of(one),
                    routes_of(one),
                    _("{version}, since {day}").format(
                        version=one.version, day=date_format(one.about.effective_on, "j M Y")
                    ),
                )
            )
            for one in protocols
        ),
        empty=_NOTHING,
    )  # fmt: skip


def spacing_of(one: Protocol) -> Status:
    """How far apart its doses lie, with a word where that is less than usual."""
    rules = one.doses
    hours = _("{hours} at least").format(hours=rules.spacing.amount)
    if not rules.are_below_usual_spacing:
        return Status(words=hours)
    words = _("{hours}, below the usual {usual}").format(hours=hours, usual=rules.usual_spacing.amount)
    return Status(words=words, tone="look")


def routes_of(one: Protocol) -> str:
    """What it gives, and how."""
    routes = ", ".join(str(ROUTES[route]) for route in one.about.routes)
    return f"{DRUGS[one.about.drug]} {routes}"


def rules(one: Protocol) -> Table:
    """Every number it decides by, and where each comes from."""
    doses = one.doses
    named: list[tuple[str, Rule[Any]]] = [
        (_("Starting dose"), doses.start), (_("Given over"), doses.over),
        (_("Between the starts of two doses"), doses.spacing),
        (_("Usual between doses"), doses.usual_spacing),
        (_("Put off to the next day when later than"), one.put_off),
    ]  # fmt: skip
    windows = {
        session.timing.window.limit.amount: session.timing.window.limit
        for session in one.sessions
        if isinstance(session.timing.window, WithinDose)
    }
    named += [(_("Integration within, from the start of the dose"), rule) for rule in windows.values()]
    night = (_("Integration waits for the morning"), one.night, one.night.source)
    lines = [*((name, rule.amount, rule.source) for name, rule in named), night]
    return Table(
        caption=_("Numbers and their sources"),
        columns=(Column(words=_("Rule")), Column(words=_("Number")), Column(words=_("Source"))),
        rows=tuple(Row(cells=(name, str(number), source.citation)) for name, number, source in lines),
        empty=_NOTHING,
        note=unverified_in_words([source.verified for _name, _number, source in lines]),
    )


def unverified_in_words(verified: list[bool]) -> str:
    """Count the numbers nobody has checked."""
    count = verified.count(False)
    if not count:
        return ""
    words = ngettext("%d number was checked by nobody.", "%d numbers were checked by nobody.", count)
    return words % count


def sessions(one: Protocol) -> Table:
    """Every session, in the order they are held."""
    return Table(
        caption=_("Sessions"),
        columns=(
            Column(words=_("Session")), Column(words=_("Phase")), Column(words=_("When")),
            Column(words=_("Minutes"), is_number=True), Column(words=_("May be held")),
            Column(words=_("Needs")),
        ),
        rows=tuple(_session_row(one, session) for session in one.sessions),
        empty=_NOTHING,
    )  # fmt: skip


def measures(one: Protocol) -> Table:
    """Which instruments are answered, and when."""
    return Table(
        caption=_("Measures"),
        columns=(Column(words=_("Instrument")), Column(words=_("Answered at"))),
        rows=tuple(
            Row(
                cells=(
                    instrument(measure.instrument).about.title,
                    ", ".join(one.session(name).title for name in measure.sessions),
                )
            )
            for measure in one.measures
        ),
        empty=_NOTHING,
    )


def _session_row(one: Protocol, session: Session) -> Row:
    return Row(
        cells=(
            session.title, one.phase(session.phase).title, _when(one, session),
            str(int(session.timing.length.in_unit("min"))), _window(one, session),
            ", ".join(one.session(need).title for need in session.needs),
        )
    )  # fmt: skip


def _when(one: Protocol, session: Session) -> str:
    when = session.timing.when
    if isinstance(when, After):
        return _("{span} after “{session}”").format(span=when.by, session=one.session(when.session).title)
    return _("day {day} at {hour}").format(day=when.day, hour=when.at.strftime("%H:%M"))


def _window(one: Protocol, session: Session) -> str:
    window = session.timing.window
    if isinstance(window, WithinDose):
        return _("within {span} of “{dose}”").format(
            span=window.limit.amount, dose=one.session(window.dose).title
        )
    before = ngettext("%d day earlier", "%d days earlier", window.before) % window.before
    after = ngettext("%d day later", "%d days later", window.after) % window.after
    if window.before and window.after:
        return _("up to {before}, {after}").format(before=before, after=after)
    return _("up to {after}").format(after=after) if window.after else _("that day")
