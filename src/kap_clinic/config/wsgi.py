"""The entry of the web process."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kap_clinic.config.settings")
application = get_wsgi_application()
import_string("kap_clinic.website.warm.warm_up")()
