"""What the eleven rules speak of: conditions about a client's facts, defined once for both engines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from bench.screen_peers.terms import Term, exists, facts, key_of, largest, named, of, told, where
from kap.screening.limits import Limit, Scale
from kap.screening.registry import packaged_rulebook

Row = tuple[str, ...]  # a verdict, then definitions that must be true; "not x" must be false


@dataclass(frozen=True)
class Table:
    """One rule: its rows, and its verdict where no row fits."""

    rule: str
    rows: tuple[Row, ...]
    otherwise: str


def _number(rule: str, name: str) -> Any:
    limit = getattr(packaged_rulebook().limits_of(rule), name)
    assert isinstance(limit, Limit)
    return float(limit.value) if limit.value % 1 else int(limit.value)


NOW, EVER, ANY = ("active",), ("active", "past"), ("active", "past", "family")


def _recorded(courses: Iterable[str], *concepts: str) -> Term:
    return _any(concepts, of("course").one_of(*courses) & of("known"))


def _doubted(courses: Iterable[str], *concepts: str) -> Term:
    return _any(concepts, of("course").one_of(*courses) & ~of("known"))


def _any(concepts: Iterable[str], condition: Term | None = None) -> Term:
    # A question for each concept: putting lists together first would cost both engines more.
    return reduce(or_, (exists(facts(concept), condition) for concept in concepts))


def _fresh(days: int) -> Term:
    return of("day").is_told & (of("day") <= told("today")) & (told("today") - of("day") <= days)


def _denied(rule: str, limit: str, *concepts: str) -> Term:
    says_no = of("course").equals("denied") & of("known") & _fresh(_number(rule, limit))
    return reduce(and_, (exists(facts(concept), says_no) for concept in concepts))


def _newest_day(concept: str) -> Term:
    return largest(where(facts(concept), of("day").is_told & (of("day") <= told("today"))), "day")


def _newest(concept: str) -> Term:
    return where(facts(concept), of("day").is_told & of("day").equals(named(f"{key_of(concept)}_day")))


MEASURED = (
    "lab:hcg", "can-become-pregnant", "blood-pressure", "lab:alt", "lab:ast", "lab:bilirubin", "child-pugh",
    "escort", "overnight-observer",
)  # fmt: skip
PSYCHOSES = ("psychosis-substance", "psychosis-medical", "psychosis-postpartum", "psychosis-mood")
EVERY_PSYCHOSIS = ("psychosis-primary", *PSYCHOSES, "psychosis")
ALLERGIES = ("allergy:ketamine", "allergy:esketamine")


def _age() -> dict[str, Term]:
    births, today = facts("birth-date"), told("today_written")
    oldest, youngest = today - named("born_first"), today - named("born_last")
    # Written as one number, 2008-11-21 is 20081121: a year is ten thousand.
    adult, older, most = (_number("age", name) * 10_000 for name in ("adult", "older", "oldest_believable"))
    return {
        "born_first": largest(births, "first"),
        "born_last": largest(births, "last"),
        "birth_told": exists(births),
        "birth_doubted": exists(births, ~of("known")),
        "births_differ": exists(
            births, ~(of("first").equals(named("born_first")) & of("last").equals(named("born_last")))
        ),
        "age_impossible": named("birth_told") & ((oldest < 0) | (youngest >= most)),
        "age_open": named("birth_told")
        & (((oldest >= adult) & (youngest < adult)) | ((oldest >= older) & (youngest < older))),
        "under_age": named("birth_told") & (oldest < adult),
        "of_age": named("birth_told") & (youngest >= older),
    }


def _pregnancy() -> dict[str, Term]:
    hcg, can = _newest("lab:hcg"), _newest("can-become-pregnant")
    number, word, known = of("number"), of("word"), of("known")
    high, low = _number("pregnancy", "hcg_positive"), _number("pregnancy", "hcg_negative_below")
    positive = known & ((number.is_told & (number >= high)) | (word.is_told & word.equals("positive")))
    negative = known & ((number.is_told & (number < low)) | (word.is_told & word.equals("negative")))
    entry = of("course").equals("active") & known
    is_not_earlier = ~of("day").is_told | (of("day") >= named("lab_hcg_day"))
    fresh_answer = known & _fresh(_number("pregnancy", "a_no_counts"))
    return {
        "hcg_positive": exists(hcg, positive),
        "hcg_negative": exists(hcg) & ~exists(hcg, ~negative),
        "hcg_fresh": exists(hcg, _fresh(_number("pregnancy", "test_counts"))),
        "pregnant": _recorded(NOW, "pregnancy"),
        "pregnant_since": named("lab_hcg_day").is_told & exists(facts("pregnancy"), entry & is_not_earlier),
        "pregnancy_doubted": _doubted(NOW, "pregnancy"),
        "pregnancy_doubted_since": named("lab_hcg_day").is_told
        & exists(facts("pregnancy"), of("course").equals("active") & ~known & is_not_earlier),
        "can_told": exists(can, fresh_answer),
        "can_yes": exists(can, fresh_answer & of("yes")),
    }


def _pressure() -> dict[str, Term]:
    limits: Any = packaged_rulebook().limits_of("blood-pressure")
    readings, upper, lower = _newest("blood-pressure"), of("systolic"), of("diastolic")

    def reaches(verdict: str) -> tuple[Term, Term]:
        return upper >= _begins(limits.systolic, verdict), lower >= _begins(limits.diastolic, verdict)

    whole = of("known") & upper.is_told & lower.is_told
    caution, hold, stop = ((a | b) for a, b in map(reaches, ("caution", "hold", "stop")))
    by_upper, by_lower = reaches("caution")
    half = (upper.is_told & ~lower.is_told & by_upper) | (~upper.is_told & lower.is_told & by_lower)
    newest, after = named("blood_pressure_day"), of("moment") > named("stopped_at")
    crisis = of("course").equals("active") & (~of("day").is_told | ~newest.is_told | (newest <= of("day")))
    return {
        "crisis": exists(facts("hypertensive-crisis"), crisis & of("known")),
        "crisis_doubted": exists(facts("hypertensive-crisis"), crisis & ~of("known")),
        "pressure_fresh": exists(readings, _fresh(_number("blood-pressure", "reading_counts"))),
        "pressure_whole": exists(readings, whole),
        "pressure_worse": exists(readings, ~of("known") | half),
        "pressure_caution": exists(readings, whole & caution),
        "pressure_hold": exists(readings, whole & hold),
        "pressure_stop": exists(readings, whole & stop),
        "stopped_at": largest(where(readings, whole & stop & of("moment").is_told), "moment"),
        "stop_untimed": exists(readings, whole & stop & ~of("moment").is_told),
        "pressure_fell": named("stopped_at").is_told
        & exists(readings, whole & ~stop & of("moment").is_told & after),
    }


def _begins(scale: Scale, verdict: str) -> float:
    return next(float(line.begins) for line in scale.lines if line.verdict.value == verdict)


def _hepatic() -> dict[str, Term]:
    number, upper, classes = of("number"), of("upper"), _newest("child-pugh")
    usable = of("known") & _fresh(_number("hepatic", "results_count")) & number.is_told & upper.is_told
    fresh_class = of("known") & _fresh(_number("hepatic", "class_counts"))
    defined = {}
    for lab in ("alt", "ast", "bilirubin"):
        results = _newest(f"lab:{lab}")
        defined[f"{lab}_usable"] = exists(results) & ~exists(results, ~usable)
        for line in ("enzymes_hold_above", "enzymes_stop_above", "bilirubin_stop_above"):
            if line.startswith("bilirubin") == (lab == "bilirubin"):
                above = exists(results, usable & (number > upper * _number("hepatic", line)))
                defined[f"{lab}_{line}"] = named(f"{lab}_usable") & above
    return {
        **defined,
        "enzymes_hold": named("alt_enzymes_hold_above") | named("ast_enzymes_hold_above"),
        "enzymes_stop": named("alt_enzymes_stop_above") | named("ast_enzymes_stop_above"),
        "class_told": exists(classes, fresh_class),
        "class_b": exists(classes, fresh_class & of("word").equals("B")),
        "class_c": exists(classes, fresh_class & of("word").equals("C")),
        "needs_class": _recorded(EVER, "cirrhosis")
        | _recorded(NOW, "liver-failure")
        | exists(facts("child-pugh")),
        "liver_doubted": _doubted(NOW, "cirrhosis", "liver-failure"),
    }


def _companion() -> dict[str, Term]:
    fresh = of("known") & _fresh(_number("companion", "answers_count"))
    escort, observer = (where(_newest(name), fresh) for name in ("escort", "overnight-observer"))
    return {
        "escort_told": exists(escort),
        "escort_no": exists(escort, ~of("yes")),
        "observer_told": exists(observer),
        "observer_no": exists(observer, ~of("yes")),
        "observer_named": exists(observer, of("word").is_told),
    }


def _conditions() -> dict[str, Term]:
    return {
        "allergy": _recorded(EVER, *ALLERGIES),
        "allergy_doubted": _doubted(EVER, *ALLERGIES),
        "reaction": _any(("intolerance:ketamine", "intolerance:esketamine")),
        "allergy_denied": _denied("hypersensitivity", "a_no_counts", "allergy:ketamine"),
        "allergy_unnamed": exists(facts("allergy:anesthetic")),
        "any_allergy_denied": _denied("hypersensitivity", "a_no_counts", "allergy:any"),
        "vessel": _recorded(EVER, "aneurysm", "avm"),
        "vessel_doubted": _doubted(EVER, "aneurysm", "avm"),
        "vessel_denied": _denied("aneurysm-avm", "a_no_counts", "aneurysm", "avm"),
        "bleeding": _recorded(EVER, "brain-hemorrhage"),
        "bleeding_doubted": _doubted(EVER, "brain-hemorrhage"),
        "bleeding_denied": _denied("intracerebral-hemorrhage", "a_no_counts", "brain-hemorrhage"),
        "psychosis_now": _recorded(NOW, *EVERY_PSYCHOSIS),
        "psychosis_primary_past": _recorded(("past",), "psychosis-primary"),
        "psychosis_other_past": _recorded(("past",), *PSYCHOSES),
        "psychosis_unnamed_past": _recorded(("past",), "psychosis"),
        "psychosis_doubted": _doubted(ANY, *EVERY_PSYCHOSIS),
        "psychosis_family": _recorded(("family",), *EVERY_PSYCHOSIS),
        "psychosis_own_denied": _denied("psychosis", "a_no_counts", "psychosis"),
        "psychosis_family_denied": _denied("psychosis", "a_no_counts", "psychosis-in-family"),
        "manic": _recorded(NOW, "mania"),
        "mania_doubted": _doubted(NOW, "mania"),
        "mania_denied": _denied("mania", "a_no_counts", "mania"),
        "bladder_ketamine": _recorded(EVER, "ketamine-cystitis"),
        "bladder_sore": _recorded(NOW, "interstitial-cystitis", "cystitis", "bladder-symptoms"),
        "bladder_infected": _recorded(NOW, "urinary-infection"),
        "bladder_doubted": _doubted(EVER, "ketamine-cystitis")
        | _doubted(NOW, "interstitial-cystitis", "cystitis", "bladder-symptoms", "urinary-infection"),
        "bladder_never": _denied("bladder", "a_never_counts", "ketamine-cystitis", "interstitial-cystitis"),
        "bladder_not_now": _denied("bladder", "a_not_now_counts", "bladder-symptoms"),
    }


def definitions() -> dict[str, Term]:
    """Everything the rows speak of; a definition names only earlier ones."""
    days = {f"{key_of(concept)}_day": _newest_day(concept) for concept in MEASURED}
    return {
        **days, **_age(), **_pregnancy(), **_conditions(), **_pressure(), **_hepatic(), **_companion()
    }  # fmt: skip
