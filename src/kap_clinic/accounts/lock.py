"""Every signed-in request passes here: ended, locked, or without a second factor it goes no further.

A session locks when nobody has touched it for a while; it does not sign out. A script that keeps a page
fresh is nobody: only pages, forms and htmx count as use.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from . import entrances, presence
from .page import MEMBER, ORGANIZATION, workplace_of

OPEN_TO_ALL = ("/static/", "/health", "/theme", "/offline")
ACCOUNT = "/account/"


class LockIdleSessions:
    """Keeps a session that has ended, is locked or lacks its second factor from every page but its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Hold the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or say what must come first."""
        if request.path.startswith(OPEN_TO_ALL) or not request.user.is_authenticated:
            return self.get_response(request)
        first = _what_comes_first(request, time.time())
        if first is not None:
            return first
        response = self.get_response(request)
        if request.user.is_authenticated:
            _remember(request, response)
        return response


def _what_comes_first(request: HttpRequest, at: float) -> HttpResponse | None:
    session = request.session
    if presence.has_ended(session, at):
        return _ended(request)
    if not presence.is_locked(session) and presence.is_idle(session, at):
        lock_now(request, at)
    if presence.is_locked(session):
        return None if request.path in _open_while_locked() else _locked(request)
    if session.get(presence.FACTOR_DUE) and not request.path.startswith(ACCOUNT):
        return _factor_due(request)
    if not is_script(request):
        presence.use(session, at)
    return None


def lock_now(request: HttpRequest, at: float) -> None:
    """Lock this session, and write it into the trail of the organization it works in."""
    presence.lock(request.session, at, page_in_front(request))
    where = workplace_of(request)
    if where is not None:
        transaction.on_commit(lambda: entrances.note(where, "accounts.lock"))


def page_in_front(request: HttpRequest) -> str:
    """Return the page the person was looking at: this one, or the one whose form was sent."""
    if is_script(request):
        return "/"
    seen = request.get_full_path() if request.method == "GET" else request.headers.get("referer", "")
    parts = urlsplit(seen)
    path = urlunsplit(("", "", parts.path, parts.query, ""))
    is_ours = parts.netloc in ("", request.get_host()) and url_has_allowed_host_and_scheme(path, None)
    return path if is_ours and path and not path.startswith(ACCOUNT) else "/"


def is_script(request: HttpRequest) -> bool:
    """Say whether a script asks in the background, rather than a person."""
    asks_json = request.headers.get("accept", "").startswith("application/json")
    return (asks_json or request.path.startswith("/api/")) and request.method in ("GET", "HEAD")


def _wants_sentence(request: HttpRequest) -> bool:
    return (
        request.path.startswith("/api/")
        or "HX-Request" in request.headers
        or request.headers.get("accept", "").startswith("application/json")
    )


def _open_while_locked() -> tuple[str, ...]:
    return reverse("accounts:lock"), reverse("accounts:unlock"), reverse("account_logout")


def _ended(request: HttpRequest) -> HttpResponse:
    logout(request)
    if _wants_sentence(request):
        words = _("Your session has reached its end. Sign in again.")
        return JsonResponse({"schema": "openkap.ended/1", "ended": words}, status=401)
    query = urlencode({"next": page_in_front(request)})
    return HttpResponseRedirect(f"{reverse('account_login')}?{query}")


def _locked(request: HttpRequest) -> HttpResponse:
    if _wants_sentence(request):
        words = _("This screen is locked. Unlock it and send this again.")
        return JsonResponse({"schema": "openkap.locked/1", "locked": words}, status=423)
    return HttpResponseRedirect(reverse("accounts:unlock"))


def _factor_due(request: HttpRequest) -> HttpResponse:
    if _wants_sentence(request):
        words = _("Set up a passkey or an authenticator app first.")
        return JsonResponse({"schema": "openkap.refusal/1", "refused": words}, status=403)
    return HttpResponseRedirect(reverse("accounts:second_factor"))


def _remember(request: HttpRequest, response: HttpResponse) -> None:
    about = getattr(getattr(request, "standing", None), "about", {})
    if "lock_after_minutes" in about:
        presence.keep_limits(
            request.session,
            lock_minutes=about["lock_after_minutes"],
            sign_out_hours=about["sign_out_after_hours"],
        )
    elif response.status_code == 403 and ORGANIZATION in request.session:
        _forget_what_ended(request)


def _forget_what_ended(request: HttpRequest) -> None:
    where = workplace_of(request)
    if where is not None and not entrances.is_open(where):
        for key in (ORGANIZATION, MEMBER):
            request.session.pop(key, None)
