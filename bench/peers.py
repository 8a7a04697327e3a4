"""Other people's packages, each set in an environment of its own and never in our locks."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def peer_python(*packages: str, constraint: str = "") -> Path:
    """Return a Python that has these packages, made on the first call; `.kap/peers` may be removed."""
    key = hashlib.sha256("\n".join((*packages, constraint)).encode()).hexdigest()[:12]
    folder = ROOT / ".kap" / "peers" / key
    python = folder / "bin" / "python"
    if (folder / "ready").exists():
        return python
    print(f"Setting up {', '.join(packages)} in an environment of their own ...", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    constraints = folder / "constraints.txt"
    constraints.write_text(constraint)
    uv = Path(sys.executable).with_name("uv")
    install = [str(uv), "pip", "install", "--quiet"]
    subprocess.run(
        [*install, "--build-constraint", str(constraints), *packages],
        check=True,
        env={**os.environ, "VIRTUAL_ENV": str(folder)},
    )
    (folder / "ready").touch()
    return python
