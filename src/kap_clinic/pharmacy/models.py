"""Tables of the pharmacy: what a safe holds by its log, and the log itself, chained under the safe's lock."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from kap_clinic.database.models import SealedEntry, TenantModel, WithinTenant

_ML: dict[str, Any] = {"max_digits": 12, "decimal_places": 4}


class Safe(TenantModel):
    """The safe of one site; locked for every movement, for it holds the head of its log's chain."""

    site = WithinTenant("organizations.Site")
    number = models.IntegerField(default=0)
    digest = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "site"], name="safe_one_a_site"),
        ]


class Container(TenantModel):
    """A vial as its label tells it, and what is left in it by the log.

    Units: ``concentration`` in milligrams per milliliter, ``filled_ml`` and ``remaining_ml`` in milliliters.
    Missing: ``opened_at`` is None while nothing was drawn from it.
    """

    safe = WithinTenant(Safe)
    drug = models.CharField(max_length=16)
    concentration = models.DecimalField(max_digits=8, decimal_places=3)
    lot = models.CharField(max_length=64)
    expires_on = models.DateField()
    filled_ml = models.DecimalField(**_ML)
    remaining_ml = models.DecimalField(**_ML)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    is_here = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(remaining_ml__gte=0), name="container_never_negative"),
            models.CheckConstraint(
                condition=Q(filled_ml__gt=0, concentration__gt=0), name="container_holds_something"
            ),
        ]
        indexes = [models.Index(fields=["organization", "safe", "is_here"], name="container_by_safe")]


class Syringe(TenantModel):
    """What was drawn for one order, and what became of it, in milliliters."""

    container = WithinTenant(Container)
    order = WithinTenant("orders.Order")
    drawn_ml = models.DecimalField(**_ML)
    given_ml = models.DecimalField(**_ML, default=0)
    wasted_ml = models.DecimalField(**_ML, default=0)
    drawn_at = models.DateTimeField()
    drawn_by = models.UUIDField()
    second = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(given_ml__gte=0, wasted_ml__gte=0, drawn_ml__gt=0), name="syringe_never_negative"
            ),
            models.CheckConstraint(
                condition=Q(drawn_ml__gte=F("given_ml") + F("wasted_ml")), name="syringe_never_overdrawn"
            ),
            models.CheckConstraint(condition=~Q(drawn_by=F("second")), name="syringe_drawn_by_two"),
        ]
        indexes = [
            models.Index(fields=["organization", "order"], name="syringe_by_order"),
            models.Index(
                fields=["organization", "container"],
                condition=Q(drawn_ml__gt=F("given_ml") + F("wasted_ml")),
                name="syringe_not_empty",
            ),
        ]


class Discrepancy(TenantModel):
    """A count that found something else than the log said; stays until a person explains it."""

    container = WithinTenant(Container)
    expected_ml = models.DecimalField(**_ML)
    found_ml = models.DecimalField(**_ML)
    counted_at = models.DateTimeField()
    counted_by = models.UUIDField()


class Movement(SealedEntry):
    """One movement in a safe, in its exact canonical text, sealed after the movement before it.

    Missing: ``syringe`` is None where nothing was drawn, given or wasted from one.
    """

    safe = WithinTenant(Safe)
    container = WithinTenant(Container)
    syringe = WithinTenant(Syringe, null=True)
    kind = models.CharField(max_length=32)
    happened_at = models.DateTimeField()

    class Meta(SealedEntry.Meta):
        constraints = [
            *SealedEntry.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "safe", "number"], name="movement_number"),
        ]
        indexes = [
            models.Index(fields=["organization", "container", "number"], name="movement_by_container"),
            models.Index(fields=["organization", "syringe"], name="movement_by_syringe"),
        ]
