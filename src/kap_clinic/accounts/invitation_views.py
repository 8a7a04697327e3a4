"""Invitations: who is waited for, a new one, sent again, withdrawn."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap_clinic.database.door import Acting
from kap_clinic.organizations import queries as organizations
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table

from . import invitations as actions
from . import queries, shown
from .answers import is_accepted
from .forms import InvitationForm, SendingForm
from .page import page
from .queries import Invited


@page("accounts.see_invitations", needs=Permission.INVITE_STAFF)
def invitations(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show who was invited and has not come yet."""
    found = queries.invitations()
    act.about(*(one.id for one in found))
    return render(
        request,
        "accounts/invitations.html",
        {
            "page_title": _("Invitations"),
            "tabs": shown.tabs_of("invitations", act),
            "table": _table(found),
        },
    )


@page("accounts.invite_page", needs=Permission.INVITE_STAFF)
def invite(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask whom to invite, and send the mail."""
    form = InvitationForm(request.POST or None)

    def do() -> None:
        actions.invite(organization=act.organization, by=act.actor, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The invitation is on its way. Its link works once, for seven days."))
        return redirect("staff:invitations")
    asked = {"page_title": _("Invite a person"), "form": form, "submit_label": _("Send the invitation")}
    back = reverse("staff:invitations")
    return shown.ask(request, **asked, cancel_url=back, back_words=_("Invitations"))


@page("accounts.send_invitation_page", needs=Permission.INVITE_STAFF)
def send_again(request: HttpRequest, act: Acting, invitation: UUID) -> HttpResponse:
    """Ask whether to send an invitation again, and send it."""
    found = _found(invitation)
    form = SendingForm(request.POST or None)

    def do() -> None:
        actions.send_again(organization=act.organization, by=act.actor, id=invitation, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("A new link is on its way. The old one no longer works."))
        return redirect("staff:invitations")
    title = _("Send {name} a new link?").format(name=found.name)
    text = _("The mail goes to {email}. The link sent before stops working.").format(email=found.email)
    return _ask(request, form, title, text, _("Send a new link"))


@page("accounts.withdraw_invitation_page", needs=Permission.INVITE_STAFF)
def withdraw(request: HttpRequest, act: Acting, invitation: UUID) -> HttpResponse:
    """Ask whether to withdraw an invitation, and withdraw it."""
    found = _found(invitation)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        actions.withdraw(organization=act.organization, by=act.actor, id=invitation)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The invitation is withdrawn."))
        return redirect("staff:invitations")
    title = _("Withdraw the invitation of {name}?").format(name=found.name)
    text = _("The link stops working at once. The person is not told.")
    return _ask(request, form, title, text, _("Withdraw the invitation"), tone="must")


def _ask(
    request: HttpRequest, form: forms.Form, title: str, text: str, submit: str, tone: str = ""
) -> HttpResponse:
    back = {"cancel_url": reverse("staff:invitations"), "back_words": _("Invitations")}
    asked = {"page_title": title, "text": text, "form": form, "submit_label": submit, "tone": tone}
    return shown.ask(request, **asked, **back)


def _found(id: UUID) -> Invited:
    found = queries.invitation(id)
    if found is None:
        raise Http404
    return found


def _table(found: list[Invited]) -> Table:
    names, time_zone = organizations.site_names(), shown.house_zone()
    rows = []
    for one in found:
        again, away = (reverse(f"staff:{name}", args=[one.id]) for name in ("send_again", "withdraw"))
        is_over = one.state in ("withdrawn", "accepted")
        rows.append(
            Row(
                cells=(
                    one.name,
                    one.email,
                    shown.roles_in_words(one.roles),
                    shown.sites_in_words(one.sites, names),
                    _state(one, time_zone),
                    "" if is_over else Act(_("Send again"), again),
                    "" if is_over else Act(_("Withdraw"), away),
                )
            )
        )
    columns = (_("Name"), _("E-mail address"), _("Roles"), _("Sites"), _("State"), "", "")
    invite_one = Act(_("Invite a person"), reverse("staff:invite"), is_main=True)
    return Table(
        caption=_("Not come yet"),
        columns=tuple(Column(words=words) for words in columns),
        rows=tuple(rows),
        empty=Empty(what=_("Nobody is waited for."), how="", act=invite_one),
    )


def _state(one: Invited, time_zone: str) -> Status:
    if one.state == "withdrawn":
        return Status(words=_("withdrawn"), tone="quiet")
    if one.state == "expired":
        return Status(words=_("link has run out"), tone="look")
    return Status(words=_("until {day}").format(day=shown.day_of(one.expires_at, time_zone)))
