"""Orders: the proposal and its signature, one order with its history, release, change, withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kap.dosing.orders import OrderState, ordered_from
from kap.dosing.proposals import Proposal
from kap.people.permissions import Permission
from kap.protocols.definition import Protocol
from kap.protocols.shelf import protocol as protocol_of
from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Volume
from kap.vocabulary.spans import Span
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.people import queries as people
from kap_clinic.people.access import require_chart
from kap_clinic.people.journey import ribbon
from kap_clinic.pharmacy import shown as safes
from kap_clinic.plans import queries as plans
from kap_clinic.plans.queries import SessionLine
from kap_clinic.website.asking import Asking, do_or_ask
from kap_clinic.website.shown import shown_finding

from . import actions, queries, shown
from .forms import ChangeForm, ReleaseForm, SignForm, WishForm, WithdrawForm, usual
from .proposing import proposal_for
from .queries import OrderFacts


@page("orders.see_orders", needs=Permission.SEE_ORDERS)
def orders(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show what was ordered for one person."""
    header, found = people.header_of(act, person), queries.orders_of(act, person)
    plan = plans.plan_of(act, person)
    clock = plan.facts.time_zone if plan else "UTC"
    told = {"page_title": _("Orders"), "header": header, "journey": ribbon(header.stage)}
    return render(request, "orders/orders.html", {**told, "table": shown.orders_table(found, clock)})


@page("orders.propose_page", needs=Permission.SEE_ORDERS)
def propose(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Show a dose proposed within limits for one planned session, and take the prescriber's signature.

    Where there is an order already, it is shown; who may not order sees what was ordered.
    """
    planned = plans.planned_session(act, session)
    known = queries.order_for(act, session)
    if known is not None:
        return redirect("orders:order", order=known.id)
    if not act.standing.permits(Permission.ORDER_DOSES, planned.site):
        return redirect("orders:orders", person=planned.person)
    form = SignForm(request.POST or None)

    def do(told: dict[str, Any]) -> UUID:
        actions.sign_order(organization=act.organization, by=act.actor, session=session, **told)
        return UUID(str(told["id"]))

    title = _("Order for “{session}”").format(session=planned.title)
    return _proposed(request, act, planned, form, do, (title, _("Sign the order")))


@page("orders.change_page", needs=Permission.ORDER_DOSES)
def change(request: HttpRequest, act: Acting, order: UUID) -> HttpResponse:
    """Show another proposal for an order, and take the signature with the reason."""
    facts = _found(act, order)
    planned = plans.planned_session(act, facts.session)
    form = ChangeForm(request.POST or None)

    def do(told: dict[str, Any]) -> UUID:
        actions.change_order(organization=act.organization, by=act.actor, order=order, **told)
        return order

    title = _("Change the order for “{session}”").format(session=planned.title)
    return _proposed(request, act, planned, form, do, (title, _("Sign the change")))


@page("orders.see_order", needs=Permission.SEE_ORDERS)
def order(request: HttpRequest, act: Acting, order: UUID) -> HttpResponse:
    """Show one order: what, how it stands, what was drawn for it, what was done to it."""
    facts = _found(act, order)
    file, planned = queries.order_file(act, order), plans.planned_session(act, facts.session)
    assert file is not None
    may, clock = act.standing.permits, planned.time_zone
    is_open = facts.state is not OrderState.WITHDRAWN
    may_order = is_open and may(Permission.ORDER_DOSES, facts.site)
    syringes = safes.syringes_of_order(act, facts)
    told = {
        "page_title": shown.in_words(facts.what),
        "order": facts,
        "planned": planned,
        "facts": shown.facts_of(facts, clock),
        "days": shown.history_of(file, clock),
        "syringes": syringes,
        "volumes": shown.volumes_of(facts.what),
        "may_release": may_order and facts.state is OrderState.SIGNED,
        "may_change": may_order,
        "may_draw": safes.may_draw(act, facts),
    }
    return render(request, "orders/order.html", told)


@page("orders.release_page", needs=Permission.ORDER_DOSES)
def release(request: HttpRequest, act: Acting, order: UUID) -> HttpResponse:
    """Ask once more, then release an order for its session."""
    facts = _found(act, order)
    form = ReleaseForm(request.POST or None)
    text = _("{dose}, for {session}. From then on two people may draw it up.").format(
        dose=shown.in_words(facts.what), session=facts.session_title
    )
    return _asked(request, act, facts, form, actions.release_order, (_("Release the order"), text, ""))


@page("orders.withdraw_page", needs=Permission.ORDER_DOSES)
def withdraw(request: HttpRequest, act: Acting, order: UUID) -> HttpResponse:
    """Ask why an order is taken back."""
    facts = _found(act, order)
    form = WithdrawForm(request.POST or None)
    text = shown.in_words(facts.what)
    return _asked(request, act, facts, form, actions.withdraw_order, (_("Withdraw the order"), text, "must"))


def _proposed(
    request: HttpRequest, act: Acting, planned: SessionLine, form: forms.Form,
    do: Callable[[dict[str, Any]], UUID], words: tuple[str, str],
) -> HttpResponse:  # fmt: skip
    protocol = _protocol(act, planned)
    wishes = WishForm({**usual(protocol), **request.GET.dict()}, routes=protocol.about.routes)
    told: dict[str, Any] = {
        "page_title": words[0], "planned": planned, "header": people.header_of(act, planned.person),
        "wishes": wishes, "form": form, "submit_label": words[1], "protocol": protocol.about.title,
        "back": reverse("plans:plan", args=[planned.person]),
    }  # fmt: skip
    if not wishes.is_valid():
        return render(request, "orders/propose.html", told)
    wish, over, bag = wishes.wish(protocol.about.drug), wishes.over_span(), wishes.bag()
    proposal = proposal_for(act, planned, wish, timezone.now())
    done: list[UUID] = []

    def sign() -> None:
        done.append(do({**form.cleaned_data, "wish": wish, "over": over, "made_up_to": bag}))

    if request.method == "POST" and is_accepted(form, sign):
        messages.success(request, _("Signed. Release it for its session when the day has come."))
        return redirect("orders:order", order=done[0])
    form.initial["seen"] = actions.fingerprint(proposal)
    return render(request, "orders/propose.html", {**told, **_told_of(proposal, over, bag)})


def _protocol(act: Acting, planned: SessionLine) -> Protocol:
    plan = plans.plan_of(act, planned.person)
    assert plan is not None, "a planned session belongs to a plan"
    return protocol_of(plan.facts.protocol, plan.facts.version)


def _told_of(proposal: Proposal, over: Span | None, bag: Volume | None) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "steps": shown.steps_of(proposal),
        "caps": shown.caps_of(proposal),
        "findings": [shown_finding(finding) for finding in proposal.findings],
        **_would_order(proposal, over, bag),
    }


def _would_order(proposal: Proposal, over: Span | None, bag: Volume | None) -> dict[str, Any]:
    try:
        return {"may_sign": True, "volumes": shown.volumes_of(ordered_from(proposal, over, bag))}
    except Refused as refusal:
        is_found = any(finding.because.reason == refusal.sentence for finding in proposal.findings)
        return {"may_sign": False, "in_the_way": "" if is_found else refusal.sentence}


def _asked(
    request: HttpRequest, act: Acting, facts: OrderFacts, form: forms.Form, action: Callable[..., object],
    words: tuple[str, str, str],
) -> HttpResponse:  # fmt: skip
    url = reverse("orders:order", args=[facts.id])

    def do() -> None:
        action(organization=act.organization, by=act.actor, order=facts.id, **form.cleaned_data)

    asking = Asking(
        title=words[0], back=url, back_words=_("The order"), text=words[1], tone=words[2],
        who=facts.person_name,
    )  # fmt: skip
    return do_or_ask(request, form, do, asking, done=_("Saved. It stands in the order's history."))


def _found(act: Acting, order: UUID) -> OrderFacts:
    found = queries.order_of(act, order)
    if found is None:
        raise Http404
    act.about(order)
    require_chart(act, found.person)
    return found
