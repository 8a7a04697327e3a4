"""Django is set up before these tests import its models; records of others are read where they are."""

import django
from tests.conftest import DATA

django.setup()

collect_ignore = [] if (DATA / "fhir" / "synthea").is_dir() else ["test_records_of_others.py"]
