"""How staff are written on a page: roles and sites in words, times by a clock of the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.people.roles import ROLES
from kap.vocabulary.zones import zone
from kap_clinic.database.door import Acting
from kap_clinic.organizations import queries as organizations
from kap_clinic.website.parts import Step

_NAMES = {role.id: role.name for role in ROLES}


def roles_in_words(roles: Iterable[str]) -> str:
    """Name the roles in the order of the list; one this version does not know keeps its id."""
    return ", ".join(_NAMES[role].rendered(_) if role in _NAMES else role for role in roles)


def sites_in_words(sites: Sequence[UUID] | None, names: dict[UUID, str]) -> str:
    """Name the sites; None is all of them."""
    if sites is None:
        return _("all sites")
    return ", ".join(sorted(names.get(one, str(one)) for one in sites))


def house_zone() -> str:
    """Return the zone of the first site, or UTC before there is one."""
    first = next(iter(organizations.sites(with_shared=False)), None)
    return first.time_zone if first else "UTC"


def house_today() -> date:
    """Return the day it is at the house, which is not everywhere the day it is in UTC."""
    return timezone.now().astimezone(zone(house_zone())).date()


def day_of(moment: datetime, time_zone: str) -> str:
    """Write the day of a moment."""
    return date_format(moment.astimezone(zone(time_zone)), "j M Y")


def moment_of(moment: datetime, time_zone: str) -> str:
    """Write a moment with the clock it is told by."""
    there = moment.astimezone(zone(time_zone))
    return f"{date_format(there, 'j M Y H:i')} {there.tzname()}"


def tabs_of(here: str, act: Acting) -> list[Step]:
    """Return the links between the pages of the staff that this person may open."""
    pages = [("list", _("People")), ("invitations", _("Invitations")), ("roles", _("Roles"))]
    if not act.standing.permits(Permission.INVITE_STAFF):
        del pages[1]
    if act.standing.permits(Permission.REGISTER_DEVICES):
        pages.append(("devices", _("Devices")))
    return [Step(words, reverse(f"staff:{name}"), is_here=name == here) for name, words in pages]


def ask(request: HttpRequest, **shown: object) -> HttpResponse:
    """Show one question on a page of its own, with the way back."""
    return render(request, "accounts/ask.html", shown)
