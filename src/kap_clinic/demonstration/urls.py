"""The demonstration's one address."""

from django.urls import path

from . import views

app_name = "demonstration"
urlpatterns = [path("<str:token>", views.enter, name="enter")]
