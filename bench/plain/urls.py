"""The plain pages, at the same addresses; every other name resolves as ours does."""

from django.urls import include, path

from kap_clinic.config.urls import urlpatterns as ours

from . import views

urlpatterns = [
    path("staff/", views.staff),
    path("staff/<uuid:member>/", views.person),
    path("", include(ours)),
]
