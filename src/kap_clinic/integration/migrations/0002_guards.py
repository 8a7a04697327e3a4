from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('integration', '0001_initial'),
        ('database', '0001_initial'),
        ('people', '0002_guards'),
        ('plans', '0002_guards'),
    ]

    operations = [
        ReferWithin("ProgressNote", "person"),
        ReferWithin("ProgressNote", "session"),
        ReferWithin("NoteEntry", "note"),
        GuardTable("ProgressNote"),
        GuardTable("NoteEntry", is_history=True),
    ]
