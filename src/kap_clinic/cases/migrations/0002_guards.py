from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('database', '0001_initial'),
        ('people', '0002_guards'),
        ('accounts', '0002_guards'),
    ]

    operations = [
        ReferWithin("Case", "person"),
        ReferWithin("Case", "owner"),
        ReferWithin("CaseEntry", "case"),
        GuardTable("Case"),
        GuardTable("CaseEntry", is_history=True),
    ]
