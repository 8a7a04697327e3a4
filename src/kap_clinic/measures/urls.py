"""Addresses of measures: what waits, one person's forms and courses, the library."""

from django.urls import path

from . import asking_views, form_views, library_views, licensed_views, views

app_name = "measures"
_COPY = "library/<slug:instrument>/own/"
_PERSON, _FORM = "<uuid:person>/", "<uuid:person>/forms/<uuid:asked_id>/"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("library/", library_views.all_instruments, name="library"),
    path("library/profit/", library_views.say_profit, name="say_profit"),
    path(f"{_COPY}<str:kind>/", licensed_views.supply, name="supply"),
    path(f"{_COPY}<str:kind>/empty/", licensed_views.skeleton, name="skeleton"),
    path(f"{_COPY}<str:kind>/sign/", licensed_views.sign, name="sign_copy"),
    path(f"{_COPY}<uuid:copy>/withdraw/", licensed_views.withdraw, name="withdraw_copy"),
    path("library/<slug:instrument>/", library_views.one_instrument, name="instrument"),
    path(_PERSON, views.person, name="person"),
    path(f"{_PERSON}ask/", asking_views.ask_forms, name="ask"),
    path(f"{_PERSON}link/", asking_views.give, name="give"),
    path(f"{_PERSON}link/<uuid:link>/", asking_views.given, name="given"),
    path(f"{_PERSON}link/<uuid:link>/withdraw/", asking_views.withdraw_link, name="withdraw_link"),
    path(f"{_PERSON}schedule/", asking_views.follow, name="follow"),
    path(f"{_PERSON}schedule/<uuid:followed>/stop/", asking_views.stop_following, name="stop_following"),
    path(f"{_PERSON}courses/<slug:instrument>/", views.course, name="course"),
    path(_FORM, form_views.form, name="form"),
    path(f"{_FORM}enter/", form_views.enter, name="enter"),
    path(f"{_FORM}enter/<slug:item>/", form_views.choose, name="choose"),
    path(f"{_FORM}paper/", form_views.paper, name="paper"),
    path(f"{_FORM}withdraw/", form_views.withdraw, name="withdraw"),
    path(f"{_FORM}settle/", form_views.settle, name="settle"),
    path(f"{_FORM}correct/<slug:item>/", form_views.correct, name="correct"),
]
