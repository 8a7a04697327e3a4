"""Print fresh sign-in links as JSON; `./kap demo` runs this as a program of its own."""

from __future__ import annotations

import json
import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kap_clinic.config.settings")
    django.setup()
    from kap_clinic.demonstration.entering import fresh_links

    sys.stdout.write(json.dumps(list(fresh_links())))
