"""The ways out: mail, a telephone gateway, the demonstration's folder; each says what became of a letter."""

from __future__ import annotations

import smtplib
from pathlib import Path
from typing import Protocol

from django.core.mail import EmailMessage

from kap.casework.calls import Means
from kap.casework.reaching import Became
from kap_clinic.config.environment import Environment

from .letters import Letter, NotSentError
from .telephone import OF_CALLS, OF_TEXTS, Gateway


class Channel(Protocol):
    """One way out.

    Shape: ``is_real`` says whether it leaves this machine.
    """

    is_real: bool

    def send(self, letter: Letter) -> str:
        """Send a letter; return the reference it has out there.

        Raises: NotSentError.
        """

    def find(self, letter: Letter) -> str:
        """Return the reference of a letter that went out in an earlier try; empty where it did not.

        Raises: NotSentError when that cannot be found out.
        """

    def became(self, reference: str) -> Became | None:
        """Return how far a letter came that went out under this reference.

        Missing: None where this way out never tells, or tells nothing we know the meaning of.
        Raises: NotSentError when it does not say now.
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

    def find(self, letter: Letter) -> str:
        """Say that mail cannot be asked about: it is sent again under the same name."""
        return ""

    def became(self, reference: str) -> Became | None:
        """Say that nobody tells: a mail that was taken may never be read."""
        return None


class Sms:
    """Text messages by the telephone gateway."""

    is_real = True

    def __init__(self, gateway: Gateway) -> None:
        """Hold the gateway."""
        self._gateway = gateway

    def send(self, letter: Letter) -> str:
        """Have the gateway send a text message."""
        return self._gateway.make("Messages", To=letter.to, Body=letter.text)

    def find(self, letter: Letter) -> str:
        """Find the text message whose link holds this letter's id."""
        for told in self._gateway.listed("Messages", to=letter.to):
            if str(letter.id) in str(told.get("body", "")):
                return str(told["sid"])
        return ""

    def became(self, reference: str) -> Became | None:
        """Ask the gateway whether the text was delivered."""
        return OF_TEXTS.get(self._gateway.status("Messages", reference))


class Voice:
    """Calls by the telephone gateway.

    A gateway's list of calls holds nothing by which one of ours could be told from anybody else's to the same
    number: after a try nobody saw the end of, the call is made again. It says the same number as the first,
    so that who hears both knows that they are one.
    """

    is_real = True

    def __init__(self, gateway: Gateway) -> None:
        """Hold the gateway."""
        self._gateway = gateway

    def send(self, letter: Letter) -> str:
        """Have the gateway call and say the sentence twice."""
        said = f'<Say>{letter.spoken}</Say><Pause length="1"/><Say>{letter.spoken}</Say>'
        return self._gateway.make("Calls", To=letter.to, Twiml=f"<Response>{said}</Response>")

    def find(self, letter: Letter) -> str:
        """Say that a call cannot be told from another: it is made again, and names the same number."""
        return ""

    def became(self, reference: str) -> Became | None:
        """Ask the gateway whether the call was answered."""
        return OF_CALLS.get(self._gateway.status("Calls", reference))


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

    def find(self, letter: Letter) -> str:
        """Find the letter in the folder."""
        path = self._folder / f"{letter.means.value}-{letter.id}.txt"
        return path.name if path.exists() else ""

    def became(self, reference: str) -> Became | None:
        """Say that nobody reads the folder for anybody."""
        return None
