from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('keys', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyringMark',
            fields=[
                ('id', models.BooleanField(default=True, editable=False, primary_key=True, serialize=False)),
                ('keyring', models.CharField(max_length=32)),
                ('since', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=Q(('id', True)), name='keys_one_keyring')],
            },
        ),
        migrations.AddConstraint(
            model_name='datakey',
            constraint=models.UniqueConstraint(
                condition=Q(('destroyed_at__isnull', True), ('retired_at__isnull', True)),
                fields=('organization', 'owner_id'), name='data_key_one_in_use',
            ),
        ),
        migrations.AddConstraint(
            model_name='datakey',
            constraint=models.CheckConstraint(
                condition=Q(('destroyed_at__isnull', True), ('wrapped', ''), _connector='OR'),
                name='data_key_destroyed_is_erased',
            ),
        ),
    ]
