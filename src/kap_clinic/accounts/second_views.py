"""Second signatures: one's own PIN, and the devices of the clinic on which PINs sign."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kap.people.permissions import Permission
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table

from . import devices as registry
from .answers import is_accepted
from .devices import COOKIE, DeviceLine, new_token
from .page import page
from .pins import has_pin, set_pin
from .second_forms import DeviceForm, PinForm
from .shown import ask, day_of, house_zone, tabs_of

A_YEAR = timedelta(days=365)


@never_cache
@reauthentication_required
@page("accounts.set_pin_page", needs=Permission.SIGN_SECOND)
def pin(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask for the six digits that sign as the second person."""
    form = PinForm(request.POST or None)

    def do() -> None:
        set_pin(organization=act.organization, by=act.actor, pin=form.cleaned_data["pin"])

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("Your PIN is set."))
        return redirect("accounts:account")
    text = _("You have a PIN. A new one takes its place at once.") if has_pin(act) else ""
    return ask(
        request, page_title=_("PIN for second signatures"), form=form, submit_label=_("Set the PIN"),
        cancel_url=reverse("accounts:account"), back_words=_("Your account"), text=text,
    )  # fmt: skip


@page("accounts.see_devices", needs=Permission.REGISTER_DEVICES)
def devices(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show the devices on which a PIN signs, and offer to register this one."""
    found = registry.devices(act, request.COOKIES.get(COOKIE, ""))
    is_registered = any(line.is_this and line.retired_at is None for line in found)
    shown = {
        "page_title": _("The clinic's devices"),
        "tabs": tabs_of("devices", act),
        "table": _table(found, house_zone()),
        "is_registered": is_registered,
    }
    return render(request, "accounts/devices.html", shown)


@page("accounts.register_device_page", needs=Permission.REGISTER_DEVICES)
def register(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask for the name of the device this browser runs on, and register it."""
    form, token = DeviceForm(request.POST or None), new_token()

    def do() -> None:
        registry.register_device(
            organization=act.organization, by=act.actor, token=token, **form.cleaned_data
        )

    url = reverse("staff:devices")
    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("This device is registered. PINs sign on it from now on."))
        return _remember(redirect(url), token)
    return ask(
        request, page_title=_("Register this device"), form=form, submit_label=_("Register this device"),
        cancel_url=url, back_words=_("The clinic's devices"),
        text=_("Do this on the device itself: its browser keeps the mark. A private window forgets it."),
    )  # fmt: skip


@page("accounts.retire_device_page", needs=Permission.REGISTER_DEVICES)
def retire(request: HttpRequest, act: Acting, device: UUID) -> HttpResponse:
    """Ask once more, then let no PIN sign on a device any more."""
    found = registry.devices(act, "")
    name = next((line.name for line in found if line.id == device), "")
    url = reverse("staff:devices")
    if request.method == "POST":
        registry.retire_device(organization=act.organization, by=act.actor, device=device)
        messages.success(request, _("Retired. No PIN signs on that device any more."))
        return redirect(url)
    shown = {"page_title": _("Retire “{name}”").format(name=name), "back": url}
    return render(request, "accounts/retire_device.html", shown)


def _remember(response: HttpResponse, token: str) -> HttpResponse:
    response.set_cookie(
        COOKIE, token, max_age=int(A_YEAR.total_seconds()), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _table(found: list[DeviceLine], clock: str) -> Table:
    return Table(
        caption=_("Devices on which a PIN signs"),
        columns=(
            Column(words=_("Device")),
            Column(words=_("Registered")),
            Column(words=_("By")),
            Column(words=_("State")),
            Column(words=""),
        ),
        rows=tuple(_row(line, clock) for line in found),
        empty=Empty(
            what=_("No device is registered."),
            how=_("Until one is, second signatures need a passkey. Register the tablet of each room."),
        ),
    )


def _row(line: DeviceLine, clock: str) -> Row:
    if line.retired_at is not None:
        state: object = Status(
            words=_("retired {day}").format(day=day_of(line.retired_at, clock)), tone="quiet"
        )
        return Row(cells=(line.name, day_of(line.registered_at, clock), line.registered_by, state, ""))
    state = Status(words=_("this device") if line.is_this else _("in use"), tone="ink")
    act = Act(_("Retire"), reverse("staff:retire_device", args=[line.id]))
    return Row(cells=(line.name, day_of(line.registered_at, clock), line.registered_by, state, act))
