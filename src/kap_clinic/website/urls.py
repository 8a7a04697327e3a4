"""Addresses of the house itself: day board, health, theme, the design page."""

from django.urls import path

from . import design, errors, live, metrics, views

app_name = "website"
urlpatterns = [
    path("", views.day_board, name="day_board"),
    path("health", views.health, name="health"),
    path("metrics", metrics.metrics, name="metrics"),
    path("live/ticket", live.ticket, name="live_ticket"),
    path("theme", views.choose_theme, name="theme"),
    path("offline", errors.offline, name="offline"),
    path("design", design.catalogue, name="design"),
    path("design/<slug:name>", design.whole_page, name="specimen"),
]
