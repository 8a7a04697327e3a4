import django.db.models.deletion
import kap_clinic.database.identity
import kap_clinic.database.models
from django.db import migrations, models

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('on_call', '0002_guards'),
        ('database', '0001_initial'),
        ('organizations', '0003_sharing_names'),
    ]

    operations = [
        migrations.AddField('duty', 'site', kap_clinic.database.models.WithinTenant(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.site')),
        migrations.AddField('duty', 'after', kap_clinic.database.models.WithinTenant(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='on_call.duty')),
        migrations.AddField('message', 'became', models.CharField(blank=True, default='', max_length=16), preserve_default=False),
        migrations.AddField('message', 'became_at', models.DateTimeField(null=True)),
        migrations.AddIndex('message', models.Index(condition=models.Q(('is_real', True)), fields=['organization', 'sent_at', 'id'], name='message_followed')),
        migrations.CreateModel(
            name='LadderSigned',
            fields=[
                ('id', models.UUIDField(default=kap_clinic.database.identity.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=32)),
                ('minutes', models.CharField(max_length=64)),
                ('why', models.CharField(max_length=240)),
                ('signed_at', models.DateTimeField()),
                ('signed_by', models.UUIDField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tenant')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('organization', 'id'), name='on_call_laddersigned_in_tenant')],
                'indexes': [models.Index(fields=['organization', 'signed_at', 'id'], name='ladder_signed_by_time')],
            },
        ),
        ReferWithin("Duty", "site"),
        ReferWithin("Duty", "after"),
        GuardTable("LadderSigned", is_history=True),
    ]
