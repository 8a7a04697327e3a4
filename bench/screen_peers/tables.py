"""The rows of the eleven rules, in the order in which kap's rulebook answers."""

from __future__ import annotations

from bench.screen_peers.rules import Table

TABLES = (
    Table(
        "age",
        (
            ("unknown", "not birth_told"),
            ("unknown", "birth_doubted"),
            ("unknown", "births_differ"),
            ("unknown", "age_impossible"),
            ("unknown", "age_open"),
            ("stop", "under_age"),
            ("caution", "of_age"),
        ),
        "proceed",
    ),
    Table(
        "pregnancy",
        (
            ("stop", "hcg_positive"),
            ("unknown", "pregnant", "hcg_negative", "hcg_fresh", "not pregnant_since"),
            ("stop", "pregnant"),
            ("unknown", "pregnancy_doubted", "not hcg_negative"),
            ("unknown", "pregnancy_doubted", "not hcg_fresh"),
            ("unknown", "pregnancy_doubted_since"),
            ("proceed", "hcg_negative", "hcg_fresh"),
            ("unknown", "not can_told"),
            ("unknown", "can_yes"),
        ),
        "proceed",
    ),
    Table(
        "hypersensitivity",
        (
            ("stop", "allergy"),
            ("unknown", "allergy_doubted"),
            ("unknown", "reaction"),
            ("proceed", "allergy_denied"),
            ("unknown", "allergy_unnamed"),
            ("proceed", "any_allergy_denied"),
        ),
        "unknown",
    ),
    Table(
        "aneurysm-avm",
        (("stop", "vessel"), ("unknown", "vessel_doubted"), ("proceed", "vessel_denied")),
        "unknown",
    ),
    Table(
        "intracerebral-hemorrhage",
        (("stop", "bleeding"), ("unknown", "bleeding_doubted"), ("proceed", "bleeding_denied")),
        "unknown",
    ),
    Table(
        "blood-pressure",
        (
            ("stop", "crisis"),
            ("unknown", "crisis_doubted"),
            ("unknown", "not pressure_fresh"),
            ("unknown", "not pressure_whole"),
            ("unknown", "pressure_worse", "not pressure_hold"),
            ("hold", "pressure_stop", "pressure_fell", "not stop_untimed"),
            ("stop", "pressure_stop"),
            ("hold", "pressure_hold"),
            ("caution", "pressure_caution"),
        ),
        "proceed",
    ),
    Table(
        "psychosis",
        (
            ("stop", "psychosis_now"),
            ("stop", "psychosis_primary_past"),
            ("hold", "psychosis_other_past"),
            ("stop", "psychosis_unnamed_past"),
            ("unknown", "psychosis_doubted"),
            ("unknown", "not psychosis_own_denied"),
            ("caution", "psychosis_family"),
            ("proceed", "psychosis_family_denied"),
        ),
        "unknown",
    ),
    Table(
        "mania",
        (("stop", "manic"), ("unknown", "mania_doubted"), ("proceed", "mania_denied")),
        "unknown",
    ),
    Table(
        "hepatic",
        (
            ("stop", "class_c"),
            ("stop", "enzymes_stop"),
            ("stop", "enzymes_hold", "bilirubin_bilirubin_stop_above"),
            ("hold", "enzymes_hold"),
            ("unknown", "needs_class", "not class_told"),
            ("unknown", "liver_doubted", "not class_told"),
            ("unknown", "not alt_usable"),
            ("unknown", "not ast_usable"),
            ("caution", "class_b"),
        ),
        "proceed",
    ),
    Table(
        "bladder",
        (
            ("stop", "bladder_ketamine"),
            ("hold", "bladder_sore"),
            ("hold", "bladder_infected"),
            ("unknown", "bladder_doubted"),
            ("proceed", "bladder_never", "bladder_not_now"),
        ),
        "unknown",
    ),
    Table(
        "companion",
        (
            ("proceed", "escort_told", "not escort_no"),
            ("proceed", "observer_told", "not observer_no", "observer_named"),
            ("unknown", "observer_told", "not observer_no"),
            ("stop", "escort_told", "observer_told"),
        ),
        "unknown",
    ),
)
