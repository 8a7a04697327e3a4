"""What is made ready once Django is loaded: addresses, tables, static files, the invented people."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.urls import get_resolver

from kap_clinic.database.preparation import prepare
from kap_clinic.demonstration.loading import load


def make_all_ready(*, is_synthetic: bool) -> None:
    """Prepares the database and the static files; a synthetic one gets its invented organizations.

    Raises: KapError where a database of real people was to be filled with invented ones.
    """
    # Pages that cannot be loaded are found here, in a sentence, not in a worker that ends again and again.
    _ = get_resolver().url_patterns
    prepare(is_synthetic=is_synthetic)
    _collect_static()
    if is_synthetic:
        load()


def _collect_static() -> None:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    # Compressing takes a second; nothing has changed at most starts.
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest.hexdigest())
