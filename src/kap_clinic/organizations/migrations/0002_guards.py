from django.db import migrations

from kap_clinic.database.guards import TENANT, GuardTable

# The receiver of a grant may read it; only the granting organization may write it.
GRANTED_TO_US = f"CREATE POLICY granted_to_us ON organizations_sharing FOR SELECT USING (receiver_id = {TENANT})"


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0001_initial'),
        ('database', '0001_initial'),
    ]

    operations = [
        GuardTable("Organization"),
        GuardTable("Sharing"),
        migrations.RunSQL(GRANTED_TO_US, "DROP POLICY granted_to_us ON organizations_sharing"),
        GuardTable("Site", shared_as="site"),
    ]
