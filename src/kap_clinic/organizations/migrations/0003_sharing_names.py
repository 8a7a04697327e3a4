from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_guards'),
    ]

    operations = [
        migrations.AddField('sharing', 'giver_name', models.CharField(default='', max_length=120), preserve_default=False),
        migrations.AddField('sharing', 'receiver_name', models.CharField(default='', max_length=120), preserve_default=False),
    ]
