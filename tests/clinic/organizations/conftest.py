"""Counting what a page asks of the database."""

import pytest


@pytest.fixture
def queries_of():
    """Return how many queries a page needs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client, address):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return count
