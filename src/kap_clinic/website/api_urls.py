"""The web API: every app's router under /api/v1, its OpenAPI description, errors as JSON with a sentence."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import django_auth

from kap.vocabulary.errors import InputError
from kap_clinic.accounts.api import router as staff
from kap_clinic.dosing_day.api import router as dosing_day
from kap_clinic.organizations.api import router as organization

api = NinjaAPI(
    title="OpenKAP",
    version="1",
    description="Signed in by session; a writing call carries the CSRF token. Times carry an offset.",
    auth=django_auth,
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", organization)
api.add_router("", staff)
api.add_router("", dosing_day)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer somebody who has not signed in."""
    return _said(request, 401, _("Sign in first."))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer an id that is not here; whether it is somewhere else is not said."""
    return _said(request, 404, _("There is nothing under this id."))


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer content of the wrong form: which field, and what was expected."""
    wrong = [{"where": [str(part) for part in one["loc"]], "expected": one["msg"]} for one in error.errors]
    words = _("Some of this was not understood, and nothing was changed.")
    return api.create_response(
        request, {"schema": "openkap.refusal/1", "refused": words, "fields": wrong}, status=422
    )


@api.exception_handler(InputError)
def impossible(request: HttpRequest, error: InputError) -> HttpResponse:
    """Answer content that cannot be true."""
    return _said(request, 422, str(error))


def _said(request: HttpRequest, status: int, words: str) -> HttpResponse:
    return api.create_response(request, {"schema": "openkap.refusal/1", "refused": words}, status=status)


urlpatterns = [path("", api.urls)]
