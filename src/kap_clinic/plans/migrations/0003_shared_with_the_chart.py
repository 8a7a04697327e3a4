from django.db import migrations

from kap_clinic.database.guards import ShareRows


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0002_guards'),
    ]

    operations = [
        ShareRows("Plan", kind="person", by="person_id"),
        ShareRows("PlannedSession", kind="person", by="person_id"),
        ShareRows("PlanEntry", kind="person", by="plan.person_id"),
    ]
