"""The closed list of tables outside any organization. None holds a clinical value.

A table is either here or guarded (row-level security forced, keyed on ``organization_id``); a test proves it.
"""

GLOBAL_TABLES: dict[str, str] = {
    "database_installation": "one row: this installation's id and whether its data is synthetic",
    "organizations_tenant": "the ids of the organizations, so that programs can visit each in turn",
    "accounts_account": "who can sign in: e-mail address and password hash",
    "accounts_affiliation": "which account may enter which organization",
    "accounts_demolink": "one-time sign-in links, which exist only in a synthetic database",
    "account_emailaddress": "allauth: verified addresses",
    "account_emailconfirmation": "allauth: pending verifications",
    "mfa_authenticator": "allauth: passkeys, sealed TOTP secrets, recovery codes",
    "keys_keyringmark": "one row: the name of the keyring this database was sealed under; no key",
    "django_session": "signed-in browsers",
    "django_cache": "throttling counters",
    "django_migrations": "which migrations have run",
    "django_content_type": "Django's list of models",
    "auth_permission": "Django's own permissions, unused",
    "auth_group": "Django's own groups, unused",
    "auth_group_permissions": "Django's own groups, unused",
    "procrastinate_jobs": "jobs: ids only in their arguments",
    "procrastinate_events": "what became of the jobs",
    "procrastinate_periodic_defers": "when periodic jobs were last due",
    "procrastinate_workers": "the workers' heartbeats",
}
