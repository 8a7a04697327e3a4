import django.db.models.deletion
from django.db import migrations, models

import kap_clinic.database.identity
from kap_clinic.database.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='SealHead',
            fields=[
                ('id', models.UUIDField(default=kap_clinic.database.identity.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('at', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=32)),
                ('signature', models.CharField(max_length=120)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tenant')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('organization', 'id'), name='audit_sealhead_in_tenant'),
                    models.UniqueConstraint(fields=('organization', 'number'), name='seal_head_once'),
                ],
            },
        ),
        GuardTable("SealHead", is_history=True),
    ]
