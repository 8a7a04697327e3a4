"""Addresses of the pharmacy."""

from django.urls import path

from . import two_people_views, views

app_name = "pharmacy"
urlpatterns = [
    path("", views.safes, name="safes"),
    path("open/", views.open_safe, name="open_safe"),
    path("<uuid:safe>/", views.safe, name="safe"),
    path("<uuid:safe>/log/", views.log, name="log"),
    path("<uuid:safe>/receive/", views.receive, name="receive"),
    path("container/<uuid:container>/", views.container, name="container"),
    path("container/<uuid:container>/count/", two_people_views.count, name="count"),
    path("container/<uuid:container>/waste/", two_people_views.waste_from, name="waste_from"),
    path("container/<uuid:container>/broken/", two_people_views.broken, name="broken"),
    path("container/<uuid:container>/send-back/", views.send_back, name="send_back"),
    path("draw/<uuid:order>/", two_people_views.draw, name="draw"),
    path("syringe/<uuid:syringe>/waste/", two_people_views.waste, name="waste"),
]
