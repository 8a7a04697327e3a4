import json

import django.db.models.deletion
from django.db import migrations, models

import kap_clinic.database.identity
import kap_clinic.database.models
from kap_clinic.database.guards import GuardTable, ReferWithin, ShareRows


def tell_what_was_decided(apps, schema_editor):
    """Write the decision of every signature that was there before; the owner visits one organization at a time."""
    at = schema_editor.connection.alias
    Tenant = apps.get_model("organizations", "Tenant").objects.using(at)
    Signature = apps.get_model("screening", "Signature").objects.using(at)
    Member = apps.get_model("accounts", "Member").objects.using(at)
    SignedDecision = apps.get_model("screening", "SignedDecision")
    for organization in list(Tenant.values_list("id", flat=True)):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('kap.organization', %s, true)", [str(organization)])
        names = dict(Member.filter(organization_id=organization).values_list("id", "name"))
        SignedDecision.objects.using(at).bulk_create(
            SignedDecision(
                organization_id=organization, person_id=row.person_id, signature_id=row.id, drug=row.drug,
                route=row.route, decision=row.decision,
                verdict=json.loads(row.text)["body"]["screening"]["verdict"], signed_at=row.signed_at,
                signed_by=names.get(row.signed_by, ""),
            )
            for row in Signature.filter(organization_id=organization)
        )


class Migration(migrations.Migration):

    dependencies = [
        ('screening', '0005_seal_overrides'),
        ('organizations', '0003_sharing_names'),
        ('people', '0005_guards_of_referrals'),
        ('accounts', '0005_words_of_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignedDecision',
            fields=[
                ('id', models.UUIDField(default=kap_clinic.database.identity.new_id, editable=False, primary_key=True, serialize=False)),
                ('drug', models.CharField(max_length=16)),
                ('route', models.CharField(max_length=4)),
                ('decision', models.CharField(max_length=16)),
                ('verdict', models.CharField(max_length=16)),
                ('signed_at', models.DateTimeField()),
                ('signed_by', models.CharField(max_length=120)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tenant')),
                ('person', kap_clinic.database.models.WithinTenant(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('signature', kap_clinic.database.models.WithinTenant(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='screening.signature')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='signeddecision',
            constraint=models.UniqueConstraint(fields=('organization', 'id'), name='screening_signeddecision_in_tenant'),
        ),
        migrations.AddConstraint(
            model_name='signeddecision',
            constraint=models.UniqueConstraint(fields=('organization', 'signature'), name='signed_decision_once'),
        ),
        ReferWithin("SignedDecision", "person"),
        ReferWithin("SignedDecision", "signature"),
        GuardTable("SignedDecision", is_history=True),
        ShareRows("SignedDecision", kind="person", by="person_id"),
        ShareRows("HistoryAnswer", kind="person", by="person_id"),
        migrations.RunPython(tell_what_was_decided, migrations.RunPython.noop),
    ]
