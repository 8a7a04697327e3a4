"""The rules as said to other engines: whole, and asked about clients on both sides of every answer."""

import pytest
from bench.screen import Engine, rules_of_the_peers, unequal
from bench.screen_peers.clients import ON, PARAMETERS, asked_about_suicide, folder_of, invented
from bench.screen_peers.elm import library
from bench.screen_peers.jdm import graph, written
from bench.screen_peers.rules import Table, definitions
from bench.screen_peers.tables import TABLES
from bench.screen_peers.terms import Term, exists, facts, of

from kap.screening.registry import RULES
from kap.screening.screening import Treatment, screen

PRESENT = exists(facts("brain-hemorrhage"), of("course").one_of("active", "past") & ~of("known"))


@pytest.fixture(scope="module")
def answers():
    """Everything the rules say about a thousand invented clients: rule and verdict."""
    screenings = [screen(person, Treatment(), ON) for person in invented(1000, 7)]
    return {(finding.rule, finding.verdict.value) for one in screenings for finding in one.findings}


def names_in(made):
    """Every definition a term speaks of."""
    if not isinstance(made, Term):
        return set()
    own = {made.parts[0]} if made.does == "named" else set()
    return own.union(*map(names_in, made.parts))


def test_the_tables_are_of_the_rules_that_are_delivered_but_one():
    delivered = [rule.id for rule in RULES if rule.id != "suicide-risk"]
    assert [table.rule for table in TABLES] == delivered
    assert [rule.id for rule, _ in rules_of_the_peers().entries] == delivered


def test_what_forms_say_about_suicide_is_answered_in_every_way():
    people = asked_about_suicide(invented(1000, 7), 7)
    found = [one for person in people for one in screen(person, Treatment(), ON).findings]
    given = {one.verdict.value for one in found if one.rule == "suicide-risk"}
    assert given == {"stop", "hold", "unknown", "caution", "proceed"}


def test_a_definition_speaks_only_of_earlier_ones():
    earlier = set()
    for name, made in definitions().items():
        assert names_in(made) <= earlier, name
        earlier.add(name)


def test_every_cell_of_a_table_is_defined_and_every_definition_used():
    defined = definitions()
    cells = {cell.removeprefix("not ") for table in TABLES for row in table.rows for cell in row[1:]}
    assert cells <= defined.keys()
    assert defined.keys() == cells.union(*map(names_in, defined.values()))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.rule)
def test_each_answer_of_a_rule_is_given_to_some_invented_client(answers, table):
    given = {verdict for rule, verdict in answers if rule == table.rule}
    assert given == {table.otherwise, *(row[0] for row in table.rows)}


def test_the_same_seed_invents_the_same_people():
    assert invented(20, 3) == invented(20, 3)
    assert invented(20, 3) != invented(20, 4)


def test_no_fact_is_lost_on_the_way_to_the_other_engines():
    for person in invented(50, 5):
        assert sum(map(len, folder_of(person).values())) == len(person.facts)


def test_a_condition_reads_the_same_to_both_engines():
    assert written(PRESENT) == "some(brain_hemorrhage, ((#.course in ['active', 'past']) and (not #.known)))"
    made = library({"present": PRESENT}, (), tuple(PARAMETERS))["library"]["statements"]["def"][0]
    query = made["expression"]["operand"]
    assert query["source"][0]["expression"] == {
        "type": "Retrieve",
        "dataType": "{urn:openkap}brain_hemorrhage",
    }
    assert [part["type"] for part in query["where"]["operand"]] == ["In", "Not"]


def test_a_decision_table_asks_its_rows_in_order_and_ends_with_the_rest():
    table = Table("mania", (("stop", "manic"), ("proceed", "mania_denied", "not mania_doubted")), "unknown")
    node = next(node for node in graph({}, (table,))["nodes"] if node["id"] == "mania")
    rows = [[row[name] for name in ("manic", "mania_denied", "mania_doubted", "verdict")]
            for row in node["content"]["rules"]]  # fmt: skip
    assert rows == [
        ["true", "", "", '"stop"'],
        ["", "true", "false", '"proceed"'],
        ["", "", "", '"unknown"'],
    ]


def test_an_answer_that_differs_or_is_lacking_is_counted_under_its_rule():
    ours = Engine("ours", "", [1.0], [{"age": "stop", "mania": "proceed"}, {"age": "stop", "mania": "stop"}])
    theirs = Engine("theirs", "", [1.0], [{"age": "caution", "mania": "proceed"}, {"age": "stop"}])
    assert unequal(ours, theirs) == {"age": 1, "mania": 1}
    assert unequal(ours, ours) == {}


def test_a_ratio_is_the_middle_one_of_the_rounds():
    ours, theirs = Engine("ours", "", [1.0, 2.0, 1.0], []), Engine("theirs", "", [3.0, 4.0, 9.0], [])
    assert theirs.times_as_slow_as(ours) == 3.0
