from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('on_call', '0001_initial'),
        ('database', '0001_initial'),
        ('accounts', '0002_guards'),
        ('cases', '0003_safety'),
    ]

    operations = [
        ReferWithin("Duty", "member"),
        ReferWithin("DailyTest", "duty"),
        ReferWithin("CallMade", "case"),
        ReferWithin("Message", "call"),
        ReferWithin("Message", "test"),
        ReferWithin("Message", "member"),
        GuardTable("Duty"),
        GuardTable("DailyTest"),
        GuardTable("CallMade", is_history=True),
        GuardTable("Message"),
    ]
