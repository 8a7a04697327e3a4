from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('measures', '0001_initial'),
        ('database', '0001_initial'),
        ('people', '0002_guards'),
    ]

    operations = [
        ReferWithin("FormLink", "person"),
        ReferWithin("Occasion", "person"),
        ReferWithin("Followed", "person"),
        ReferWithin("Asked", "person"),
        ReferWithin("Asked", "link"),
        ReferWithin("Asked", "followed"),
        ReferWithin("Answer", "asked"),
        ReferWithin("Scored", "asked"),
        ReferWithin("Scored", "person"),
        ReferWithin("Reminder", "link"),
        GuardTable("FormLink"),
        GuardTable("Occasion"),
        GuardTable("Followed"),
        GuardTable("Asked"),
        GuardTable("Answer", is_history=True),
        GuardTable("Scored", is_history=True),
        GuardTable("Reminder"),
        GuardTable("ProfitStatement", is_history=True),
    ]
