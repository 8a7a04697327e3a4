"""What is sent: a short text without names or clinical words, and a link that opens only after signing in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from kap.casework.calls import Means


class Purpose(StrEnum):
    """Why somebody is written to."""

    CALL = "call"
    DRILL = "drill"
    TEST = "test"


class NotSentError(Exception):
    """A letter did not go out, or nobody can say whether it did; the reason holds no address."""

    def __init__(self, because: str, *, is_doubtful: bool = False) -> None:
        """Hold why, and whether it may have gone out all the same."""
        super().__init__(because)
        self.because, self.is_doubtful = because, is_doubtful


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One message to one address; the id is the same however often it must be tried."""

    id: UUID
    means: Means
    to: str
    purpose: Purpose
    link: str

    @property
    def subject(self) -> str:
        """The subject of an e-mail."""
        return _SUBJECTS[self.purpose]

    @property
    def text(self) -> str:
        """The whole text; the link holds the id, by which it is recognized at the gateway."""
        return f"{_TEXTS[self.purpose]} {self.link}"

    @property
    def spoken(self) -> str:
        """What is said on the telephone, digit by digit by which number one knows the call again."""
        return f"{_SPOKEN[self.purpose]} Call number {' '.join(f'{self.id.int % 10_000:04}')}."


_SUBJECTS = {
    Purpose.CALL: "OpenKAP: a case needs you",
    Purpose.DRILL: "OpenKAP DRILL: a practice case needs you",
    Purpose.TEST: "OpenKAP: daily test",
}
_TEXTS = {
    Purpose.CALL: "OpenKAP: a case needs you. Sign in:",
    Purpose.DRILL: "OpenKAP DRILL, this is practice: a case needs you. Sign in:",
    Purpose.TEST: "OpenKAP daily test. Answer that it came:",
}
_SPOKEN = {
    Purpose.CALL: "This is OpenKAP. A case needs you. Open the message on your phone and sign in.",
    Purpose.DRILL: "This is OpenKAP. This is a drill. A practice case needs you. Sign in as if it were real.",
    Purpose.TEST: "This is OpenKAP's daily test. Open the message on your phone and answer that it came.",
}


def link_of(message: UUID, purpose: Purpose) -> str:
    """Return the address a message carries: the message's own id, and nothing of anybody."""
    name = "on_call:answer" if purpose is Purpose.TEST else "on_call:call"
    return f"{settings.ENVIRONMENT.origin}{reverse(name, args=[message])}"
