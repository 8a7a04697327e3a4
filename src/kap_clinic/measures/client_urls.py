"""Addresses of forms a client opens by link, without an account."""

from django.urls import path

from . import client_views

app_name = "forms"
_LINK = "<uuid:organization>/<uuid:link>/<str:token>/"
urlpatterns = [
    path(_LINK, client_views.begin, name="begin"),
    path(f"{_LINK}language/", client_views.language, name="language"),
    path(f"{_LINK}answers/", client_views.answers, name="answers"),
    path(f"{_LINK}stop/", client_views.stop, name="stop"),
    path(f"{_LINK}<uuid:asked>/<slug:item>/", client_views.question, name="question"),
]
