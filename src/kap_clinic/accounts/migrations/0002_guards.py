from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin

ONLY_SYNTHETIC = """
CREATE FUNCTION kap_only_synthetic() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM database_installation WHERE is_synthetic) THEN
        RAISE EXCEPTION 'sign-in links exist only in a synthetic database' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_synthetic BEFORE INSERT OR UPDATE ON accounts_demolink
    FOR EACH ROW EXECUTE FUNCTION kap_only_synthetic();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('database', '0001_initial'),
        ('organizations', '0002_guards'),
    ]

    operations = [
        ReferWithin("MemberChange", "member"),
        GuardTable("Member"),
        GuardTable("MemberChange", is_history=True),
        GuardTable("Invitation"),
        migrations.RunSQL(ONLY_SYNTHETIC, "DROP FUNCTION kap_only_synthetic() CASCADE"),
    ]
