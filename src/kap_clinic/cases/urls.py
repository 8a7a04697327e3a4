"""Addresses of the cases."""

from django.urls import path

from . import safety_views, views

app_name = "cases"
urlpatterns = [
    path("", views.cases, name="list"),
    path("<uuid:case>/", views.case, name="case"),
    path("<uuid:case>/attempt/", views.attempt, name="attempt"),
    path("<uuid:case>/hand-over/", views.hand_over, name="hand_over"),
    path("<uuid:case>/answer/", views.answer, name="answer"),
    path("<uuid:case>/safety/", safety_views.case, name="safety"),
    path("<uuid:case>/take/", safety_views.take, name="take"),
    path("<uuid:case>/done/<slug:what>/", safety_views.note, name="note"),
    path("<uuid:case>/end/", safety_views.close, name="end"),
    path("crisis/<uuid:person>/", safety_views.open_crisis, name="open_crisis"),
    path("plan/<uuid:person>/", safety_views.plan, name="plan"),
    path("plan/<uuid:person>/write/", safety_views.write_plan, name="write_plan"),
    path("plan/<uuid:person>/give/", safety_views.give_plan, name="give_plan"),
]
