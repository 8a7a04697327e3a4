"""A signature keeps all that was read, named and chained; what changed later shows beside it."""

from __future__ import annotations

import json
import re

import pytest
from tests.clinic.screening.conftest import aneurysm

from kap.histories.chain import SealedRow, first_break
from kap.screening.registry import packaged_rulebook
from kap.vocabulary.errors import Refused
from kap.vocabulary.findings import Verdict
from kap_clinic.database.identity import new_id
from kap_clinic.screening import actions

pytestmark = pytest.mark.database


def test_a_signature_keeps_what_was_read_and_a_later_change_shows(bench):
    bench.make_whole()
    told, is_new = bench.sign()
    assert (is_new, actions.sign(**told)) == (True, False)
    with pytest.raises(Refused, match="already signed with other content"):
        actions.sign(**{**told, "words": "Something else."})
    whole = bench.whole()
    assert (whole.signed.signed_by, whole.signed.decision, whole.signed.words, whole.differences) == (
        "Priya Natarajan", "go-on", "Discussed with her.", (),
    )  # fmt: skip
    bench.record(aneurysm())
    page = bench.house.client_for(bench.prescriber).get(f"/screening/{bench.person}/").content.decode()
    assert "Changed since it was signed" in page
    assert "was PROCEED, is STOP" in page
    assert [one["verdict"] for one in bench.whole().signed.screening["findings"]].count("stop") == 0


def test_nobody_signs_what_changed_while_they_read_it(bench):
    bench.make_whole()
    seen = actions.fingerprint(bench.whole())
    bench.record(aneurysm())
    with pytest.raises(Refused, match="changed since this page was shown"):
        bench.sign(seen=seen)
    assert bench.whole().signed is None


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({}, "still stands in the way"),
        ({"decision": "maybe"}, "Choose one of the decisions"),
    ],
)
def test_nobody_goes_on_while_a_finding_stands_in_the_way(bench, other, says):
    with pytest.raises(Refused, match=says):
        bench.sign(**other)
    assert bench.sign(decision="wait")[1] is True


def test_going_on_names_each_rule_the_software_does_not_screen_and_the_whole_stays_unknown(bench):
    bench.make_whole()
    rest = bench.whole().standing.screening.not_screened
    for assessed in ((), rest[1:]):
        with pytest.raises(Refused, match="does not screen every rule yet"):
            bench.sign(assessed=assessed)
    with pytest.raises(Refused, match="There is no such rule"):
        bench.sign(assessed=(*rest, "shoe-size"))
    bench.sign()
    titles = packaged_rulebook().titles
    whole = bench.whole()
    assert whole.signed.assessed == tuple(titles[rule] for rule in rest)
    assert (whole.standing.verdict, whole.signed.screening["verdict"]) == (Verdict.UNKNOWN, "unknown")
    page = bench.house.client_for(bench.nurse).get(f"/screening/{bench.person}/").content.decode()
    assert f"Signed on {len(rest)} rules the software does not screen" in page


def test_a_signature_of_the_first_version_is_read_with_the_rules_it_spoke_of():
    from kap_clinic.screening.signed import signed_body

    body = {"decision": "go-on", "words": "", "screening": {"not_screened": ["renal"]}}
    for has_assessed, named in ((True, ["renal"]), (False, [])):
        old = {
            "id": str(new_id()), "happened_at": "2026-11-01T12:00:00Z", "by": str(new_id()),
            "recorded_at": "2026-11-01T12:00:00Z", "kind": "screening_signed@1",
            "body": {**body, "has_assessed_the_rest": has_assessed},
        }  # fmt: skip
        assert [one["rule"] for one in signed_body(json.dumps(old))["assessed_elsewhere"]] == named


def test_signatures_are_sealed_one_after_the_other(bench):
    from kap_clinic.screening.models import Signature

    for decision in ("wait", "decline"):
        bench.sign(decision=decision)
    with bench.house.acting():
        rows = [
            SealedRow(row.number, row.previous, row.text, row.digest)
            for row in Signature.objects.order_by("number")
        ]
    assert ([row.number for row in rows], first_break(rows)) == ([1, 2], None)


def test_the_signing_page_carries_the_mark_of_what_it_shows(bench):
    bench.make_whole()
    client = bench.house.client_for(bench.prescriber)
    page = client.get(f"/screening/{bench.person}/sign/").content.decode()
    (mark,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', page)
    told = {
        "id": str(new_id()), "seen": mark, "decision": "go-on",
        "words": "Read together.", "has_assessed": "on",
    }  # fmt: skip
    assert client.post(f"/screening/{bench.person}/sign/", told).status_code == 302
    page = client.get(f"/screening/{bench.person}/").content.decode()
    assert re.search(r"Signed by Priya Natarajan, [^<]+, with \d+ rules assessed by the signer\.", page)
    assert re.search(r"\d+ rules not delivered yet, assessed by the signer", page)
    assert "preparation" in re.search(r'aria-current="step">(.*?)</li>', page, re.DOTALL)[1]


def test_earlier_signatures_are_listed_with_what_says_something_else_since(bench, queries_of):
    bench.make_whole()
    bench.sign(words="First.")
    client, page = bench.house.client_for(bench.nurse), f"/screening/{bench.person}/signatures/"
    client.get(page)
    one = queries_of(client, page)
    bench.record(aneurysm())
    for words in ("Second.", "Third."):
        bench.sign(decision="wait", words=words, assessed=())
    assert queries_of(client, page) == one
    shown = client.get(page).content.decode()
    assert [shown.index(words) for words in ("Third.", "Second.", "First.")] == sorted(
        shown.index(words) for words in ("Third.", "Second.", "First.")
    )
    assert shown.count("was PROCEED, is STOP") == 1
    assert shown.count("Everything still says the same.") == 2
