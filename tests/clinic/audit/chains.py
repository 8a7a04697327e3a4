"""One organization's sealed trail for tests, and the hand of somebody who is the database's superuser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from kap_clinic.audit.kept import KeptFile
from kap_clinic.audit.reading import read
from kap_clinic.audit.sealer import Sealer
from kap_clinic.audit.verification import Proof, verify_organization
from kap_clinic.keys.ring import ring


@dataclass(frozen=True, kw_only=True)
class Chain:
    """An organization, its sealer's folder, and ways to look and to tamper."""

    clinic: Any
    house: Any
    folder: Path

    def fill(self, count: int) -> None:
        """Let the clinic do things, one audited act each."""
        for number in range(count):
            with self.house.acting(action=f"test.act_{number}") as act:
                act.about(self.house.id)

    def seal(self) -> int:
        """Seal everything that waits, as a sealer that has just started."""
        return Sealer(self.folder).tick()

    def proof(self) -> Proof:
        """Verify through the door, as the app role."""
        with self.house.acting(action="audit.seal"):
            return verify_organization(read, self.house.id, KeptFile(self.folder, ring().public_keys))

    def tamper(self, statement: str, *values: Any) -> None:
        """Change the tables as a superuser whom no trigger stops."""
        address = self.clinic.cluster.superuser_address(self.clinic.database)
        with psycopg.connect(**address.conninfo()) as server:
            server.execute("SET session_replication_role = replica")
            server.execute(statement, values)

    def entry_at(self, number: int) -> UUID:
        """Return the entry that was sealed under a number."""
        from kap_clinic.audit.models import Seal

        with self.house.acting(action="audit.seal"):
            return Seal.objects.get(number=number).entry_id

    @property
    def heads(self) -> Path:
        """The file of heads."""
        return self.folder / "keys" / "heads.jsonl"
