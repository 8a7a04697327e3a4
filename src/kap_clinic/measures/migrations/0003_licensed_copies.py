import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import kap_clinic.database.identity
from kap_clinic.database.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ("measures", "0002_guards"),
        ("database", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="language",
            field=models.CharField(blank=True, db_default="", max_length=8),
        ),
        migrations.CreateModel(
            name="LicensedCopy",
            fields=[
                ("id", models.UUIDField(default=kap_clinic.database.identity.new_id, editable=False, primary_key=True, serialize=False)),
                ("instrument", models.CharField(max_length=64)),
                ("version", models.IntegerField()),
                ("kind", models.CharField(max_length=8)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("text", models.TextField()),
                ("holder", models.CharField(max_length=120)),
                ("reference", models.CharField(max_length=120)),
                ("valid_until", models.DateField()),
                ("is_for_profit_allowed", models.BooleanField()),
                ("signed_at", models.DateTimeField()),
                ("signed_by", models.UUIDField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=240)),
                ("organization", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.tenant")),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["organization", "instrument", "signed_at"], name="licensed_copy_by_form")],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "id"), name="measures_licensedcopy_in_tenant"),
                    models.CheckConstraint(
                        condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                        | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                        name="licensed_copy_withdrawn_who_and_why",
                    ),
                    models.CheckConstraint(
                        condition=Q(kind="tables", language="") | (Q(kind="words") & ~Q(language="")),
                        name="licensed_copy_words_have_a_language",
                    ),
                ],
            },
        ),
        GuardTable("LicensedCopy"),
    ]
