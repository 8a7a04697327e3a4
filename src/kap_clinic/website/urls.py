"""Addresses of the house itself: day board, health, design page."""

from django.urls import path

from . import views

app_name = "website"
urlpatterns = [
    path("", views.day_board, name="day_board"),
    path("health", views.health, name="health"),
]
