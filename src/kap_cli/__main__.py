"""Where every `./kap` command begins."""

from __future__ import annotations

import sys

from kap_cli.doors import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
