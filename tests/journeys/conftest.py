"""Django is set up before these tests import its models."""

import django

django.setup()
