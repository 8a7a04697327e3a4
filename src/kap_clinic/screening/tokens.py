"""The tokens of links to the health history."""

from __future__ import annotations

from kap_clinic.client_links.tokens import Tokens

TOKENS = Tokens(salt="kap.history", addresses="history")
token_of, address_of = TOKENS.token_of, TOKENS.address_of
