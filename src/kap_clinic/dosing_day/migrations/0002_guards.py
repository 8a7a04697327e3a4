from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('dosing_day', '0001_initial'),
        ('database', '0001_initial'),
        ('people', '0002_guards'),
        ('organizations', '0002_guards'),
        ('plans', '0002_guards'),
        ('orders', '0002_guards'),
        ('pharmacy', '0002_guards'),
    ]

    operations = [
        ReferWithin("DosingSession", "planned"),
        ReferWithin("DosingSession", "person"),
        ReferWithin("DosingSession", "site"),
        ReferWithin("SessionEntry", "session"),
        ReferWithin("Administration", "session"),
        ReferWithin("Administration", "person"),
        ReferWithin("Administration", "order"),
        ReferWithin("Administration", "syringe"),
        ReferWithin("DeviceBatch", "session"),
        ReferWithin("SessionNote", "session"),
        GuardTable("DosingSession"),
        GuardTable("SessionEntry", is_history=True),
        GuardTable("Administration", is_history=True),
        GuardTable("DeviceBatch", is_history=True),
        GuardTable("SessionNote", is_history=True),
    ]
