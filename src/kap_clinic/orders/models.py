"""Tables of orders: one row as the order stands now, and its history, chained entry by entry."""

from django.db import models
from django.db.models import Q

from kap_clinic.database.constraints import who_and_when
from kap_clinic.database.models import SealedEntry, TenantModel, WithinTenant


class Order(TenantModel):
    """An order as its history tells it; written again with every entry, in the same transaction.

    Shape: ``session`` is the planned session it is for; ``state`` is signed, released or withdrawn.
    Units: ``amount_mg`` in milligrams, ``over_minutes`` in minutes, ``made_up_to_ml`` in milliliters.
    """

    person = WithinTenant("people.Person")
    session = WithinTenant("plans.PlannedSession")
    site = WithinTenant("organizations.Site")
    drug = models.CharField(max_length=16)
    route = models.CharField(max_length=4)
    amount_mg = models.DecimalField(max_digits=10, decimal_places=4)
    over_minutes = models.IntegerField(null=True)
    made_up_to_ml = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    state = models.CharField(max_length=16)
    signed_at = models.DateTimeField()
    signed_by = models.UUIDField()
    released_at = models.DateTimeField(null=True)
    released_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "session"],
                condition=~Q(state="withdrawn"),
                name="order_one_a_session",
            ),
            models.CheckConstraint(condition=Q(amount_mg__gt=0), name="order_of_something"),
            who_and_when("released", name="order_released_who_and_when"),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False),
                name="order_released_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="order_by_person")]


class OrderEntry(SealedEntry):
    """One act on an order, in its exact canonical text, sealed after the entry before it."""

    order = WithinTenant(Order)

    class Meta(SealedEntry.Meta):
        constraints = [
            *SealedEntry.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "order", "number"], name="order_entry_number"),
        ]
