"""Addresses of the cases."""

from django.urls import path

from . import views

app_name = "cases"
urlpatterns = [
    path("", views.cases, name="list"),
    path("<uuid:case>/", views.case, name="case"),
    path("<uuid:case>/attempt/", views.attempt, name="attempt"),
    path("<uuid:case>/hand-over/", views.hand_over, name="hand_over"),
    path("<uuid:case>/answer/", views.answer, name="answer"),
]
