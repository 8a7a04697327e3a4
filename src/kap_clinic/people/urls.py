"""Addresses of people."""

from django.urls import path

from . import enquiry_views, import_views, self_referral_views, views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("new/", enquiry_views.open_chart, name="open"),
    path("pipeline/", enquiry_views.pipeline, name="pipeline"),
    path("enquiries/new/", enquiry_views.enquire, name="enquire"),
    path("enquiries/<uuid:enquiry>/", enquiry_views.enquiry, name="enquiry"),
    path("enquiries/<uuid:enquiry>/lost/", enquiry_views.lose, name="lose"),
    path("enquiries/<uuid:enquiry>/again/", enquiry_views.take_up, name="take_up"),
    path("enquiries/<uuid:enquiry>/chart/", enquiry_views.chart_for, name="chart_for"),
    path("records/", import_views.imports, name="imports"),
    path("records/new/", import_views.receive, name="receive"),
    path("records/<uuid:id>/", import_views.one_import, name="import"),
    path("records/<uuid:id>/who/", import_views.place, name="place"),
    path("openings/", views.opened_charts, name="openings"),
    path("openings/<uuid:opening>/review/", views.review, name="review"),
    path("self-referral/", self_referral_views.switch, name="self_referral"),
    path("<uuid:person>/", views.chart, name="chart"),
    path("<uuid:person>/stage/", views.move, name="move"),
    path("<uuid:person>/open/", views.break_glass, name="break_glass"),
]
