"""Addresses of people."""

from django.urls import path

from . import (
    chart_views,
    enquiry_views,
    import_views,
    pipeline_views,
    referral_views,
    self_referral_views,
    sharing_views,
    supporter_views,
    views,
)

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("new/", enquiry_views.open_chart, name="open"),
    path("pipeline/", pipeline_views.pipeline, name="pipeline"),
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
    path("records/<uuid:id>/aside/", import_views.discard, name="discard"),
    path("referrals/new/", referral_views.take, name="take_referral"),
    path("referrals/<uuid:referral>/told/", referral_views.tell_back, name="tell_back"),
    path("referrals/<uuid:referral>/records/", referral_views.join, name="join"),
    path("supporters/<uuid:supporter>/end/", supporter_views.end, name="end_support"),
    path("shared/", sharing_views.shared_charts, name="shared"),
    path("shared/<uuid:grant>/", sharing_views.shared_chart, name="shared_chart"),
    path("shared/<uuid:grant>/end/", sharing_views.end, name="end_sharing"),
    path("<uuid:person>/", chart_views.chart, name="chart"),
    path("<uuid:person>/birth/", chart_views.settle_birth, name="settle_birth"),
    path("<uuid:person>/referral/", referral_views.add, name="add_referral"),
    path("<uuid:person>/support/", supporter_views.name, name="name_supporter"),
    path("<uuid:person>/share/", sharing_views.share, name="share_chart"),
    path("<uuid:person>/stage/", views.move, name="move"),
    path("<uuid:person>/open/", views.break_glass, name="break_glass"),
]
