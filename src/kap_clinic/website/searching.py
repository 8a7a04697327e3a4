"""A search word is somebody's name: it stays in the session, out of addresses, logs and histories."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

LONGEST = 60


def word_for(request: HttpRequest, place: str) -> str:
    """Return what was last searched for at this place; nothing when all is shown."""
    return str(request.session.get(_key(place), ""))


def keep_word(request: HttpRequest, place: str) -> HttpResponse:
    """Remember the word that was just sent, and show the place again; an empty word shows all."""
    word = request.POST.get("q", "").strip()[:LONGEST]
    if word:
        request.session[_key(place)] = word
    else:
        request.session.pop(_key(place), None)
    return HttpResponseRedirect(request.path)


def _key(place: str) -> str:
    return f"kap_search_{place}"
