"""Addresses of protocols."""

from django.urls import path

from . import views

app_name = "protocols"
urlpatterns = [
    path("", views.protocols, name="list"),
    path("<slug:protocol>/", views.protocol, name="protocol"),
]
