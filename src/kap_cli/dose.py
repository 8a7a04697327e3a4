"""`kap dose`: a dose proposed within limits, every step of the arithmetic, and what is drawn up for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import typer

from kap.dosing.documents import finding_document, preparation_document, proposal_document
from kap.dosing.limits import LiquidLimits
from kap.dosing.loading import packaged_limits
from kap.dosing.proposals import Before, DoseAsked, Proposal, propose
from kap.dosing.syringes import Preparation, concentration_guard, prepare
from kap.dosing.weights import Basis, Body, Formula, Weighing
from kap.vocabulary.errors import InputError
from kap.vocabulary.findings import Finding, Verdict
from kap.vocabulary.lengths import Length
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration, DosePerWeight, Mass, Volume
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.spans import Span
from kap.vocabulary.ucum import quantity_from

Kind = TypeVar("Kind", bound=Quantity)


def dose(
    amount: Annotated[str, typer.Argument(help='What is asked for, like "0.5 mg/kg" or "40 mg".')],
    weight: Annotated[str, typer.Option(help='Body weight, like "70 kg".')] = "",
    drug: Annotated[Drug, typer.Option(help="What is given.")] = Drug.KETAMINE,
    route: Annotated[Route, typer.Option(help="How it is given.")] = Route.IV,
    basis: Annotated[Basis, typer.Option(help="Which weight it is reckoned on.")] = Basis.ACTUAL,
    height: Annotated[str, typer.Option(help='For ideal and adjusted weight, like "170 cm".')] = "",
    formula: Annotated[Formula | None, typer.Option(help="Which formula for the ideal weight.")] = None,
    first: Annotated[bool, typer.Option("--first", help="The person's first exposure.")] = False,
    given: Annotated[str, typer.Option(help='Given already in this session, like "20 mg".')] = "0 mg",
    concentration: Annotated[str, typer.Option(help='The container to draw from, like "50 mg/mL".')] = "",
    made_up_to: Annotated[str, typer.Option(help='Diluted to this volume, like "50 mL".')] = "",
    over: Annotated[str, typer.Option(help='Infused over this time, like "40 min".')] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.dose/1.")] = False,
) -> None:
    """Propose a dose within limits: steps, caps, findings, and what is drawn up. It orders nothing."""
    now = datetime.now(UTC)
    weighings = (Weighing(_read(weight, Mass), now.date()),) if weight else ()
    body = Body(weighings=weighings, height=_optional(height, Length), formula=formula)
    asked = DoseAsked(drug=drug, route=route, amount=_amount(amount), basis=basis, is_first=first)
    before, limits = Before(given_in_session=_read(given, Mass)), packaged_limits()
    proposal = propose(asked, body, before, limits, on=now.date(), at=Instant(now))
    strength, bag = _optional(concentration, Concentration), _optional(made_up_to, Volume)
    drawn = _drawn(proposal, strength, bag, _optional(over, Span), limits.liquids)
    print(json.dumps(_document(proposal, drawn), indent=2) if as_json else _in_words(proposal, drawn))


def _drawn(
    proposal: Proposal, strength: Concentration | None, bag: Volume | None, over: Span | None,
    liquids: LiquidLimits,
) -> tuple[Preparation, Finding] | None:  # fmt: skip
    if strength is None or proposal.dose is None:
        return None
    made = prepare(proposal.dose, strength, liquids, made_up_to=bag, over=over)
    guard = concentration_guard(strength, strength, proposal.asked.route, liquids, made_up_to=bag)
    return made, guard


def _document(proposal: Proposal, drawn: tuple[Preparation, Finding] | None) -> dict[str, Any]:
    document = proposal_document(proposal)
    if drawn is None:
        return {**document, "preparation": None}
    made, guard = drawn
    return {
        **document,
        "verdict": Verdict.worst((proposal.verdict, guard.verdict)).value,
        "findings": [*document["findings"], finding_document(guard)],
        "preparation": preparation_document(made),
    }


def _in_words(proposal: Proposal, drawn: tuple[Preparation, Finding] | None) -> str:
    dose = str(proposal.dose) if proposal.dose else "nothing"
    lines = [f"Proposed, within limits: {dose}. Only a prescriber orders."]
    lines += [f"  {step.comes_to!s:>10}  {step.what}" for step in proposal.steps]
    lines += [f"  limit      {cap.at_most}: {cap.reason} ({cap.source.citation})" for cap in proposal.caps]
    lines += [f"  {one.verdict.value:<9}  {one.because.reason}" for one in proposal.findings]
    if drawn is not None:
        made, guard = drawn
        rate = f", {made.rate}" if made.rate else ""
        into = f", made up to {made.made_up_to}" if made.made_up_to else ""
        lines.append(f"  draw       {made.drawn} of {made.concentration} ({made.dose}){into}{rate}")
        lines.append(f"  {guard.verdict.value:<9}  {guard.because.reason}")
    return "\n".join(lines)


def _amount(text: str) -> DosePerWeight | Mass:
    found = quantity_from(text)
    if isinstance(found, DosePerWeight | Mass):
        return found
    raise InputError(f'{text!r} is no dose: write one like "0.5 mg/kg" or "40 mg".')


def _optional(text: str, kind: type[Kind]) -> Kind | None:
    return _read(text, kind) if text else None


def _read(text: str, kind: type[Kind]) -> Kind:
    found = quantity_from(text)
    if not isinstance(found, kind):
        raise InputError(f"{text!r} is not a {kind.__name__}: its units are {', '.join(kind.UNITS)}.")
    return found
