"""The tables of people, each in the file of what it is about.

What: charts, records that came in, enquiries and referrals.
For: the actions and queries of this app; other apps refer to a chart by string.
Must not: decide anything; a table holds and constrains.
"""

from .asking import Enquiry, Referral, ReferralAnswer, ReferralRecord, SelfReferralSwitch
from .charts import NameWord, Opening, Person, PersonChange, SupportPerson
from .records import ExternalIdentifier, Import, RecordedFact, Unread

__all__ = [
    "Enquiry",
    "ExternalIdentifier",
    "Import",
    "NameWord",
    "Opening",
    "Person",
    "PersonChange",
    "RecordedFact",
    "Referral",
    "ReferralAnswer",
    "ReferralRecord",
    "SelfReferralSwitch",
    "SupportPerson",
    "Unread",
]
