"""What Django is told of outgoing mail; without a mail server it goes to an outbox folder."""

from __future__ import annotations

from typing import Any

from .environment import Environment


def django_mail(environment: Environment) -> dict[str, Any]:
    """Return Django's EMAIL_ settings."""
    if not environment.smtp_host:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(environment.home / "outbox"),
            "DEFAULT_FROM_EMAIL": "OpenKAP <openkap@localhost>",
        }
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": environment.smtp_host,
        "EMAIL_PORT": environment.smtp_port,
        "EMAIL_HOST_USER": environment.smtp_user,
        "EMAIL_HOST_PASSWORD": environment.smtp_password,
        "EMAIL_USE_TLS": environment.smtp_tls,
        "EMAIL_USE_SSL": environment.smtp_ssl,
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": environment.smtp_from,
    }
