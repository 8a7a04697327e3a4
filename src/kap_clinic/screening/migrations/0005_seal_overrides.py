from django.db import migrations

from kap.histories.chain import Head, canonical_text, seal
from kap.histories.entries import Entry
from kap.vocabulary.moments import Instant


def seal_what_was_made(apps, schema_editor):
    """Seal every override that was there before, as it stands; the owner visits one organization at a time."""
    at = schema_editor.connection.alias
    Tenant = apps.get_model("organizations", "Tenant").objects.using(at)
    Override = apps.get_model("screening", "Override").objects.using(at)
    OverrideEntry = apps.get_model("screening", "OverrideEntry")
    for organization in list(Tenant.values_list("id", flat=True)):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('kap.organization', %s, true)", [str(organization)])
        heads = {}
        for row in Override.filter(organization_id=organization).order_by("made_at", "id"):
            made = Instant(row.made_at)
            content = {
                "override": str(row.id), "rule": row.rule, "verdict": row.verdict, "drug": row.drug,
                "route": row.route, "why": row.why, "reason": row.reason, "role": row.role,
                "until": str(Instant(row.until)),
            }
            entry = Entry(
                id=row.id, happened_at=made, recorded_at=made, by=str(row.made_by),
                kind="override_made@1", content=canonical_text(content),
            )
            sealed = seal(entry.text, heads.get(row.person_id, Head()))
            heads[row.person_id] = sealed.head
            OverrideEntry.objects.using(at).create(
                id=row.id, organization_id=organization, person_id=row.person_id, override_id=row.id,
                kind="override_made", number=sealed.number, previous=sealed.previous, digest=sealed.digest,
                text=sealed.text, recorded_at=row.made_at, recorded_by=row.made_by,
            )


class Migration(migrations.Migration):

    dependencies = [
        ('screening', '0004_overrideentry'),
    ]

    operations = [
        migrations.RunPython(seal_what_was_made, migrations.RunPython.noop),
    ]
