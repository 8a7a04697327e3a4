"""The tables as a JDM decision graph, the JSON that zen-engine runs: expressions, then eleven tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.screen_peers.rules import Table
from bench.screen_peers.terms import Term

Jdm = dict[str, Any]


def graph(defined: dict[str, Term], tables: tuple[Table, ...]) -> Jdm:
    """One expression node that works out every definition, then a first-hit decision table for each rule."""
    expressions = [
        {"id": name, "key": name, "value": written(made)} for name, made in defined.items()
    ]  # fmt: skip
    content = {"expressions": expressions, "passThrough": False}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {}},
        {"id": "definitions", "name": "definitions", "type": "expressionNode", "content": content},
        *(
            {"id": one.rule, "name": one.rule, "type": "decisionTableNode", "content": _content(one)}
            for one in tables
        ),
        {"id": "out", "type": "outputNode", "name": "out", "content": {}},
    ]  # fmt: skip
    joined = [("in", "definitions")]
    for table in tables:
        joined += [("definitions", table.rule), (table.rule, "out")]
    edges = [
        {"id": f"{source}>{target}", "sourceId": source, "targetId": target, "type": "edge"}
        for source, target in joined
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def written(made: Term) -> str:
    """One term in zen's expression language; `#` is the fact a condition is about."""
    if made.does in _JOINED:
        left, right = (written(part) for part in made.parts)
        return f"({left} {_JOINED[made.does]} {right})"
    return _MADE[made.does](*made.parts)


def _content(table: Table) -> Jdm:
    columns = list(dict.fromkeys(cell.removeprefix("not ") for row in table.rows for cell in row[1:]))
    rows = []
    for number, row in enumerate((*table.rows, (table.otherwise,))):
        cells = {
            cell.removeprefix("not "): "false" if cell.startswith("not ") else "true" for cell in row[1:]
        }
        verdict = {"verdict": f'"{row[0]}"'}
        rows.append(
            {"_id": f"{table.rule}-{number}", **{name: cells.get(name, "") for name in columns}, **verdict}
        )
    return {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in columns],
        "outputs": [
            {"id": "verdict", "name": "verdict", "field": f"verdicts.{table.rule.replace('-', '_')}"}
        ],
        "rules": rows,
        "passThrough": False,
    }


def _exists(listed: Term) -> str:
    if listed.does == "where":
        source, condition = listed.parts
        return f"some({written(source)}, {written(condition)})"
    return f"(len({written(listed)}) > 0)"


def _largest(listed: Term, field: str) -> str:
    source = written(listed)
    return f"(len({source}) > 0 ? max(map({source}, #.{field})) : null)"


_JOINED = {"=": "==", **{same: same for same in ("and", "or", "-", "*", "<", "<=", ">", ">=")}}
_MADE: dict[str, Callable[..., str]] = {
    "facts": lambda concept: concept,
    "exists": _exists,
    "largest": _largest,
    "where": lambda listed, condition: f"filter({written(listed)}, {written(condition)})",
    "literal": lambda value: f"'{value}'" if isinstance(value, str) else str(value),
    "named": lambda name: f"$.{name}",
    "not": lambda part: f"(not {written(part)})",
    "told": lambda part: f"({written(part)} != null)",
    "field": lambda name: f"#.{name}",
    "parameter": lambda name: name,
    "in": lambda part, words: f"({written(part)} in [{', '.join(repr(word) for word in words)}])",
}
