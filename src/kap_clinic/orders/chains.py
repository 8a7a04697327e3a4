"""The histories of orders as the proof of the trail checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kap.vocabulary.sentences import sentence
from kap_clinic.audit.chained import Chained

_ROWS = """
    SELECT e.order_id, e.number, e.previous, e.digest, e.text, e.id, e.recorded_at, e.recorded_by,
        o.person_id, o.session_id,
        strpos(e.text, '"drug":') = 0 OR e.number < (
            SELECT max(one.number) FROM orders_orderentry one WHERE one.organization_id = e.organization_id
                AND one.order_id = e.order_id AND strpos(one.text, '"drug":') > 0
        ) OR (
            o.drug = substring(e.text from '"drug":"([a-z]+)"')
            AND o.route = substring(e.text from '"route":"([a-z]+)"')
            AND o.amount_mg = substring(e.text from '"amount":"([0-9]+([.][0-9]+)?) mg"')::numeric
        ) AS is_what,
        e.number < (
            SELECT max(one.number) FROM orders_orderentry one
            WHERE one.organization_id = e.organization_id AND one.order_id = e.order_id
        ) OR o.state = CASE
            WHEN strpos(e.text, '"kind":"order_released@') > 0 THEN 'released'
            WHEN strpos(e.text, '"kind":"order_withdrawn@') > 0 THEN 'withdrawn' ELSE 'signed' END AS is_state
    FROM orders_orderentry e
    JOIN orders_order o ON o.organization_id = e.organization_id AND o.id = e.order_id
    WHERE e.organization_id = %s AND (e.order_id, e.number) > (%s, %s)
    ORDER BY e.order_id, e.number LIMIT %s
"""
_LOST = """
    WITH ours AS (SELECT %s::uuid AS id)
    SELECT o.id FROM orders_order o WHERE o.organization_id = (SELECT id FROM ours) AND NOT EXISTS (
        SELECT 1 FROM orders_orderentry e WHERE e.organization_id = o.organization_id AND e.order_id = o.id)
    UNION
    SELECT a.id FROM audit_entry a
    WHERE a.organization_id = (SELECT id FROM ours) AND a.outcome = 'done'
        AND a.action IN ('orders.sign', 'orders.change', 'orders.release', 'orders.withdraw')
        AND NOT EXISTS (
            SELECT 1 FROM orders_orderentry e
            WHERE e.organization_id = a.organization_id AND e.id = ANY(a.subjects))
    ORDER BY 1
"""


def _shown(row: Sequence[Any]) -> Mapping[str, Any]:
    by, person, session, *follows = row[7:]
    shown: dict[str, Any] = {"id": str(row[5]), "by": str(by)}
    if '"kind":"order_signed@' in row[4]:
        shown["body"] = {"person": str(person), "session": str(session)}
    # Nothing that was sealed says this: an order that does not follow is shown otherwise than sealed.
    return shown if all(follows) else {**shown, "order": "does not follow from its entries"}


ORDERS = Chained(
    kind="orders", words=sentence("the histories of orders"), table="orders_orderentry", rows=_ROWS,
    shown=_shown, lost=_LOST,
)  # fmt: skip
