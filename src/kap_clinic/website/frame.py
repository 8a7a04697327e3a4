"""Decides what stands around every page: theme, navigation, who is signed in, the lock and the stream."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THEMES = ("light", "dark", "dim")
THEME_COOKIE = "kap_theme"


@dataclass(frozen=True)
class Place:
    """One line of the main navigation: the words, the page, and the permission that opens it."""

    words: Promise
    url_name: str
    permission: str


PLACES = (
    Place(_("Day board"), "website:day_board", "see_day_board"),
    Place(_("Staff"), "organizations:staff", "see_staff"),
    Place(_("Sites"), "organizations:sites", "see_sites"),
    Place(_("Organization"), "organizations:organization", "see_organization"),
    Place(_("Audit"), "audit:entries", "see_audit"),
)


@dataclass(frozen=True)
class Link:
    """A place this person may open now."""

    words: Promise
    url: str
    is_here: bool


@dataclass(frozen=True)
class Frame:
    """What every page shows besides its own matter."""

    theme: str
    links: tuple[Link, ...]
    person: str
    lock: dict[str, str]
    stream: dict[str, str]


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


def links_for(request: HttpRequest) -> tuple[Link, ...]:
    """The places open to whoever asks, in the order of the day."""
    allowed = getattr(request, "permissions", None)
    links = []
    for place in PLACES:
        url = address_of(place.url_name)
        if url and (allowed is None or place.permission in allowed):
            links.append(Link(place.words, url, request.path == url))
    return tuple(links)


def frame_for(request: HttpRequest) -> Frame:
    """The frame around the page that is being shown."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return Frame(
        theme=chosen_theme(request),
        links=links_for(request) if signed_in else (),
        person=str(user) if signed_in else "",
        lock=getattr(request, "lock", {}) if signed_in else {},
        stream=getattr(request, "stream", {}) if signed_in else {},
    )
