from django.db import migrations

from kap_clinic.database.guards import GuardTable, ReferWithin


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        ('database', '0001_initial'),
        ('organizations', '0002_guards'),
    ]

    operations = [
        ReferWithin("Person", "site"),
        ReferWithin("PersonChange", "person"),
        ReferWithin("Enquiry", "person"),
        ReferWithin("ExternalIdentifier", "person"),
        ReferWithin("ExternalIdentifier", "brought_by"),
        ReferWithin("RecordedFact", "person"),
        ReferWithin("RecordedFact", "brought_by"),
        ReferWithin("Unread", "person"),
        ReferWithin("Unread", "brought_by"),
        ReferWithin("Opening", "person"),
        GuardTable("Person"),
        GuardTable("PersonChange", is_history=True),
        GuardTable("Enquiry"),
        GuardTable("Import"),
        GuardTable("ExternalIdentifier", is_history=True),
        GuardTable("RecordedFact", is_history=True),
        GuardTable("Unread", is_history=True),
        GuardTable("Opening"),
        GuardTable("SelfReferralSwitch", is_history=True),
    ]
