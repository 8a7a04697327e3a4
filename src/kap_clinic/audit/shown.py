"""The trail and its proof in the words and rows a page shows."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kap.vocabulary.sentences import Sentence
from kap.vocabulary.zones import zone
from kap_clinic.database.actors import MEMBER
from kap_clinic.database.trail import REFUSED
from kap_clinic.website.parts import Column, Empty, Row, Status, Table

from .backups import BackupStanding
from .queries import Line, Sealed
from .verification import Proof
from .words import program_in_words, words_of

NO_BREAK = "\N{NO-BREAK SPACE}"
_PLACEHOLDER = re.compile(r"\{\w+\}")


def trail_table(lines: list[Line], clock: str, *, is_narrowed: bool) -> Table:
    """Return one page of the trail as a table."""
    empty = Empty(
        what=_("Nothing was done here yet."), how=_("Every page opened and every act leaves a line.")
    )
    if is_narrowed:
        empty = Empty(
            what=_("Nothing in the trail answers this."), how=_("Ask for more days, or for anyone.")
        )
    return Table(
        caption=_("Who did what"),
        note=_("times by the clock of %(zone)s") % {"zone": clock},
        columns=(
            Column(words=_("When")),
            Column(words=_("Who")),
            Column(words=_("What")),
            Column(words=_("Concerning")),
            Column(words=_("Outcome")),
            Column(words=_("Sealed as row"), is_number=True),
        ),
        rows=tuple(_row(line, clock) for line in lines),
        empty=empty,
    )


def backup_sentence(found: BackupStanding, clock: str) -> str:
    """Say when the last backup was made, and when one was last proven to come back."""
    if found.made_at is None:
        return _("No backup was made yet.")
    made = _("The last backup was made on %(when)s.") % {"when": moment(found.made_at, clock)}
    if found.drilled_at is None:
        return f"{made} {_('None was restored in a drill yet.')}"
    when = {"when": moment(found.drilled_at, clock)}
    proven = (
        _("A drill on %(when)s brought every row back.")
        if found.is_proven
        else _("A drill on %(when)s did not bring everything back: look into it now.")
    )
    return f"{made} {proven % when}"


def _row(line: Line, clock: str) -> Row:
    return Row(
        cells=(
            moment(line.recorded_at, clock),
            who(line),
            words_of(line.action),
            concerning(line),
            outcome(line),
            "" if line.number is None else str(line.number),
        )
    )


def who(line: Line) -> object:
    """Name who acted."""
    if line.actor_kind == MEMBER:
        return line.actor_name or _("a person of id %(id)s") % {"id": line.actor}
    return program_in_words(line.actor_name)


def concerning(line: Line) -> str:
    """Name whom or what it was about; many are counted, since the copy lists them all."""
    said = [name or str(subject) for subject, name in line.subjects]
    if len(said) > 3:
        others = len(said) - 2
        return _("%(first)s, %(second)s and %(count)s others") % {
            "first": said[0],
            "second": said[1],
            "count": others,
        }
    return ", ".join(said)


def outcome(line: Line) -> Status:
    """Say whether it was done; a refusal says why, without the values that were in its sentence."""
    if line.outcome != REFUSED:
        return Status(words=_("done"), tone="quiet")
    why = _PLACEHOLDER.sub("…", _(line.why)) if line.why else ""
    return Status(words=_("refused: %(why)s") % {"why": why} if why else _("refused"), tone="look")


def sealed_sentence(sealed: Sealed | None, clock: str) -> str:
    """Say how far the trail is sealed."""
    if sealed is None:
        return _("Nothing is sealed yet. The worker seals within seconds; if this stays, it does not run.")
    words = _(
        "Sealed up to row %(number)s; the last head was signed on %(at)s. Newer lines wait for their seal."
    )
    return words % {"number": sealed.number, "at": moment(sealed.at, clock)}


def proof_facts(proof: Proof, clock: str) -> list[tuple[str, str]]:
    """Return what a verification counted."""
    tail = ngettext("%d line", "%d lines", proof.unsealed) % proof.unsealed
    if proof.oldest_unsealed_at:
        tail = _("%(tail)s, the oldest of %(at)s") % {
            "tail": tail,
            "at": moment(proof.oldest_unsealed_at, clock),
        }
    last = datetime.fromisoformat(proof.last_head_at) if proof.last_head_at else None
    words = _("Rows of {chains} checked")
    beside = [(words.format(chains=one.words.rendered(_)), str(one.rows)) for one in proof.chains]
    return [
        (_("Rows sealed and checked"), str(proof.sealed)),
        (_("Waiting for their seal"), tail),
        (_("Signed heads checked"), str(proof.heads)),
        (_("Last head signed"), moment(last, clock) if last else _("never")),
        *beside,
        (_("Checked"), moment(datetime.now(UTC), clock)),
    ]


def problem_lines(proof: Proof, clock: str) -> list[tuple[Sentence, str]]:
    """Return each thing that is wrong, with the entry and the time where they are known."""
    lines = []
    for problem in proof.problems:
        known = [str(problem.entry)] if problem.entry else []
        known += [moment(problem.at, clock)] if problem.at else []
        lines.append((problem.reason, ", ".join(known)))
    return lines


def moment(at: datetime, clock: str) -> str:
    """Write an instant by the clock of a place, to the second, on one line."""
    return date_format(at.astimezone(zone(clock)), "j M Y H:i:s").replace(" ", NO_BREAK)
