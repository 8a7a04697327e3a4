"""A house with a roster, a client, and a mail server and telephone gateway it really writes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.outside import Exchange, Mailbox, mail_server, telephone_exchange

from kap_clinic.database.identity import new_id

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Station:
    """A house, the people its ladder climbs to, a client, and the outside."""

    house: Any
    nurse: Any
    backup: Any
    director: Any
    person: UUID
    mail: Mailbox
    exchange: Exchange
    began: datetime
    cluster: Any
    database: str

    def put(self, member: Any, place: str = "on-call", **other: Any) -> UUID:
        """Put somebody on call around now."""
        from kap_clinic.on_call.actions import put_on_call

        id: UUID = new_id()
        told = {
            "starts_at": self.began - timedelta(hours=1), "ends_at": self.began + timedelta(days=1),
            "phone": "+15555550101", "email": "first@example.org",
        }  # fmt: skip
        put_on_call(
            organization=self.house.id, by=self.director, id=id, member=member.id, place=place, **told | other
        )
        return id

    def crisis(self) -> UUID:
        """Open a crisis now."""
        from kap_clinic.cases.crises import open_crisis

        case: UUID = open_crisis(
            organization=self.house.id, by=self.nurse, id=new_id(), person=self.person, why="Said goodbye."
        )
        return case

    def at(self, minutes: float = 0, seconds: float = 1) -> datetime:
        """Tell the moment so long after the case was opened, by a clock of our own."""
        from kap_clinic.cases.queries import open_safety_cases

        with self.house.acting() as act:
            opened = [line.state.clock.opens_at.at for line in open_safety_cases(act)]
        return (opened or [datetime.now(UTC)])[0] + minutes * MINUTE + timedelta(seconds=seconds)

    def climb(self, minutes: float = 0, seconds: float = 1) -> int:
        """Look what is due so long after the case was opened, and send it."""
        from django.conf import settings

        from kap_clinic.on_call.channels import channels_of
        from kap_clinic.on_call.climbing import climb

        return climb(channels_of(settings.ENVIRONMENT), self.at(minutes, seconds))

    def told(self) -> list[tuple[str, str]]:
        """What went out, as (means, to)."""
        calls = [(one["what"], one["to"]) for one in self.exchange.taken]
        return sorted(calls) + sorted(("Mail", str(one["To"])) for one in self.mail.letters)

    def history(self, case: UUID) -> list[str]:
        """What was tried in a case."""
        from kap_clinic.cases import crises

        with self.house.acting() as act:
            return [one.how for one in crises.stands(act, case).attempts]


@pytest.fixture
def outside() -> Iterator[tuple[Mailbox, Exchange]]:
    """A mail server and a telephone gateway, and settings that lead to them."""
    from django.conf import settings
    from django.test import override_settings

    from kap_clinic.config.environment import Mode
    from kap_clinic.config.telephone import Telephone

    with mail_server() as mail, telephone_exchange() as exchange:
        gateway = Telephone(
            base=f"http://127.0.0.1:{exchange.port}", account="AC0123456789", token="gateway-token",
            sender="+15555550100",
        )  # fmt: skip
        told = replace(
            settings.ENVIRONMENT, mode=Mode.PRODUCTION, smtp_host="127.0.0.1", smtp_port=mail.port,
            telephone=gateway, origin="https://kap.example.org",
        )  # fmt: skip
        with override_settings(
            ENVIRONMENT=told, EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1", EMAIL_PORT=mail.port,
        ):  # fmt: skip
            yield mail, exchange


@pytest.fixture
def station(clinic: Any, outside: tuple[Mailbox, Exchange]) -> Station:
    """One house, its roster still empty."""
    from kap_clinic.people.actions import open_chart

    house = clinic.organization("Cedar House")
    nurse = house.member("nurse", name="Rosa Marquez", email="rosa@example.org")
    backup = house.member("nurse", name="Ben Ito", email="ben@example.org")
    director = house.member("medical_director", name="Ada Odum", email="ada@example.org")
    person = new_id()
    open_chart(organization=house.id, by=nurse, id=person, name="Ana Keller", birth="1984-03-27")
    mail, exchange = outside
    return Station(
        house=house, nurse=nurse, backup=backup, director=director, person=person, mail=mail,
        exchange=exchange, began=datetime.now(UTC), cluster=clinic.cluster, database=clinic.database,
    )  # fmt: skip
