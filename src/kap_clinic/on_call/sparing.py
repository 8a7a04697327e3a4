"""What fails for one case or one organization is noted and left for the next round; the rest goes on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from kap.vocabulary.errors import KapError

LOG = logging.getLogger("kap.on_call")


@dataclass
class Spared:
    """What had to be left in this round, and the kind of failure it was."""

    left: dict[UUID, str] = field(default_factory=dict)

    @contextmanager
    def going_on(self, what: UUID) -> Iterator[None]:
        """Go on with the rest where this fails, and say so in the log, without its values."""
        try:
            yield
        except Exception as failed:
            self.left[what] = type(failed).__name__
            LOG.error("%s was left for the next round: %s at %s", what, type(failed).__name__, _where(failed))

    def tell(self) -> None:
        """Say in the end that something is wrong, so that the sign of life to the outside stays away.

        Raises: KapError.
        """
        if self.left:
            kinds = ", ".join(sorted(set(self.left.values())))
            raise KapError(f"Not everybody could be called about: {len(self.left)} left ({kinds}).")


def _where(failed: Exception) -> str:
    frame = failed.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "?"
