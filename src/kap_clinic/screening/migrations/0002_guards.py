from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('screening', '0001_initial'),
        ('database', '0001_initial'),
        ('people', '0002_guards'),
    ]

    operations = [
        ReferWithin("HistoryLink", "person"),
        ReferWithin("HistoryAnswer", "person"),
        ReferWithin("HistoryAnswer", "link"),
        ReferWithin("Override", "person"),
        ReferWithin("Signature", "person"),
        GuardTable("HistoryLink"),
        GuardTable("HistoryAnswer", is_history=True),
        GuardTable("Override", is_history=True),
        GuardTable("Signature", is_history=True),
    ]
