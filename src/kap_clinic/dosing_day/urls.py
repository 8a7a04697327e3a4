"""Addresses of the dosing day."""

from django.urls import path

from . import act_views, note_views, views

app_name = "dosing_day"
urlpatterns = [
    path("start/<uuid:planned>/", views.start, name="start"),
    path("<uuid:session>/", views.room, name="room"),
    path("<uuid:session>/since/<int:number>/", views.since, name="since"),
    path("<uuid:session>/tiles/", views.tiles, name="tiles"),
    path("<uuid:session>/vitals/", act_views.vitals, name="vitals"),
    path("<uuid:session>/checklist/", act_views.checklist, name="checklist"),
    path("<uuid:session>/time-out/", act_views.time_out, name="time_out"),
    path("<uuid:session>/give/", act_views.give, name="give"),
    path("<uuid:session>/end/", act_views.end, name="end"),
    path("<uuid:session>/stop/", act_views.stop, name="stop"),
    path("<uuid:session>/hold/", act_views.hold, name="hold"),
    path("<uuid:session>/event/", act_views.event, name="event"),
    path("<uuid:session>/strike/", act_views.strike, name="strike"),
    path("<uuid:session>/alarm/", act_views.alarm, name="alarm"),
    path("<uuid:session>/recovery/", act_views.recovery, name="recovery"),
    path("<uuid:session>/leave/", act_views.leave, name="leave"),
    path("<uuid:session>/undosed/", act_views.undosed, name="undosed"),
    path("<uuid:session>/note/", note_views.note, name="note"),
    path("<uuid:session>/note/sign/", note_views.sign, name="sign"),
    path("<uuid:session>/note/amend/", note_views.amend, name="amend"),
]
