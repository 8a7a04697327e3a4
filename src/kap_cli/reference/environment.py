"""The environment variables, as a reference page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from kap.vocabulary.errors import DeclarationError

_NAME = re.compile(r"\"((?:KAP|DATABASE)_[A-Z_]+)\"")
MEANINGS: Final = {
    "DATABASE_URL": "A PostgreSQL you run, for the application's role. Without it the built-in one.",
    "DATABASE_URL_OWNER": "The same database for the role that owns the tables and migrates.",
    "DATABASE_URL_BACKUP": "The same database for the role that reads everything to back it up.",
    "KAP_ALLOWED_HOSTS": "Further host names our pages answer to, with commas or spaces.",
    "KAP_BEHIND_PROXY": "`yes` when a proxy with TLS stands in front, which makes a non-local address safe.",
    "KAP_HEARTBEAT_URL": "An address outside that is asked every minute; when it is not, it calls somebody.",
    "KAP_HOME": "The state folder: database, keys, backups, run, logs.",
    "KAP_HOST": "The address the pages listen on. Without it `127.0.0.1`.",
    "KAP_MAIL_FROM": "The address our mail comes from.",
    "KAP_METRICS_TOKEN": "What a monitor must carry to read `/metrics`. Without it there is nothing there.",
    "KAP_MODE": "`production` for real people, `demo` for invented ones. Without it `production`.",
    "KAP_ORIGIN": "The address people type, such as `https://kap.example.org`. Passkeys are bound to it.",
    "KAP_PORT": "The port of the pages. Without it 8000.",
    "KAP_POSTGRES_BIN": "The folder of the PostgreSQL programs to use instead of the built-in ones.",
    "KAP_ROOT": "The checkout. `./kap` sets it.",
    "KAP_SMTP_URL": "The mail server, such as `smtp+starttls://user:password@mail.example.org:587`. "
    "Without it mail stays in a folder of the state folder.",
    "KAP_STREAM_ORIGIN": "The address of the live stream, where a proxy serves it elsewhere.",
    "KAP_STREAM_PORT": "The port of the live stream. Without it 8001.",
    "KAP_TELEPHONE_FROM": "The number text messages and calls come from, such as `+15555550100`.",
    "KAP_TELEPHONE_URL": "The gateway for text messages and calls, such as "
    "`https://ACCOUNT:TOKEN@api.twilio.com`. Without it nobody is called.",
    "KAP_TLS_CERTIFICATE": "The certificate file, when our own process speaks TLS.",
    "KAP_TLS_KEY": "The key file that belongs to the certificate.",
    "KAP_WORKERS": "How many processes serve pages. Without it 2.",
}
_INTRODUCTION = """# Environment variables

Read once, in `src/kap_clinic/config/environment.py`, and nowhere else. A value that cannot be understood is
answered with a sentence when a command starts. `KAP_PYTHON` is read by the `./kap` script alone: the Python
that makes the environment.
"""


def environment_page(root: Path) -> str:
    """Describes every variable we read.

    Raises: DeclarationError when one has no meaning here, or a meaning has no variable.
    """
    texts = [path.read_text(encoding="utf-8") for path in (root / "src/kap_clinic/config").glob("*.py")]
    read = {name for text in texts for name in _NAME.findall(text)}
    if unexplained := sorted(read ^ set(MEANINGS)):
        raise DeclarationError(
            f"Say in kap_cli/reference/environment.py what each variable means: {', '.join(unexplained)}."
        )
    rows = [f"| `{name}` | {meaning} |" for name, meaning in MEANINGS.items()]
    return "\n".join([_INTRODUCTION, "| variable | what it is |", "|---|---|", *rows, ""])
