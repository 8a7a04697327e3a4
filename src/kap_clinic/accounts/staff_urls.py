"""Addresses of the staff: who works here, who is invited, what each role may do."""

from django.urls import path

from . import invitation_views, second_views, staff_views

app_name = "staff"
urlpatterns = [
    path("", staff_views.staff, name="list"),
    path("roles/", staff_views.roles, name="roles"),
    path("invitations/", invitation_views.invitations, name="invitations"),
    path("invitations/new/", invitation_views.invite, name="invite"),
    path("invitations/<uuid:invitation>/send/", invitation_views.send_again, name="send_again"),
    path("invitations/<uuid:invitation>/withdraw/", invitation_views.withdraw, name="withdraw"),
    path("devices/", second_views.devices, name="devices"),
    path("devices/new/", second_views.register, name="register_device"),
    path("devices/<uuid:device>/retire/", second_views.retire, name="retire_device"),
    path("<uuid:member>/", staff_views.person, name="person"),
    path("<uuid:member>/roles/", staff_views.change_roles, name="change_roles"),
    path("<uuid:member>/sites/", staff_views.change_sites, name="change_sites"),
    path("<uuid:member>/phone/", staff_views.change_phone, name="change_phone"),
    path("<uuid:member>/leaving/", staff_views.record_leaving, name="record_leaving"),
]
