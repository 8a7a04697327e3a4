"""Addresses of the organization's own pages."""

from django.urls import path

from . import sharing_views, site_views, views

app_name = "organizations"
urlpatterns = [
    path("", views.organization, name="organization"),
    path("change/", views.change, name="change"),
    path("sites/", site_views.sites, name="sites"),
    path("sites/new/", site_views.add, name="add_site"),
    path("sites/<uuid:site>/", site_views.site, name="site"),
    path("sites/<uuid:site>/change/", site_views.change, name="change_site"),
    path("sites/<uuid:site>/close/", site_views.close, name="close_site"),
    path("sites/<uuid:site>/share/", sharing_views.share, name="share_site"),
    path("sharing/", sharing_views.grants, name="grants"),
    path("sharing/<uuid:grant>/end/", sharing_views.end, name="end_sharing"),
]
