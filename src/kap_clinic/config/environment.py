"""What this installation was told from outside, read once; nobody else in the project reads the environment.

Every value has a safe default but the ones a person must decide, and a bad value is answered with a sentence
that says what was expected. Passwords in an address never appear in a repr or a message.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote

from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.config.telephone import Telephone, heartbeat, telephone
from kap_clinic.config.told import Told


class Mode(StrEnum):
    """Whether the people in this database are real."""

    DEMO = "demo"
    PRODUCTION = "production"


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseUrls:
    """A PostgreSQL server somebody else runs, one address for each of our three roles.

    Missing: without `owner` this installation cannot migrate, without `backup` it cannot back up.
    """

    app: str = field(repr=False)
    owner: str | None = field(default=None, repr=False)
    backup: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """Everything this installation was told from outside, one field a question.

    Missing: no `database` means the built-in PostgreSQL; an empty `smtp_host` keeps mail in a folder; without
    `telephone` nobody is called, without `heartbeat_url` nobody outside notices our silence.
    """

    root: Path
    home: Path
    mode: Mode
    database: DatabaseUrls | None
    postgres_bin: Path | None

    host: str
    port: int
    stream_port: int
    workers: int

    origin: str
    stream_origin: str
    allowed_hosts: tuple[str, ...]
    tls_certificate: Path | None
    tls_key: Path | None
    behind_proxy: bool

    smtp_host: str
    smtp_port: int
    smtp_tls: bool
    smtp_ssl: bool
    smtp_user: str = field(repr=False)
    smtp_password: str = field(repr=False)
    smtp_from: str
    metrics_token: str = field(default="", repr=False)
    telephone: Telephone | None = field(default=None, repr=False)
    heartbeat_url: str = field(default="", repr=False)

    @property
    def is_demo(self) -> bool:
        """Says whether this installation holds invented people only."""
        return self.mode is Mode.DEMO

    @property
    def has_tls(self) -> bool:
        """Says whether our own web process speaks TLS."""
        return self.tls_certificate is not None


def read_environment(
    mapping: Mapping[str, str] = os.environ, *, overriding: Mapping[str, str] | None = None
) -> Environment:
    """Reads what this installation was told; `overriding` holds what the command line says instead.

    Raises: InputError for a value that cannot be understood; Refused for an address open to the network that
    nothing protects.
    """
    told = Told({**mapping, **(overriding or {})})
    root = Path(told.text("KAP_ROOT", str(Path(__file__).parents[3]))).resolve()
    environment = Environment(
        root=root,
        home=_home(told, root),
        mode=told.one_of("KAP_MODE", Mode.PRODUCTION),
        database=_database(told),
        postgres_bin=told.existing("KAP_POSTGRES_BIN"),
        metrics_token=told.text("KAP_METRICS_TOKEN", ""),
        telephone=telephone(told),
        heartbeat_url=heartbeat(told),
        **_listening(told),
        **_public(told),
        **_mail(told),
    )
    _refuse_an_open_door(environment)
    return environment


def environment_of_a_child(added: Mapping[str, str]) -> dict[str, str]:
    """Gives the variables a process of ours is started with."""
    return {**os.environ, **added}


def is_loopback(host: str) -> bool:
    """Says whether a host name or address means this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _home(told: Told, root: Path) -> Path:
    if "KAP_HOME" in told:
        return Path(told["KAP_HOME"]).expanduser().absolute()
    if os.geteuid() == 0:
        # Root's checkout may lie under a closed folder that the database's own account cannot enter.
        return Path("/var/lib/openkap") / hashlib.sha256(str(root).encode()).hexdigest()[:8]
    return root / ".kap" / "home"


def _listening(told: Told) -> dict[str, Any]:
    port = told.number("KAP_PORT", 8000, least=1, most=65535)
    stream_port = told.number("KAP_STREAM_PORT", 8001, least=1, most=65535)
    if port == stream_port:
        raise InputError(
            f"KAP_PORT and KAP_STREAM_PORT are both {port}: the pages and the stream each need their own. "
            "Change one."
        )
    workers = told.number("KAP_WORKERS", 2, least=1, most=64)
    return {"host": _host(told), "port": port, "stream_port": stream_port, "workers": workers}


def _host(told: Told) -> str:
    return told.text("KAP_HOST", "127.0.0.1").strip("[]")


def _public(told: Told) -> dict[str, Any]:
    certificate, key = told.existing("KAP_TLS_CERTIFICATE"), told.existing("KAP_TLS_KEY")
    if (certificate is None) != (key is None):
        raise InputError("KAP_TLS_CERTIFICATE and KAP_TLS_KEY belong together: give both files or neither.")
    behind_proxy = told.yes_or_no("KAP_BEHIND_PROXY")
    # Browsers allow passkeys on the name localhost and not on 127.0.0.1.
    is_local = is_loopback(_host(told))
    host = "localhost" if is_local else _in_address(_host(told))
    scheme = "https" if certificate else "http"
    origin = _origin(told, "KAP_ORIGIN", f"{scheme}://{host}:{told.text('KAP_PORT', '8000')}")
    beside = f"{origin.scheme}://{_in_address(origin.hostname or '')}:{told.text('KAP_STREAM_PORT', '8001')}"
    # A proxy in front serves the stream under the same name; without one the browser goes to its port.
    stream = _origin(told, "KAP_STREAM_ORIGIN", origin.geturl() if behind_proxy else beside)
    local = ["localhost", "127.0.0.1", "[::1]"] if is_local else []
    hosts = [_in_address(origin.hostname or ""), *told.words("KAP_ALLOWED_HOSTS"), *local]
    return {
        "origin": origin.geturl(),
        "stream_origin": stream.geturl(),
        "allowed_hosts": tuple(dict.fromkeys(hosts)),
        "tls_certificate": certificate,
        "tls_key": key,
        "behind_proxy": behind_proxy,
    }


def _origin(told: Told, name: str, ours: str) -> SplitResult:
    example = "https://kap.example.org"
    parts = told.address(name, ours, schemes=("http", "https"), example=example)
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise InputError(f"{name} must be a host and nothing after it: write it like {example}.")
    return parts._replace(path="", fragment="")


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _refuse_an_open_door(environment: Environment) -> None:
    if is_loopback(environment.host) or environment.has_tls or environment.behind_proxy:
        return
    raise Refused(
        sentence(
            "OpenKAP will not listen on {host} without encryption: charts and sign-ins would cross the "
            "network in the clear. Give KAP_TLS_CERTIFICATE and KAP_TLS_KEY, or set KAP_BEHIND_PROXY=yes "
            "when a proxy with TLS stands in front, or keep KAP_HOST=127.0.0.1.",
            host=environment.host,
        )
    )


def _database(told: Told) -> DatabaseUrls | None:
    names = {"app": "DATABASE_URL", "owner": "DATABASE_URL_OWNER", "backup": "DATABASE_URL_BACKUP"}
    given = {role: name for role, name in names.items() if name in told}
    if given and "app" not in given:
        raise InputError(
            f"{', '.join(given.values())} is set and DATABASE_URL is not: give the address of the "
            "application role in DATABASE_URL too, or unset them all to use the built-in database."
        )
    example = "postgresql://role:password@host:5432/kap"
    for name in given.values():
        parts = told.address(name, "", schemes=("postgres", "postgresql"), example=example)
        if not parts.path.strip("/"):
            raise InputError(f"{name} names no database: write it like {example}.")
    return DatabaseUrls(**{role: told[name] for role, name in given.items()}) if given else None


def _mail(told: Told) -> dict[str, Any]:
    sender = told.text("KAP_MAIL_FROM", "")
    kinds = {"": 25, "smtp": 25, "smtp+starttls": 587, "smtps": 465}
    example = "smtp+starttls://user:password@mail.example.org:587"
    parts = told.address("KAP_SMTP_URL", "", schemes=tuple(kinds), example=example)
    if "KAP_SMTP_URL" in told:
        is_clear = parts.scheme == "smtp" and not is_loopback(parts.hostname or "")
        if not parts.scheme or not parts.hostname or is_clear:
            raise InputError(
                f"KAP_SMTP_URL must name a host, with TLS unless it is this machine: write it like {example}."
            )
        if not sender:
            raise InputError(
                "KAP_SMTP_URL is set and KAP_MAIL_FROM is not: say which address our mail comes from."
            )
    return {
        "smtp_host": parts.hostname or "",
        "smtp_port": parts.port or kinds[parts.scheme],
        "smtp_tls": parts.scheme == "smtp+starttls",
        "smtp_ssl": parts.scheme == "smtps",
        "smtp_user": unquote(parts.username or ""),
        "smtp_password": unquote(parts.password or ""),
        "smtp_from": sender or "openkap@localhost",
    }
