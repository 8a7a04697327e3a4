from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('pharmacy', '0001_initial'),
        ('database', '0001_initial'),
        ('orders', '0002_guards'),
        ('organizations', '0002_guards'),
    ]

    operations = [
        ReferWithin("Safe", "site"),
        ReferWithin("Container", "safe"),
        ReferWithin("Syringe", "container"),
        ReferWithin("Syringe", "order"),
        ReferWithin("Discrepancy", "container"),
        ReferWithin("Movement", "safe"),
        ReferWithin("Movement", "container"),
        ReferWithin("Movement", "syringe"),
        GuardTable("Safe"),
        GuardTable("Container"),
        GuardTable("Syringe"),
        GuardTable("Discrepancy"),
        GuardTable("Movement", is_history=True),
    ]
