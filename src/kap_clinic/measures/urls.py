"""Addresses of measures: what waits, one person's forms and courses, the library."""

from django.urls import path

app_name = "measures"
urlpatterns: list[object] = []
