"""Plain Django on a copy of the same rows: sessions and sign-in as Django ships them."""

from kap_clinic.config import settings as ours

globals().update({name: getattr(ours, name) for name in dir(ours) if name.isupper()})

ROOT_URLCONF = "bench.plain.urls"
_NOT_PLAIN = ("kap_clinic.", "csp.", "django_htmx.")
MIDDLEWARE = [one for one in ours.MIDDLEWARE if not one.startswith(_NOT_PLAIN)]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
