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
from urllib.parse import unquote

from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.sentences import sentence
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
class Listening:
    """Where the web and the stream wait for requests."""

    host: str = "127.0.0.1"
    port: int = 8000
    stream_port: int = 8001
    workers: int = 2

    @property
    def is_loopback(self) -> bool:
        """Says whether only this machine can reach it."""
        return is_loopback(self.host)


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicAddress:
    """How browsers reach the clinic, and what protects the way."""

    origin: str
    allowed_hosts: tuple[str, ...]
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    is_behind_proxy: bool = False

    @property
    def has_tls(self) -> bool:
        """Says whether our own web process speaks TLS."""
        return self.tls_certificate is not None

    @property
    def is_https(self) -> bool:
        """Says whether browsers see a secure address."""
        return self.origin.startswith("https://")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """The mail server that carries invitations and reminders."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sessions:
    """How long a screen stays open.

    Units: minutes.
    """

    ends_after_minutes: int = 720
    locks_after_minutes: int = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """Everything this installation was told from outside."""

    root: Path
    home: Path
    mode: Mode
    debug: bool
    listening: Listening
    public: PublicAddress
    sessions: Sessions
    database: DatabaseUrls | None = None
    postgres_bin: Path | None = None
    mail: Mail | None = None

    @property
    def is_demo(self) -> bool:
        """Says whether this installation holds invented people only."""
        return self.mode is Mode.DEMO


def read_environment(mapping: Mapping[str, str] = os.environ, **overriding: str) -> Environment:
    """Reads what this installation was told; `overriding` holds what the command line says instead.

    Raises: InputError for a value that cannot be understood; Refused for an address open to the network that
    nothing protects.
    """
    told = Told({**mapping, **overriding})
    root = Path(told.text("KAP_ROOT", str(Path(__file__).parents[3]))).resolve()
    listening = _listening(told)
    environment = Environment(
        root=root,
        home=_home(told, root),
        mode=told.one_of("KAP_MODE", Mode.PRODUCTION),
        debug=told.yes_or_no("KAP_DEBUG"),
        listening=listening,
        public=_public(told, listening),
        sessions=_sessions(told),
        database=_database(told),
        postgres_bin=told.existing("KAP_POSTGRES_BIN"),
        mail=_mail(told),
    )
    _refuse_an_open_door(environment)
    return environment


def environment_of_a_child(**added: str) -> dict[str, str]:
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


def _listening(told: Told) -> Listening:
    listening = Listening(
        host=told.text("KAP_HOST", "127.0.0.1"),
        port=told.number("KAP_PORT", 8000, least=1, most=65535),
        stream_port=told.number("KAP_STREAM_PORT", 8001, least=1, most=65535),
        workers=told.number("KAP_WORKERS", 2, least=1, most=64),
    )
    if listening.port == listening.stream_port:
        raise InputError(
            f"KAP_PORT and KAP_STREAM_PORT are both {listening.port}: the pages and the stream each need a "
            "port of their own. Change one."
        )
    return listening


def _public(told: Told, listening: Listening) -> PublicAddress:
    certificate, key = told.existing("KAP_TLS_CERTIFICATE"), told.existing("KAP_TLS_KEY")
    if (certificate is None) != (key is None):
        raise InputError("KAP_TLS_CERTIFICATE and KAP_TLS_KEY belong together: give both files or neither.")
    # Browsers allow passkeys on the name localhost and not on 127.0.0.1.
    host = "localhost" if listening.is_loopback else listening.host
    ours = f"{'https' if certificate else 'http'}://{host}:{listening.port}"
    example = "https://kap.example.org"
    parts = told.address("KAP_ORIGIN", ours, schemes=("http", "https"), example=example)
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise InputError(f"KAP_ORIGIN must be a host and nothing after it: write it like {example}.")
    local = ["localhost", "127.0.0.1", "[::1]"] if listening.is_loopback else []
    return PublicAddress(
        origin=f"{parts.scheme}://{parts.netloc}",
        allowed_hosts=tuple(dict.fromkeys([parts.hostname, *told.words("KAP_ALLOWED_HOSTS"), *local])),
        tls_certificate=certificate,
        tls_key=key,
        is_behind_proxy=told.yes_or_no("KAP_BEHIND_PROXY"),
    )


def _refuse_an_open_door(environment: Environment) -> None:
    public = environment.public
    if environment.listening.is_loopback or public.has_tls or public.is_behind_proxy:
        return
    raise Refused(
        sentence(
            "OpenKAP will not listen on {host} without encryption: charts and sign-ins would cross the network "
            "in the clear. Give KAP_TLS_CERTIFICATE and KAP_TLS_KEY, or set KAP_BEHIND_PROXY=yes when a proxy "
            "with TLS stands in front, or keep KAP_HOST=127.0.0.1.",
            host=environment.listening.host,
        )
    )


def _database(told: Told) -> DatabaseUrls | None:
    names = {"app": "DATABASE_URL", "owner": "DATABASE_URL_OWNER", "backup": "DATABASE_URL_BACKUP"}
    given = {role: name for role, name in names.items() if name in told}
    if given and "app" not in given:
        raise InputError(
            f"{', '.join(given.values())} is set and DATABASE_URL is not: give the address of the application "
            "role in DATABASE_URL too, or unset them all to use the built-in database."
        )
    example = "postgresql://role:password@host:5432/kap"
    for name in given.values():
        parts = told.address(name, "", schemes=("postgres", "postgresql"), example=example)
        if not parts.path.strip("/"):
            raise InputError(f"{name} names no database: write it like {example}.")
    return DatabaseUrls(**{role: told[name] for role, name in given.items()}) if given else None


def _mail(told: Told) -> Mail | None:
    if "KAP_SMTP_URL" not in told:
        return None
    kinds = {"smtp": ("none", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}
    example = "smtp+starttls://user:password@mail.example.org:587"
    parts = told.address("KAP_SMTP_URL", "", schemes=tuple(kinds), example=example)
    security, port = kinds[parts.scheme]
    if not parts.hostname or (security == "none" and not is_loopback(parts.hostname)):
        raise InputError(
            f"KAP_SMTP_URL must name a host, with TLS unless it is this machine: write it like {example}."
        )
    if "KAP_MAIL_FROM" not in told:
        raise InputError(
            "KAP_SMTP_URL is set and KAP_MAIL_FROM is not: say which address our mail comes from."
        )
    return Mail(
        host=parts.hostname,
        port=parts.port or port,
        sender=told["KAP_MAIL_FROM"],
        security=security,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _sessions(told: Told) -> Sessions:
    return Sessions(
        ends_after_minutes=told.number("KAP_SESSION_MINUTES", 720, least=5, most=1440),
        locks_after_minutes=told.number("KAP_LOCK_MINUTES", 10, least=1, most=60),
    )
