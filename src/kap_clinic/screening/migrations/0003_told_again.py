from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('screening', '0002_guards'),
    ]

    operations = [
        migrations.AddField(
            model_name='historyanswer',
            name='is_repeat',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='historylink',
            name='mailed_at',
            field=models.DateTimeField(null=True),
        ),
    ]
