from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_safety'),
    ]

    operations = [
        ReferWithin("SafetyPlan", "person"),
        ReferWithin("PlanGiven", "plan"),
        GuardTable("SafetyPlan", is_history=True),
        GuardTable("PlanGiven", is_history=True),
    ]
