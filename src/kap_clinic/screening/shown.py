"""A screening in the words a page shows: findings, what can be done, answers beside them, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kap.people.permissions import Permission
from kap.screening.frozen import Difference
from kap.screening.questions import packaged_history
from kap.screening.registry import packaged_rulebook
from kap.screening.standing import Clearance
from kap.vocabulary.findings import ClearedBy, Finding, Verdict
from kap_clinic.accounts.shown import moment_of
from kap_clinic.cases.queries import CaseLine
from kap_clinic.cases.shown import end_of_day
from kap_clinic.database.door import Acting
from kap_clinic.people.queries import ChartHeader
from kap_clinic.website.parts import Act, ShownFinding, Step, Words
from kap_clinic.website.shown import shown_finding

from .forms import DECISIONS
from .overridden import OverrideLine
from .queries import Signed, Whole
from .told import Told, answer_in_words

_ANSWERED = ", answered"
_BY_C_SSRS = "suicide-risk"  # what it waits for is asked as a form, and not on the page of what is missing


def shown_findings(
    act: Acting, header: ChartHeader, whole: Whole, waiting: Mapping[str, CaseLine], query: str, clock: str
) -> list[ShownFinding]:
    """Every finding, worst first, with the answer it was given and what can be done about it."""
    return [
        shown_finding(
            finding,
            _act_for(act, header, finding, waiting.get(finding.rule), query)
            if whole.standing.answer_to(finding) is None
            else _act_on_answer(act, header, finding, whole, query),
            _answer(finding, whole, waiting.get(finding.rule), clock),
        )
        for finding in whole.standing.screening.findings
    ]


def _act_for(
    act: Acting, header: ChartHeader, finding: Finding, waiting: CaseLine | None, query: str
) -> Act | None:
    # Who reads another site's chart for a while is offered nothing that only its own staff may do.
    may, person = partial(act.standing.permits, site=header.site), header.id
    way = finding.clears_by.way if finding.clears_by else None
    if way is ClearedBy.OVERRIDE and may(Permission.OVERRIDE_FINDING):
        return Act(_("Override"), f"{reverse('screening:override', args=[person, finding.rule])}{query}")
    if way is ClearedBy.CLEARANCE:
        if waiting is not None:
            return Act(_("Open the request"), reverse("cases:case", args=[waiting.id]))
        if may(Permission.ASK_CLEARANCE):
            return Act(
                _("Ask for clearance"), f"{reverse('screening:ask', args=[person, finding.rule])}{query}"
            )
    if finding.rule == _BY_C_SSRS and way is ClearedBy.REMEASURE:
        if not may(Permission.ASK_MEASURES):
            return None
        return Act(_("Ask the C-SSRS"), f"{reverse('measures:ask', args=[person])}?form=cssrs-screener")
    # What is unknown is filled in on one page, by the one button above: no finding repeats it.
    if finding.verdict is not Verdict.UNKNOWN and may(Permission.CONFIRM_HISTORY):
        words = _("Measure again") if way is ClearedBy.REMEASURE else _("Fill in")
        if way in (ClearedBy.FACT, ClearedBy.REMEASURE):
            return Act(words, f"{reverse('screening:missing', args=[person])}{query}")
    return None


def _act_on_answer(
    act: Acting, header: ChartHeader, finding: Finding, whole: Whole, query: str
) -> Act | None:
    line = _override_of(finding, whole)
    if line is None or not act.standing.permits(Permission.OVERRIDE_FINDING, header.site):
        return None
    return Act(
        _("End the override"), f"{reverse('screening:end_override', args=[header.id, line.id])}{query}"
    )


def _override_of(finding: Finding, whole: Whole) -> OverrideLine | None:
    answer = whole.standing.answer_to(finding)
    return next((line for line in whole.overrides if line.answer is answer), None)


def override_in_words(line: OverrideLine, at: datetime, clock: str) -> str:
    """An override with its reason and its end: in force, run out, or ended before its day."""
    told = {"who": line.answer.by, "why": str(line.answer.why), "end": end_of_day(line.until, clock)}
    if line.ended is not None:
        told |= {"ender": line.ended.by, "when": moment_of(line.ended.at, clock), "because": line.ended.why}
        words = _("Overridden by {who}: {why} Ended before its day by {ender}, {when}: {because}")
    elif line.counts_at(at):
        words = _("Overridden by {who}, medical director, until {end}: {why}")
    else:
        words = _("An override by {who} ran out on {end}: {why}")
    return words.format(**told)


def _answer(finding: Finding, whole: Whole, waiting: CaseLine | None, clock: str) -> Words:
    answer = whole.standing.answer_to(finding)
    if isinstance(answer, Clearance):
        words = _("Cleared by {who}, until {end}.").format(
            who=answer.by, end=end_of_day(answer.until.at, clock)
        )
        return f"{words} {answer.conditions}".strip()
    if answer is not None:
        line = _override_of(finding, whole)
        return override_in_words(line, whole.standing.at.at, clock) if line else ""
    if waiting is not None:
        due = end_of_day(waiting.state.clock.closes_at.at, clock)
        return _("Asked of {who}, due {due}.").format(who=waiting.asked_of, due=due)
    if finding.may_be_overridden:
        # An answer that no longer counts is told once more: somebody decides whether to give a new one.
        over = next((line for line in whole.overrides if line.rule == finding.rule), None)
        return override_in_words(over, whole.standing.at.at, clock) if over else ""
    return ""


def count_of_open(whole: Whole) -> str:
    """What is left to do, in one line."""
    open_now = whole.standing.in_the_way
    counts = [
        (ngettext("{n} stop", "{n} stops", _n(open_now, Verdict.STOP)), _n(open_now, Verdict.STOP)),
        (ngettext("{n} to clear", "{n} to clear", _n(open_now, Verdict.HOLD)), _n(open_now, Verdict.HOLD)),
        (
            ngettext("{n} to find out", "{n} to find out", _n(open_now, Verdict.UNKNOWN)),
            _n(open_now, Verdict.UNKNOWN),
        ),
    ]
    said = [words.format(n=n) for words, n in counts if n]
    return ", ".join(said) or _("Nothing that was asked stands in the way")


def _n(findings: tuple[Finding, ...], verdict: Verdict) -> int:
    return sum(finding.verdict is verdict for finding in findings)


def count_of_unverified(whole: Whole) -> int:
    """How many findings rest on a source that nobody has checked."""
    return sum(not finding.because.source.verified for finding in whole.standing.screening.findings)


def not_delivered(whole: Whole) -> list[str]:
    """The rules nobody has asked, by their titles."""
    titles = packaged_rulebook().titles
    return [titles[rule] for rule in whole.standing.screening.not_screened]


def is_assessed(whole: Whole) -> bool:
    """Whether the signer has assessed every rule nobody has asked."""
    return whole.signed is not None and set(not_delivered(whole)) <= set(whole.signed.assessed)


def signature_in_words(signed: Signed, clock: str) -> str:
    """Who signed what, when, and how many rules the signer assessed where the software could not."""
    when, assessed = moment_of(signed.signed_at, clock), len(signed.assessed)
    words = _("{decision}. Signed by {who}, {when}.")
    if assessed:
        words = ngettext(
            "{decision}. Signed by {who}, {when}, with {n} rule assessed by the signer.",
            "{decision}. Signed by {who}, {when}, with {n} rules assessed by the signer.",
            assessed,
        )
    return words.format(decision=DECISIONS[signed.decision], who=signed.signed_by, when=when, n=assessed)


def differences_in_words(differences: tuple[Difference, ...]) -> list[str]:
    """What says something else than when it was signed."""
    titles = packaged_rulebook().titles
    return [
        _("{rule}: was {was}, is {now}").format(
            rule=titles.get(one.rule, one.rule), was=_verdict(one.was), now=_verdict(one.now)
        )
        for one in differences
    ]


def _verdict(said: str | None) -> str:
    if said is None:
        return _("not asked")
    verdict = said.removesuffix(_ANSWERED)
    words = {
        "stop": _("STOP"),
        "hold": _("HOLD"),
        "unknown": _("UNKNOWN"),
        "caution": _("CAUTION"),
        "proceed": _("PROCEED"),
    }[verdict]
    return _("{verdict} (answered)").format(verdict=words) if said.endswith(_ANSWERED) else words


def hints(told: tuple[Told, ...], language: str = "en") -> dict[str, str]:
    """What was told to each question, by whom and when; safe to show as it is."""
    every = packaged_history().questions
    said: dict[str, list[str]] = {}
    for one in told:
        if one.question not in every:
            continue
        who = _("told by the client") if one.link else _("asked by staff")
        if one.is_confirmed:
            who = _("confirmed")
        words = answer_in_words(every[one.question], one.value, language)
        day = date_format(one.local_day, "j M Y")
        said.setdefault(one.question, []).append(f"{words} ({who}, {day})")
    return {question: escape("; ".join(texts[-3:])) for question, texts in said.items()}


def link_rows(links: list[Any], clock: str) -> list[str]:
    """The links that were given, each in one sentence."""
    states = {
        "open": _("open until {when}"),
        "finished": _("finished on {when}"),
        "withdrawn": _("taken back"),
        "over": _("ran out on {when}"),
    }
    return [
        _("Given on {day}: {state}").format(
            day=moment_of(link.made_at, clock),
            state=states[link.state].format(when=_end_of(link, clock)),
        )
        for link in links
    ]


def link_steps(person: UUID, links: list[Any], clock: str) -> list[Step]:
    """The same sentences, leading to the links that are open."""
    return [
        Step(words, reverse("screening:given", args=[person, link.id]) if link.state == "open" else "")
        for link, words in zip(links, link_rows(links, clock), strict=True)
    ]


def line_of(header: ChartHeader, today: date) -> str:
    """Age and pronouns, as far as they are known."""
    age = header.age_on(today)
    years = ngettext("{n} year", "{n} years", age).format(n=age) if age is not None else _("age not known")
    return ", ".join(part for part in (years, header.pronouns) if part)


def _end_of(link: Any, clock: str) -> str:
    at: datetime = link.finished_at or link.expires_at
    return moment_of(at, clock)
