"""The protocols there are, and one with its sessions, numbers and sources."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.protocols import shelf
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting

from . import shown


@page("protocols.see_protocols", needs=Permission.SEE_PROTOCOLS)
def protocols(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show the protocols of the library."""
    told = {"page_title": _("Protocols"), "table": shown.listed(shelf.library())}
    return render(request, "protocols/protocols.html", told)


@page("protocols.see_protocol", needs=Permission.SEE_PROTOCOLS)
def protocol(request: HttpRequest, act: Acting, protocol: str) -> HttpResponse:
    """Show one protocol: sessions, numbers with sources, measures."""
    if protocol not in shelf.protocol_ids():
        raise Http404
    found = shelf.protocol(protocol)
    told = {
        "page_title": found.about.title,
        "protocol": found,
        "spacing": shown.spacing_of(found),
        "routes": shown.routes_of(found),
        "sessions": shown.sessions(found),
        "rules": shown.rules(found),
        "measures": shown.measures(found),
    }
    return render(request, "protocols/protocol.html", told)
