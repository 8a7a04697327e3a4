"""Addresses of orders."""

from django.urls import path

from . import views

app_name = "orders"
urlpatterns = [
    path("person/<uuid:person>/", views.orders, name="orders"),
    path("session/<uuid:session>/", views.propose, name="propose"),
    path("<uuid:order>/", views.order, name="order"),
    path("<uuid:order>/release/", views.release, name="release"),
    path("<uuid:order>/change/", views.change, name="change"),
    path("<uuid:order>/withdraw/", views.withdraw, name="withdraw"),
]
