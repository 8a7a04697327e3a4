from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_second_signatures'),
        ('database', '0001_initial'),
    ]

    operations = [
        ReferWithin("SigningPin", "member"),
        ReferWithin("SecondSignature", "member"),
        ReferWithin("SecondSignature", "device"),
        GuardTable("ClinicDevice"),
        GuardTable("SigningPin"),
        GuardTable("SecondSignature", is_history=True),
    ]
