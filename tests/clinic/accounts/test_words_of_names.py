"""Members who were there before their names were taken apart are found after the migration."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from kap_clinic.accounts import queries

pytestmark = pytest.mark.database


def test_names_of_before_are_found_after_the_migration_in_their_own_house(clinic):
    from django.db import connection, transaction

    from kap_clinic.accounts.models import MemberWord
    from kap_clinic.database.door import Reason, outside

    ours, theirs = clinic.organization("Cedar House"), clinic.organization("Juniper")
    for house, name in ((ours, "Ana Kovač"), (theirs, "Ana Keller")):
        house.member("nurse", name=name)
        with house.acting():
            MemberWord.objects.all().delete()

    def found(house):
        with house.acting() as act:
            return [line.name for line in queries.staff(act, search="ana").lines]

    assert (found(ours), found(theirs)) == ([], [])
    migration = import_module("kap_clinic.accounts.migrations.0005_words_of_names")
    with transaction.atomic(), outside(Reason.SETUP), connection.schema_editor() as editor:
        migration.write_words(apps, editor)
    assert (found(ours), found(theirs)) == (["Ana Kovač"], ["Ana Keller"])
