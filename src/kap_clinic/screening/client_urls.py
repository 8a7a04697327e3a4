"""Addresses a client opens by link, without an account."""

from django.urls import path

from . import client_views

app_name = "history"
_LINK = "<uuid:organization>/<uuid:link>/<str:token>/"
urlpatterns = [
    path(_LINK, client_views.begin, name="begin"),
    path(f"{_LINK}language/", client_views.language, name="language"),
    path(f"{_LINK}questions/<slug:question>/", client_views.question, name="question"),
    path(f"{_LINK}changes/", client_views.changes, name="changes"),
    path(f"{_LINK}answers/", client_views.answers, name="answers"),
]
