"""Plain Django on a copy of the same rows: sessions and sign-in as Django ships them."""

from kap_clinic.config.settings import *  # noqa: F403
from kap_clinic.config.settings import MIDDLEWARE as OURS

ROOT_URLCONF = "bench.plain.urls"
_NOT_PLAIN = ("kap_clinic.", "csp.", "django_htmx.")
MIDDLEWARE = [one for one in OURS if not one.startswith(_NOT_PLAIN)]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
