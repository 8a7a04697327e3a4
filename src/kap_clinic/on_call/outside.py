"""One request to an address outside, with limited patience and no redirect: it may carry a secret."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit

from .letters import NotSentError

PATIENCE_SECONDS = 15
LONGEST_ANSWER = 1_000_000


def ask(method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Send one request; return the status and the beginning of the answer.

    Raises: NotSentError, doubtful where the request may have been taken all the same.
    """
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
    try:
        line.connect()
    except OSError as failed:
        raise NotSentError("the other side cannot be reached") from failed
    try:
        path = parts.path or "/"
        line.request(method, f"{path}?{parts.query}" if parts.query else path, body, dict(headers))
        answer = line.getresponse()
        return answer.status, answer.read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as failed:
        raise NotSentError("the other side did not answer", is_doubtful=True) from failed
    finally:
        line.close()
