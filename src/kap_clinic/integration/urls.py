"""Addresses of integration."""

from django.urls import path

from . import views

app_name = "integration"
urlpatterns = [
    path("of/<uuid:person>/", views.notes, name="notes"),
    path("sessions/<uuid:session>/note/", views.write, name="write"),
    path("notes/<uuid:note>/amend/", views.amend, name="amend"),
]
