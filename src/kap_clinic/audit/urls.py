"""Addresses of the inspector's pages."""

from django.urls import path, re_path

from . import views

app_name = "audit"
urlpatterns = [
    path("", views.trail, name="list"),
    path("verify", views.verify, name="verify"),
    re_path(r"^audit\.(?P<kind>csv|jsonl)$", views.copy, name="copy"),
]
