from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_initial'),
        ('database', '0001_initial'),
        ('people', '0002_guards'),
        ('organizations', '0002_guards'),
    ]

    operations = [
        ReferWithin("Plan", "person"),
        ReferWithin("Plan", "site"),
        ReferWithin("PlannedSession", "plan"),
        ReferWithin("PlannedSession", "person"),
        ReferWithin("PlannedSession", "site"),
        ReferWithin("PlanEntry", "plan"),
        GuardTable("Plan"),
        GuardTable("PlannedSession"),
        GuardTable("PlanEntry", is_history=True),
    ]
