from django.db import migrations, models
import django.db.models.deletion

import kap_clinic.database.identity
import kap_clinic.database.models
from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('screening', '0003_told_again'),
        ('organizations', '0003_sharing_names'),
        ('people', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='OverrideEntry',
            fields=[
                ('id', models.UUIDField(default=kap_clinic.database.identity.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=32)),
                ('number', models.IntegerField()),
                ('previous', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('text', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tenant')),
                ('override', kap_clinic.database.models.WithinTenant(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='screening.override')),
                ('person', kap_clinic.database.models.WithinTenant(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='overrideentry',
            constraint=models.UniqueConstraint(fields=('organization', 'id'), name='screening_overrideentry_in_tenant'),
        ),
        migrations.AddConstraint(
            model_name='overrideentry',
            constraint=models.UniqueConstraint(fields=('organization', 'person', 'number'), name='override_entry_number'),
        ),
        migrations.AddConstraint(
            model_name='overrideentry',
            constraint=models.UniqueConstraint(fields=('organization', 'override', 'kind'), name='override_entry_once'),
        ),
        ReferWithin("OverrideEntry", "person"),
        ReferWithin("OverrideEntry", "override"),
        GuardTable("OverrideEntry", is_history=True),
    ]
