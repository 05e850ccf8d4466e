"""The public site while PostgreSQL is away: one sentence, and everything again by itself.

What nginx has kept stays (test_nginx.py).
"""

import pytest
from django.db import connection

from disclosures.publishing.outage import AWAY
from tests.addresses import ADDRESSES, PAGE
from tests.disclosures.interruptions import database_gone

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's file does not go away"),
]
READ = ("/", PAGE, ADDRESSES["file"], ADDRESSES["search"])


def test_public_site_says_so_while_the_database_is_away_and_comes_back(client, published):
    client.raise_request_exception = False
    before = {address: client.get(address).status_code for address in READ}
    assert before[PAGE] == 200
    with database_gone():
        for address in READ:
            connection.close()
            answer = client.get(address)
            assert (answer.status_code, answer["Retry-After"]) == (503, "60"), address
            assert AWAY in answer.content.decode()
            assert "Cache-Control" not in answer
        connection.close()
        assert client.get("/healthz").status_code == 503
    connection.close()
    assert {address: client.get(address).status_code for address in READ} == before
