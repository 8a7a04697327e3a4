"""Addresses of the roster, its tests and its messages."""

from django.urls import path

from . import ladder_views, views

app_name = "on_call"
urlpatterns = [
    path("", views.roster, name="roster"),
    path("put/", views.put, name="put"),
    path("duties/<uuid:duty>/hand-over/", views.hand_over, name="hand_over"),
    path("duties/<uuid:duty>/end/", views.end, name="end"),
    path("test/", views.test, name="test"),
    path("drill/", views.drill, name="drill"),
    path("ladder/", ladder_views.ladders, name="ladders"),
    path("ladder/<slug:kind>/", ladder_views.minutes, name="minutes"),
    path("answers/<uuid:message>/", views.answer, name="answer"),
    path("calls/<uuid:message>/", views.call, name="call"),
]
