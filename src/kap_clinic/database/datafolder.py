"""The built-in database's data folder: made once, set at every start, never opened by the wrong version.

Its log holds no clinical value: neither statements nor their parameters nor error texts reach it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from kap.vocabulary.errors import KapError
from kap_clinic.database.account import Account
from kap_clinic.database.addresses import PORT, SUPER
from kap_clinic.database.binaries import Binaries

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "autovacuum": "on",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # Compiling a query costs more than a clinic's small queries take.
    "jit": "off",
    # The second core serves the next page; containers also give parallel queries too little shared memory.
    "max_parallel_workers_per_gather": "0",
    "idle_in_transaction_session_timeout": "5min",
    # An error's text quotes values, so errors go to the program that asked and not to the log.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_file_mode": "0600",
}

# A throwaway database for tests may lose everything in a power cut, but nothing when it is killed.
# It may stand in memory, so its log stays small.
FORGETFUL: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "96MB"}

HBA = "# Written by OpenKAP: every role proves itself with its password, over the private socket only.\n"
HBA += "local all all scram-sha-256\n"


def major_of(data: Path) -> int | None:
    """Reads which major version made the data.

    Missing: nothing when there is no data yet.
    """
    try:
        return int((data / "PG_VERSION").read_text().split(".")[0])
    except FileNotFoundError:
        return None


def make_data(data: Path, binaries: Binaries, account: Account, password: str, *, is_durable: bool) -> None:
    """Makes an empty data folder; one interrupted half way is thrown away and made again.

    Raises: KapError with what initdb said.
    """
    making = data.with_name("data.making")
    shutil.rmtree(making, ignore_errors=True)
    account.own_folder(making)
    secret = making.with_name("socket") / "first-password"
    account.write(secret, password + "\n")
    try:
        said = account.run(
            binaries / "initdb",
            f"--pgdata={making}",
            f"--username={SUPER}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *_locale(binaries),
            "--data-checksums",
            "--no-instructions",
            *([] if is_durable else ["--no-sync"]),
            env=PROGRAM_ENVIRONMENT,
        )
    finally:
        secret.unlink(missing_ok=True)
    if said.returncode != 0:
        raise KapError(f"{binaries} could not make its data folder {data}: {said.stderr.strip()}")
    account.write(making / "pg_hba.conf", HBA)
    account.write(making / "postgresql.conf", "include 'openkap.conf'\n")
    making.rename(data)


# PostgreSQL gets none of our variables: some hold addresses with passwords.
PROGRAM_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def write_settings(data: Path, account: Account, socket: Path, *, is_durable: bool) -> None:
    """Writes our settings; what an administrator set with ALTER SYSTEM wins over them."""
    places = {"unix_socket_directories": str(socket), "log_directory": str(data.with_name("logs"))}
    settings = {**SETTINGS, **places, **({} if is_durable else FORGETFUL)}
    lines = ["# Written by OpenKAP at every start. To change a setting: ALTER SYSTEM, as kap_super."]
    lines += [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()]
    account.write(data / "openkap.conf", "\n".join(lines) + "\n")


def refuse_wrong_major(data: Path, binaries: Binaries) -> None:
    """Refuses data another major version made.

    Raises: KapError that says how to carry the data over.
    """
    made_by = major_of(data)
    if made_by is not None and made_by != binaries.major:
        raise KapError(
            f"The data in {data} was made by PostgreSQL {made_by} and this is {binaries}, which cannot read "
            f"it. Carry it over: set KAP_POSTGRES_BIN to the programs of PostgreSQL {made_by} and run "
            f"./kap backup, move {data} aside, unset KAP_POSTGRES_BIN and run ./kap restore."
        )


def set_superuser_password(data: Path, binaries: Binaries, account: Account, password: str) -> None:
    """Gives the superuser a new password while no server runs, for data whose password file was lost."""
    done = account.run(
        binaries / "postgres",
        "--single",
        "-D",
        data,
        "-c",
        "logging_collector=off",
        "postgres",
        input=f"ALTER ROLE {SUPER} PASSWORD '{password}'\n",
        env=PROGRAM_ENVIRONMENT,
    )
    if done.returncode != 0 or "ERROR" in done.stderr:
        raise KapError(f"The password of {SUPER} could not be set in {data}: {binaries} refused.")


def _locale(binaries: Binaries) -> list[str]:
    # From 17 on PostgreSQL carries C.UTF-8 itself: the same order whatever the operating system does.
    if binaries.major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]
