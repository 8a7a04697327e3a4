from django.db import migrations

from kap_clinic.database.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('keys', '0001_initial'),
        ('database', '0001_initial'),
        ('organizations', '0002_guards'),
    ]

    operations = [
        GuardTable("DataKey"),
    ]
