from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('database', '0001_initial'),
        ('organizations', '0002_guards'),
    ]

    operations = [
        ReferWithin("Seal", "entry"),
        GuardTable("Entry", is_history=True),
        GuardTable("Seal", is_history=True),
    ]
