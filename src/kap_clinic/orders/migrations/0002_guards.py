from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0001_initial'),
        ('database', '0001_initial'),
        ('people', '0002_guards'),
        ('plans', '0002_guards'),
        ('organizations', '0002_guards'),
    ]

    operations = [
        ReferWithin("Order", "person"),
        ReferWithin("Order", "session"),
        ReferWithin("Order", "site"),
        ReferWithin("OrderEntry", "order"),
        GuardTable("Order"),
        GuardTable("OrderEntry", is_history=True),
    ]
