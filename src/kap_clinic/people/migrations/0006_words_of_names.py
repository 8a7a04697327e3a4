from django.db import migrations

from kap_clinic.accounts.names import name_words


def write_words(apps, schema_editor):
    """Write the words of every name that was there before; the owner, too, visits one organization at a time."""
    at = schema_editor.connection.alias
    Tenant = apps.get_model("organizations", "Tenant").objects.using(at)
    Person = apps.get_model("people", "Person").objects.using(at)
    NameWord = apps.get_model("people", "NameWord")
    for organization in list(Tenant.values_list("id", flat=True)):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('kap.organization', %s, true)", [str(organization)])
        NameWord.objects.using(at).bulk_create(
            NameWord(organization_id=organization, person_id=id, word=word)
            for id, name in Person.filter(organization_id=organization).values_list("id", "name")
            for word in name_words(name)
        )


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_guards_of_referrals'),
    ]

    operations = [
        migrations.RunPython(write_words, migrations.RunPython.noop),
    ]
