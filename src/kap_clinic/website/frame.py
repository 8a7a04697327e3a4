"""Decides what stands around every page: theme, navigation, who is signed in, the lock and the stream."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THEMES = ("light", "dark", "dim")
THEME_COOKIE = "kap_theme"


@dataclass(frozen=True)
class Place:
    """One line of a menu: the words, the page, and the permission that opens it (none: everybody's)."""

    words: Promise
    url_name: str
    permission: str = ""


PLACES = (
    Place(_("Day board"), "website:day_board", "see_day_board"),
    Place(_("People"), "people:list", "see_people"),
    Place(_("Screenings"), "screening:list", "see_screening"),
    Place(_("Forms"), "measures:waiting", "see_measures"),
    Place(_("Cases"), "cases:list", "see_cases"),
    Place(_("Safe"), "pharmacy:safes", "see_safe"),
    Place(_("Protocols"), "protocols:list", "see_protocols"),
    Place(_("Staff"), "staff:list", "see_staff"),
    Place(_("On call"), "on_call:roster", "see_roster"),
    Place(_("Organization"), "organizations:organization", "see_organization"),
    Place(_("Audit"), "audit:list", "see_audit"),
)
OWN_PLACES = (
    Place(_("Your account"), "accounts:account"),
    Place(_("Change organization"), "accounts:choose"),
)


@dataclass(frozen=True)
class Link:
    """A place this person may open now."""

    words: Promise
    url: str
    is_here: bool


@dataclass(frozen=True)
class Frame:
    """What every page shows besides its own matter.

    Shape: `lock` and `stream` become data attributes of the body, read by lock.js and live.js.
    """

    theme: str = ""
    links: tuple[Link, ...] = ()
    own_links: tuple[Link, ...] = ()
    person: str = ""
    lock: Mapping[str, Any] = field(default_factory=dict)
    stream: Mapping[str, Any] = field(default_factory=dict)


NO_FRAME = Frame()


def chosen_theme(request: HttpRequest) -> str:
    """The theme chosen on this device, or nothing when the device's own setting decides.

    It belongs to the device, not the account: the tablet in the room is dark whoever holds it.
    """
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


def address_of(url_name: str) -> str:
    """The address of a page, or nothing when this installation has no such page."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def links_to(places: tuple[Place, ...], request: HttpRequest) -> tuple[Link, ...]:
    """The places open to whoever asks, in the order given."""
    allowed: Collection[str] = getattr(request, "permissions", ())
    found = [(place, address_of(place.url_name)) for place in places]
    return tuple(
        Link(place.words, url, request.path == url)
        for place, url in found
        if url and (not place.permission or place.permission in allowed)
    )


def lock_for(request: HttpRequest) -> dict[str, Any]:
    """When this screen locks by itself, where it goes then, and where a touch is noted meanwhile."""
    standing = getattr(request, "standing", None)
    url = address_of("accounts:lock")
    if standing is None or not url or "lock_after_minutes" not in standing.about:
        return {}
    return {"minutes": standing.about["lock_after_minutes"], "url": url, "use": address_of("accounts:in_use")}


def frame_for(request: HttpRequest) -> Frame:
    """The frame around the page that is being shown."""
    standing = getattr(request, "standing", None)
    if standing is None:
        return Frame(theme=chosen_theme(request))
    return Frame(
        theme=chosen_theme(request),
        links=links_to(PLACES, request),
        own_links=links_to(OWN_PLACES, request),
        person=standing.name,
        lock=lock_for(request),
        stream=getattr(request, "stream", {}),
    )
