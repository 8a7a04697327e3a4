"""Names this app to Django."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """The look of every page."""

    name = "kap_clinic.website"
    label = "website"
