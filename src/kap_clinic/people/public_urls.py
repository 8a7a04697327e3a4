"""The one address of people that needs no account."""

from django.urls import path

from . import self_referral_views

app_name = "referral"
urlpatterns = [path("<uuid:organization>/", self_referral_views.refer, name="refer")]
