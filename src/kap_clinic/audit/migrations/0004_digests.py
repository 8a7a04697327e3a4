import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_signed_heads'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='digests',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), db_default=[], default=list, size=None),
        ),
    ]
