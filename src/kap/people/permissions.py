"""What a person may be allowed to do, each said in one sentence that completes "may …"."""

from __future__ import annotations

from enum import StrEnum

from kap.vocabulary.sentences import Sentence, sentence


class Permission(StrEnum):
    """One act or one page that a role may open; checked on every page and in every action."""

    sentence: Sentence

    def __new__(cls, value: str, words: Sentence) -> Permission:
        """Holds the words beside the name that is stored and logged."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = words
        return member

    SEE_ORGANIZATION = "see_organization", sentence("see the organization and its settings")
    CHANGE_ORGANIZATION = "change_organization", sentence("change the organization's settings")
    SEE_SITES = "see_sites", sentence("see the sites, their rooms, time zones and registrations")
    CHANGE_SITES = "change_sites", sentence("open, change and close sites")
    SHARE_SITE = "share_site", sentence("grant another organization access, and end that access")
    SEE_STAFF = "see_staff", sentence("see who works here, in which role and at which site")
    INVITE_STAFF = "invite_staff", sentence("invite a person to work here")
    CHANGE_STAFF = "change_staff", sentence("change a person's roles and sites, and record that they left")
    SEE_DAY_BOARD = "see_day_board", sentence("see the day board")
    SEE_AUDIT = "see_audit", sentence("see who did what, concerning whom and when")
    EXPORT_AUDIT = "export_audit", sentence("take a copy of the audit")
    VERIFY_AUDIT = "verify_audit", sentence("have the audit's chain checked")
    SEE_BACKUPS = "see_backups", sentence("see when the last backup was made and proven")
    USE_API = "use_api", sentence("read and write through the web API by token")
