"""The safe: what it holds, one container's log, and the log of the whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration, Volume
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.organizations import queries as organizations
from kap_clinic.organizations.queries import SiteFacts
from kap_clinic.website.asking import Asking, do_or_ask
from kap_clinic.website.parts import Empty, Step

from . import queries, safekeeping, shown
from .forms import OpenSafeForm, ReceiveForm, SendBackForm
from .queries import SafeLine

EVERY = 10_000


@page("pharmacy.see_safes", needs=Permission.SEE_SAFE)
def safes(request: HttpRequest, act: Acting) -> HttpResponse:
    """Lead to the safe, where there is one; else show them all, or how to open the first."""
    found = queries.safes(act)
    may_open = act.standing.permits(Permission.KEEP_SAFE) and bool(_sites_without(found))
    if len(found) == 1 and not may_open:
        return redirect("pharmacy:safe", safe=found[0].id)
    names = organizations.site_names()
    told = {
        "page_title": _("Safes"),
        "tabs": [Step(names[one.site], reverse("pharmacy:safe", args=[one.id])) for one in found],
        "may_open": may_open,
        "empty": Empty(
            what=_("No safe is open."),
            how=_("A custodian opens one at a site that has a DEA registration."),
        ),
    }
    return render(request, "pharmacy/safes.html", told)


@page("pharmacy.open_safe_page", needs=Permission.KEEP_SAFE)
def open_safe(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask at which site a safe is opened."""
    offered = _sites_without(queries.safes(act))
    form = OpenSafeForm(request.POST or None, sites=[(site.id, site.name) for site in offered])

    def do() -> None:
        safekeeping.open_safe(organization=act.organization, by=act.actor, **form.cleaned_data)

    words = (_("Open a safe"), _("Only a site with a DEA registration may hold drug."))
    return _asked(request, form, do, reverse("pharmacy:safes"), words)


@page("pharmacy.see_safe", needs=Permission.SEE_SAFE)
def safe(request: HttpRequest, act: Acting, safe: UUID) -> HttpResponse:
    """Show what a safe holds, what waits at it, and what moved last."""
    line, place = _found(act, safe)
    clock = place.time_zone
    told = {
        "page_title": _("Safe of {site}").format(site=place.name),
        "safe": line,
        "place": place,
        "needs": shown.needs_of(act, safe, clock),
        "table": shown.containers_table(queries.containers_of(act, safe), _today(clock)),
        "may_keep": act.standing.permits(Permission.KEEP_SAFE, place.id),
    }
    return render(request, "pharmacy/safe.html", told)


@page("pharmacy.see_log", needs=Permission.SEE_SAFE)
def log(request: HttpRequest, act: Acting, safe: UUID) -> HttpResponse:
    """Show the log of a safe, the newest movement first."""
    line, place = _found(act, safe)
    before = request.GET.get("before", "")
    found = queries.log_of(act, safe, before=int(before) if before.isdecimal() else None)
    told = {
        "page_title": _("Log of the safe"),
        "safe": line,
        "place": place,
        "table": shown.log_table(act, found.lines, place.time_zone),
        "older": found.older,
        "is_first": not before,
    }
    return render(request, "pharmacy/log.html", told)


@page("pharmacy.see_container", needs=Permission.SEE_SAFE)
def container(request: HttpRequest, act: Acting, container: UUID) -> HttpResponse:
    """Show one container: its label, what is left, and its whole log with the balance after each row."""
    known = queries.container_in(act, container)
    if known is None:
        raise Http404
    line, place = _found(act, known[0])
    held, clock = known[1], place.time_zone
    act.about(container)
    rows = queries.log_of(act, line.id, container=container, limit=EVERY).lines
    may = act.standing.permits
    told = {
        "page_title": _("Lot {lot}").format(lot=held.container.lot),
        "safe": line,
        "place": place,
        "held": held,
        "state": shown.state_of(held, _today(clock)),
        "ledger": shown.ledger_of(act, reversed(rows), clock),
        "clock": clock,
        "may_count": held.is_here and may(Permission.COUNT_SAFE, place.id),
        "may_send": held.is_here and bool(held.remaining.amount) and may(Permission.KEEP_SAFE, place.id),
        "has_rest": held.is_here and bool(held.remaining.amount),
    }
    return render(request, "pharmacy/container.html", told)


@page("pharmacy.receive_page", needs=Permission.KEEP_SAFE)
def receive(request: HttpRequest, act: Acting, safe: UUID) -> HttpResponse:
    """Ask for one container as its label and the invoice tell it."""
    _line, place = _found(act, safe)
    form = ReceiveForm(request.POST or None)

    def do() -> None:
        told = form.cleaned_data
        safekeeping.receive(
            organization=act.organization, by=act.actor, id=told["id"], safe=safe, drug=told["drug"],
            concentration=Concentration.mg_per_ml(told["concentration"]), volume=Volume.ml(told["volume"]),
            lot=told["lot"], expires_on=told["expires_on"], came_from=told["came_from"],
        )  # fmt: skip

    text = _("One form for each container, into the safe of {site}.").format(site=place.name)
    url = reverse("pharmacy:safe", args=[safe])
    return _asked(request, form, do, url, (_("Receive a container"), text))


@page("pharmacy.send_back_page", needs=Permission.KEEP_SAFE)
def send_back(request: HttpRequest, act: Acting, container: UUID) -> HttpResponse:
    """Ask where a container goes with all that is in it."""
    known = queries.container_in(act, container)
    if known is None:
        raise Http404
    form = SendBackForm(request.POST or None)

    def do() -> None:
        safekeeping.send_back(
            organization=act.organization, by=act.actor, container=container, **form.cleaned_data
        )

    text = _("{volume} ({mass}) leave the safe with it.").format(
        volume=known[1].remaining, mass=known[1].mass
    )
    url = reverse("pharmacy:container", args=[container])
    return _asked(request, form, do, url, (_("Send the container back"), text))


def _found(act: Acting, safe: UUID) -> tuple[SafeLine, SiteFacts]:
    line = queries.safe_of(act, safe)
    place = organizations.site(line.site) if line else None
    if line is None or place is None:
        raise Http404
    act.about(safe)
    return line, place


def _sites_without(found: list[SafeLine]) -> list[SiteFacts]:
    taken = {line.site for line in found}
    return [
        site
        for site in organizations.sites(with_shared=False)
        if site.dea_registration and site.id not in taken
    ]


def _today(clock: str) -> date:
    return Instant(timezone.now()).day_in(clock)


def _asked(
    request: HttpRequest, form: forms.Form, do: Callable[[], object], url: str, words: tuple[str, str]
) -> HttpResponse:
    asking = Asking(title=words[0], back=url, back_words=_("The safe"), text=words[1])
    return do_or_ask(request, form, do, asking, done=_("Saved. It stands in the log."))
