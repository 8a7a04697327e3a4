"""What two people do at one screen: draw up, waste, count; the second signs this act by PIN or passkey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kap.controlled_substances.containers import Holding
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Volume
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.devices import COOKIE, device_of
from kap_clinic.accounts.page import page
from kap_clinic.accounts.passkeys import passkey_options
from kap_clinic.accounts.second_forms import SecondPersonForm
from kap_clinic.accounts.second_signature import SecondPerson
from kap_clinic.accounts.signers import last_second, signers
from kap_clinic.database.door import Acting
from kap_clinic.orders import queries as orders
from kap_clinic.orders.queries import OrderFacts
from kap_clinic.orders.shown import in_words

from . import actions, queries, safekeeping
from .forms import BrokenForm, CountForm, DrawForm, WasteFromForm


@never_cache
@page("pharmacy.draw_up_page", needs=Permission.DRAW_UP)
def draw(request: HttpRequest, act: Acting, order: UUID) -> HttpResponse:
    """Ask two people what they read off label and syringe, and draw up an order."""
    facts = orders.order_of(act, order)
    if facts is None:
        raise Http404
    act.about(order, facts.person)
    act.require(Permission.DRAW_UP, facts.site)
    form = DrawForm(
        request.POST or None, containers=_containers(act, facts),
        **_people(act, facts.site, Permission.DRAW_UP),
    )  # fmt: skip

    def do(second: SecondPerson) -> None:
        told = {"id": form.cleaned_data["id"], "order": order, **form.read()}
        actions.draw_up(organization=act.organization, by=act.actor, second=second, **told)

    words = (_("Draw up"), in_words(facts.what), facts.person_name)
    return _signed(request, act, form, do, reverse("orders:order", args=[order]), words)


@never_cache
@page("pharmacy.waste_page", needs=Permission.DRAW_UP)
def waste(request: HttpRequest, act: Acting, syringe: UUID) -> HttpResponse:
    """Ask the witness to sign, and waste all that is left in a syringe."""
    line = queries.syringe_in(act, syringe)
    if line is None:
        raise Http404
    act.about(syringe, line.order, line.person)
    facts = orders.order_of(act, line.order)
    assert facts is not None, "a syringe belongs to an order"
    act.require(Permission.DRAW_UP, facts.site)
    form = SecondPersonForm(request.POST or None, **_people(act, facts.site, Permission.SIGN_SECOND))

    def do(second: SecondPerson) -> None:
        told = {"id": form.cleaned_data["id"], "syringe": syringe}
        actions.waste(organization=act.organization, by=act.actor, second=second, **told)

    label = _("Waste {volume}").format(volume=line.told.left)
    text = _("{mass} is left of {drawn}. All of it is wasted, while the witness looks on.").format(
        mass=line.left, drawn=line.mass
    )
    url = reverse("orders:order", args=[line.order])
    return _signed(request, act, form, do, url, (label, text, line.person_name))


@never_cache
@page("pharmacy.count_page", needs=Permission.COUNT_SAFE)
def count(request: HttpRequest, act: Acting, container: UUID) -> HttpResponse:
    """Ask two people what is in a container; the log's own number is not shown."""
    site, held = _held(act, container)
    form = CountForm(request.POST or None, **_people(act, site, Permission.SIGN_SECOND))

    def do(second: SecondPerson) -> None:
        told = {"id": form.cleaned_data["id"], "found": Volume.ml(form.cleaned_data["found"])}
        safekeeping.count(
            organization=act.organization, by=act.actor, container=container, second=second, **told
        )

    text = _("What differs from the log is kept as a discrepancy; nobody is stopped by it.")
    return _of_container(request, act, form, do, held, (_("Count"), text))


@never_cache
@page("pharmacy.waste_from_page", needs=Permission.COUNT_SAFE)
def waste_from(request: HttpRequest, act: Acting, container: UUID) -> HttpResponse:
    """Ask what is wasted from a container, why, and before whom."""
    site, held = _held(act, container)
    people = _people(act, site, Permission.SIGN_SECOND)
    form = WasteFromForm(
        request.POST or None, initial={"volume": held.remaining.in_unit("mL").normalize()}, **people
    )

    def do(second: SecondPerson) -> None:
        told = form.cleaned_data
        safekeeping.waste_from(
            organization=act.organization, by=act.actor, id=told["id"], container=container,
            volume=Volume.ml(told["volume"]), why=told["why"], second=second,
        )  # fmt: skip

    text = _("{volume} ({mass}) is left in it by the log.").format(volume=held.remaining, mass=held.mass)
    return _of_container(request, act, form, do, held, (_("Waste from the container"), text))


@never_cache
@page("pharmacy.record_breakage_page", needs=Permission.COUNT_SAFE)
def broken(request: HttpRequest, act: Acting, container: UUID) -> HttpResponse:
    """Ask how a container broke, and who saw it."""
    site, held = _held(act, container)
    form = BrokenForm(request.POST or None, **_people(act, site, Permission.SIGN_SECOND))

    def do(second: SecondPerson) -> None:
        told = form.cleaned_data
        safekeeping.record_breakage(
            organization=act.organization, by=act.actor, id=told["id"], container=container,
            why=told["why"], second=second,
        )  # fmt: skip

    text = _("{volume} ({mass}) was in it by the log, and is gone.").format(
        volume=held.remaining, mass=held.mass
    )
    return _of_container(request, act, form, do, held, (_("Record a breakage"), text))


def _of_container(
    request: HttpRequest, act: Acting, form: SecondPersonForm, do: Callable[[SecondPerson], None],
    held: Holding, words: tuple[str, str],
) -> HttpResponse:  # fmt: skip
    label = held.container
    who = _("lot {lot}, {strength}").format(lot=label.lot, strength=label.concentration)
    return _signed(request, act, form, do, reverse("pharmacy:container", args=[label.id]), (*words, who))


def _signed(
    request: HttpRequest, act: Acting, form: SecondPersonForm, do: Callable[[SecondPerson], None], url: str,
    words: tuple[str, str, str],
) -> HttpResponse:  # fmt: skip
    def signed() -> None:
        do(form.second_person(request.COOKIES, COOKIE))

    if request.method == "POST" and is_accepted(form, signed):
        messages.success(request, _("Done, and signed by two. It stands in the log."))
        return redirect(url)
    told: dict[str, Any] = {
        "page_title": words[0],
        "form": form,
        "submit_label": words[0],
        "back": url,
        "text": words[1],
        "who": words[2],
        "takes_pin": device_of(act, request.COOKIES.get(COOKIE, "")) is not None,
        "passkey_options": passkey_options(),
    }
    return render(request, "pharmacy/two_people.html", told)


def _people(act: Acting, site: UUID, needs: Permission) -> dict[str, Any]:
    return {"people": signers(act, needs, site), "usual": last_second(act)}


def _held(act: Acting, container: UUID) -> tuple[UUID, Holding]:
    known = queries.container_in(act, container)
    line = queries.safe_of(act, known[0]) if known else None
    if known is None or line is None:
        raise Http404
    act.about(container)
    return line.site, known[1]


def _containers(act: Acting, facts: OrderFacts) -> list[tuple[UUID, str]]:
    safe = queries.safe_at(act, facts.site)
    held = queries.containers_of(act, safe.id) if safe else []
    return [
        (one.container.id, _offered(act, facts, one))
        for one in held
        if one.container.drug is facts.what.drug and one.remaining.amount
    ]


def _offered(act: Acting, facts: OrderFacts, held: Holding) -> str:
    label = held.container
    try:
        right = str(actions.to_draw(act, facts, label.concentration).drawn)
    except Refused as refusal:
        right = refusal.sentence.rendered(_)
    return _("lot {lot}, {strength}: draw {right} (of {left})").format(
        lot=label.lot, strength=label.concentration, right=right, left=held.remaining
    )
