import django.db.models.deletion
from django.db import migrations, models

import kap_clinic.database.identity
import kap_clinic.database.models
from kap_clinic.accounts.names import name_words
from kap_clinic.database.guards import GuardTable, ReferWithin


def write_words(apps, schema_editor):
    """Write the words of every name that was there before; the owner, too, visits one organization at a time."""
    at = schema_editor.connection.alias
    Tenant = apps.get_model("organizations", "Tenant").objects.using(at)
    Member = apps.get_model("accounts", "Member").objects.using(at)
    MemberWord = apps.get_model("accounts", "MemberWord")
    for organization in list(Tenant.values_list("id", flat=True)):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('kap.organization', %s, true)", [str(organization)])
        MemberWord.objects.using(at).bulk_create(
            MemberWord(organization_id=organization, member_id=id, word=word)
            for id, name in Member.filter(organization_id=organization).values_list("id", "name")
            for word in name_words(name)
        )


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0003_sharing_names'),
        ('accounts', '0004_guards_of_second_signatures'),
    ]

    operations = [
        migrations.CreateModel(
            name='MemberWord',
            fields=[
                ('id', models.UUIDField(default=kap_clinic.database.identity.new_id, editable=False, primary_key=True, serialize=False)),
                ('word', models.CharField(db_collation='C', max_length=120)),
                ('member', kap_clinic.database.models.WithinTenant(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='memberword',
            index=models.Index(fields=['organization', 'word', 'member'], name='member_word_by_word'),
        ),
        migrations.AddConstraint(
            model_name='memberword',
            constraint=models.UniqueConstraint(fields=('organization', 'id'), name='accounts_memberword_in_tenant'),
        ),
        ReferWithin("MemberWord", "member"),
        GuardTable("MemberWord"),
        migrations.RunPython(write_words, migrations.RunPython.noop),
    ]
