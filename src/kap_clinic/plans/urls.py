"""Addresses of plans."""

from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("of/<uuid:person>/", views.plan, name="plan"),
    path("of/<uuid:person>/new/", views.make, name="make"),
    path("<uuid:plan>/stop/", views.stop, name="stop"),
    path("sessions/<uuid:session>/move/", views.move, name="move"),
    path("sessions/<uuid:session>/held/", views.hold, name="hold"),
    path("sessions/<uuid:session>/missed/", views.miss, name="miss"),
]
