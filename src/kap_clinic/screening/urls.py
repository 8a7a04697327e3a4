"""Addresses of screening: one person's workbench, what is done there, and the prescriber's list."""

from django.urls import path

from . import deciding_views, history_views, list_views, views

app_name = "screening"
urlpatterns = [
    path("", list_views.to_read, name="list"),
    path("<uuid:person>/", views.workbench, name="workbench"),
    path("<uuid:person>/missing/", views.missing, name="missing"),
    path("<uuid:person>/sign/", deciding_views.sign, name="sign"),
    path("<uuid:person>/signatures/", deciding_views.signatures, name="signatures"),
    path("<uuid:person>/changes/", history_views.changes, name="changes"),
    path("<uuid:person>/history/", history_views.confirm, name="confirm"),
    path("<uuid:person>/history/link/", history_views.give, name="give"),
    path("<uuid:person>/history/link/<uuid:link>/", history_views.given, name="given"),
    path("<uuid:person>/history/link/<uuid:link>/mail/", history_views.mail, name="mail"),
    path("<uuid:person>/history/link/<uuid:link>/withdraw/", history_views.withdraw, name="withdraw"),
    path("<uuid:person>/<slug:rule>/ask/", views.ask, name="ask"),
    path("<uuid:person>/<slug:rule>/override/", deciding_views.override, name="override"),
    path("<uuid:person>/overrides/<uuid:override>/end/", deciding_views.end_override, name="end_override"),
]
