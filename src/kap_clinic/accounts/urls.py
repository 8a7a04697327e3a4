"""Addresses of signing in and of one's own account; what the library has and we have not is closed here."""

from django.urls import path, re_path

from . import joining_views, second_views, views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("home/", views.home, name="home"),
    path("organization/", views.choose, name="choose"),
    path("second-step/", views.second_factor, name="second_factor"),
    path("lock/", views.locked, name="lock"),
    path("unlock/", views.unlock, name="unlock"),
    path("in-use/", views.in_use, name="in_use"),
    path(
        "invitation/<uuid:organization>/<uuid:invitation>/<str:token>/", joining_views.join, name="invitation"
    ),
    path("pin/", second_views.pin, name="pin"),
    path("2fa/", views.to_account, name="ways"),
    path("2fa/webauthn/", views.to_account, name="passkeys"),
    path("signup/", views.closed, name="no_signup"),
    path("email/", views.closed, name="no_email"),
    path("login/code/confirm/", views.closed, name="no_code"),
    re_path(r"^confirm-email/(?:(?P<key>[-:\w]+)/)?$", views.closed, name="no_confirmation"),
]
