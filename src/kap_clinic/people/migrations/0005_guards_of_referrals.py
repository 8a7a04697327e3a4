from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin, ShareRows


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_referrals_and_support'),
    ]

    operations = [
        ReferWithin("NameWord", "person"),
        ReferWithin("SupportPerson", "person"),
        ReferWithin("Referral", "person"),
        ReferWithin("ReferralRecord", "referral"),
        ReferWithin("ReferralRecord", "brought_by"),
        ReferWithin("ReferralAnswer", "referral"),
        GuardTable("NameWord"),
        GuardTable("SupportPerson"),
        GuardTable("Referral", is_history=True),
        GuardTable("ReferralRecord", is_history=True),
        GuardTable("ReferralAnswer", is_history=True),
        ShareRows("Person", kind="person", by="id"),
        ShareRows("RecordedFact", kind="person", by="person_id"),
        ShareRows("Unread", kind="person", by="person_id"),
    ]
