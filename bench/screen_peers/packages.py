"""The peer of node's world, installed from its lock into a folder that may be thrown away."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]


def node_packages() -> Path:
    """Return a folder with the packages of `package-lock.json`, made on the first call below `.kap/peers`."""
    lock = _HERE / "package-lock.json"
    folder = _ROOT / ".kap" / "peers" / f"node-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    if (folder / "ready").exists():
        return folder
    print("Setting up cql-execution in a folder of its own ...", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("package.json", lock.name):
        shutil.copy(_HERE / name, folder)
    install = ["npm", "ci", "--omit=dev", "--ignore-scripts", "--silent"]
    subprocess.run(install, check=True, cwd=folder, stdout=sys.stderr)
    (folder / "ready").touch()
    return folder
