"""The tables as an ELM library, the JSON that cql-execution runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.screen_peers.rules import Row, Table
from bench.screen_peers.terms import Term

Elm = dict[str, Any]
_TYPES = "{urn:hl7-org:elm-types:r1}"
_COMPARED = {"<": "Less", "<=": "LessOrEqual", ">": "Greater", ">=": "GreaterOrEqual", "=": "Equal"}
_JOINED = {"and": "And", "or": "Or", "-": "Subtract", "*": "Multiply", **_COMPARED}


def library(defined: dict[str, Term], tables: tuple[Table, ...], parameters: tuple[str, ...]) -> Elm:
    """One expression for each definition, and `verdicts`: a tuple with one case for each rule.

    Only `verdicts` is asked for, so that a definition is worked out when a row needs it, and not before.
    """
    verdicts = {"type": "Tuple", "element": [{"name": one.rule, "value": _case(one)} for one in tables]}
    expressions = {name: elm(made) for name, made in defined.items()} | {"verdicts": verdicts}
    return {
        "library": {
            "identifier": {"id": "Screening", "version": "1"},
            "schemaIdentifier": {"id": "urn:hl7-org:elm", "version": "r1"},
            "usings": {"def": [{"localIdentifier": "System", "uri": "urn:hl7-org:elm-types:r1"}]},
            "parameters": {"def": [{"name": name, "accessLevel": "Public"} for name in parameters]},
            "statements": {
                "def": [
                    {"name": name, "context": "Patient", "accessLevel": "Public", "expression": made}
                    for name, made in expressions.items()
                ]
            },
        }
    }


def elm(made: Term) -> Elm:
    """One term as ELM."""
    if made.does in _JOINED:
        return {"type": _JOINED[made.does], "operand": [elm(part) for part in made.parts]}
    return _MADE[made.does](*made.parts)


def _case(table: Table) -> Elm:
    items = [{"when": _all_of(row), "then": _literal(row[0])} for row in table.rows]
    return {"type": "Case", "caseItem": items, "else": _literal(table.otherwise)}


def _all_of(row: Row) -> Elm:
    made: Elm = {}
    for cell in row[1:]:
        name = cell.removeprefix("not ")
        one: Elm = _named(name) if name == cell else _not(_named(name))
        made = {"type": "And", "operand": [made, one]} if made else one
    return made


def _literal(value: Any) -> Elm:
    kind = {str: "String", int: "Integer", float: "Decimal"}[type(value)]
    return {"type": "Literal", "valueType": f"{_TYPES}{kind}", "value": str(value)}


def _facts(concept: str) -> Elm:
    return {"type": "Retrieve", "dataType": f"{{urn:openkap}}{concept}"}


def _where(listed: Term, condition: Term) -> Elm:
    source = [{"alias": "fact", "expression": elm(listed)}]
    return {"type": "Query", "source": source, "relationship": [], "where": elm(condition)}


def _largest(listed: Term, field: str) -> Elm:
    source = [{"alias": "each", "expression": elm(listed)}]
    path = {"type": "Property", "scope": "each", "path": field}
    returned = {"distinct": False, "expression": path}
    query = {"type": "Query", "source": source, "relationship": [], "return": returned}
    return {"type": "Max", "source": query}


def _not(operand: Elm) -> Elm:
    return {"type": "Not", "operand": operand}


def _named(name: str) -> Elm:
    return {"type": "ExpressionRef", "name": name}


_MADE: dict[str, Callable[..., Elm]] = {
    "facts": _facts,
    "where": _where,
    "largest": _largest,
    "literal": _literal,
    "named": _named,
    "exists": lambda listed: {"type": "Exists", "operand": elm(listed)},
    "not": lambda part: _not(elm(part)),
    "told": lambda part: _not({"type": "IsNull", "operand": elm(part)}),
    "field": lambda name: {"type": "Property", "scope": "fact", "path": name},
    "parameter": lambda name: {"type": "ParameterRef", "name": name},
    "in": lambda part, words: {
        "type": "In",
        "operand": [elm(part), {"type": "List", "element": [_literal(word) for word in words]}],
    },
}
