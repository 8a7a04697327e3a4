"""Addresses of outcomes."""

from django.urls import path

from . import views

app_name = "outcomes"
urlpatterns = [path("of/<uuid:person>/", views.person, name="person")]
