"""The ways out: mail, a telephone gateway, the demonstration's folder; each says what became of a letter."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol

from django.core.mail import EmailMessage

from kap.casework.calls import Means
from kap_clinic.config.environment import Environment

from .letters import Letter, NotSentError
from .telephone import Gateway

# By so much the gateway's clock may be behind ours.
CLOCKS_DIFFER = timedelta(seconds=90)


@dataclass(frozen=True)
class Earlier:
    """An earlier try nobody saw the end of: when it began, and the references other letters already have."""

    since: datetime
    taken: frozenset[str]


class Channel(Protocol):
    """One way out.

    Shape: ``is_real`` says whether it leaves this machine.
    """

    is_real: bool

    def send(self, letter: Letter) -> str:
        """Send a letter; return the reference it has out there.

        Raises: NotSentError.
        """

    def find(self, letter: Letter, earlier: Earlier) -> str:
        """Return the reference of a letter that went out in an earlier try; empty where it did not.

        Raises: NotSentError when that cannot be found out.
        """


Channels = dict[Means, Channel]


def channels_of(environment: Environment) -> Channels:
    """Return the ways out this installation has; the roster's page says which are missing."""
    if environment.telephone is not None:
        gateway = Gateway(environment.telephone)
        found: Channels = {Means.SMS: Sms(gateway), Means.VOICE: Voice(gateway)}
    elif environment.is_demo:
        folder = environment.home / "outbox"
        found = {Means.SMS: Outbox(folder), Means.VOICE: Outbox(folder)}
    else:
        found = {}
    if environment.smtp_host or environment.is_demo:
        found[Means.EMAIL] = Mail(is_real=bool(environment.smtp_host))
    return found


class Mail:
    """E-mail. A letter tried again keeps its Message-ID, so that a mailbox shows it once."""

    def __init__(self, *, is_real: bool) -> None:
        """Hold whether a mail server takes it, or the demonstration's folder."""
        self.is_real = is_real

    def send(self, letter: Letter) -> str:
        """Hand a letter to the mail server."""
        name = f"<{letter.id}@openkap>"
        message = EmailMessage(letter.subject, letter.text, to=[letter.to], headers={"Message-ID": name})
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refused:
            raise NotSentError("the mail server does not take this address") from refused
        except (OSError, smtplib.SMTPException) as failed:
            raise NotSentError(
                f"the mail server did not take it ({type(failed).__name__})", is_doubtful=True
            ) from failed
        return name

    def find(self, letter: Letter, earlier: Earlier) -> str:
        """Say that mail cannot be asked about: it is sent again under the same name."""
        return ""


class Sms:
    """Text messages by the telephone gateway."""

    is_real = True

    def __init__(self, gateway: Gateway) -> None:
        """Hold the gateway."""
        self._gateway = gateway

    def send(self, letter: Letter) -> str:
        """Have the gateway send a text message."""
        return self._gateway.make("Messages", To=letter.to, Body=letter.text)

    def find(self, letter: Letter, earlier: Earlier) -> str:
        """Find the text message whose link holds this letter's id."""
        for told in self._gateway.listed("Messages", to=letter.to):
            if str(letter.id) in str(told.get("body", "")):
                return str(told["sid"])
        return ""


class Voice:
    """Calls by the telephone gateway.

    A call carries no text that could be found again: after a try nobody saw the end of, a call to the same
    number since then that belongs to no other letter is taken for this one.
    """

    is_real = True

    def __init__(self, gateway: Gateway) -> None:
        """Hold the gateway."""
        self._gateway = gateway

    def send(self, letter: Letter) -> str:
        """Have the gateway call and say the sentence twice."""
        said = f'<Say>{letter.spoken}</Say><Pause length="1"/><Say>{letter.spoken}</Say>'
        return self._gateway.make("Calls", To=letter.to, Twiml=f"<Response>{said}</Response>")

    def find(self, letter: Letter, earlier: Earlier) -> str:
        """Find a call to this number made since the earlier try began."""
        for told in self._gateway.listed("Calls", to=letter.to):
            made_at = parsedate_to_datetime(told["date_created"])
            if made_at >= earlier.since - CLOCKS_DIFFER and told["sid"] not in earlier.taken:
                return str(told["sid"])
        return ""


class Outbox:
    """The demonstration's folder: one file a letter, so that what would be sent can be read."""

    is_real = False

    def __init__(self, folder: Path) -> None:
        """Hold the folder."""
        self._folder = folder

    def send(self, letter: Letter) -> str:
        """Write a letter into the folder."""
        self._folder.mkdir(parents=True, exist_ok=True)
        text = letter.spoken if letter.means is Means.VOICE else letter.text
        path = self._folder / f"{letter.means.value}-{letter.id}.txt"
        path.write_text(f"To: {letter.to}\n\n{text}\n")
        return path.name

    def find(self, letter: Letter, earlier: Earlier) -> str:
        """Find the letter in the folder."""
        path = self._folder / f"{letter.means.value}-{letter.id}.txt"
        return path.name if path.exists() else ""
