"""Looks at the ways out: mail, the telephone gateway, and somebody outside who notices our silence."""

from __future__ import annotations

from collections.abc import Iterator

from kap_cli.setup_checks import Check
from kap_clinic.config.environment import Environment


def look_at_ways_out(environment: Environment) -> Iterator[Check]:
    if environment.is_demo:
        yield Check(id="ways-out", ok=True, sentence="Messages of this demonstration stay in its outbox.")
        return
    missing = [
        name
        for name, value in (
            ("KAP_SMTP_URL", environment.smtp_host),
            ("KAP_TELEPHONE_URL", environment.telephone),
            ("KAP_HEARTBEAT_URL", environment.heartbeat_url),
        )
        if not value
    ]
    yield Check(
        id="ways-out",
        ok=True,
        sentence=f"Whoever is on call might not hear: {', '.join(missing)} is not set."
        if missing
        else "Mail, telephone and the outside heartbeat are set up.",
        mend="Before a client is asked about safety by link: docs/how-to/be-on-call.md." if missing else "",
    )
