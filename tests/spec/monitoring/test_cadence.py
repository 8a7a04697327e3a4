"""When a blood pressure is due.

By infusion every 10 minutes while it runs and every 15 afterwards; after an injection at 0, 10, 20, 30, 45 and 60
minutes and then every 15; by mouth at 0, 30, 60, 90 and 120. A reading before the dose does not count.
"""

from tests.cases import cases
from tests.spec.monitoring.room import at

from kap.monitoring.cadence import next_due, packaged_cadences
from kap.vocabulary.routes import Route
from kap.vocabulary.spans import Span


@cases("""
    the story, minutes from the dose      | route | ended | last | due
    --------------------------------------+-------+-------+------+----
    nobody has measured yet               | iv    |       |      | 10
    measured before the dose              | iv    |       | -5   | 10
    measured at the start                 | iv    |       | 0    | 10
    measured late                         | iv    |       | 13   | 23
    measured, and it has ended since      | iv    | 40    | 35   | 45
    measured at its end                   | iv    | 40    | 40   | 55
    measured after its end                | iv    | 40    | 52   | 67
    ended, nobody has measured            | iv    | 40    |      | 10
    an injection, nobody has measured     | im    | 0     |      | 0
    measured before the injection         | im    | 0     | -5   | 0
    measured at once                      | im    | 0     | 0    | 10
    measured between two minutes          | im    | 0     | 12   | 20
    measured at half an hour              | im    | 0     | 30   | 45
    measured at the last minute           | im    | 0     | 60   | 75
    measured after the last minute        | sc    | 0     | 80   | 95
    a lozenge, measured at once           | sl    | 0     | 0    | 30
    a lozenge, measured late              | sl    | 0     | 95   | 120
    a tablet, after the last minute       | po    | 0     | 120  | 150
    a spray, measured at once             | in    | 0     | 0    | 40
""")
def test_the_next_blood_pressure(route: str, ended: int | None, last: str | None, due: int) -> None:
    began = 60
    found = next_due(
        packaged_cadences()[Route(route)],
        began_at=at(began),
        ended_at=None if ended is None else at(began + ended),
        last_at=None if last is None else at(began + int(last)),
    )
    assert found == at(began + due)


def test_every_route_has_a_cadence_with_a_source() -> None:
    assert set(packaged_cadences()) == set(Route)
    assert all(cadence.source.citation for cadence in packaged_cadences().values())
    assert packaged_cadences()[Route.IV].during == Span.minutes(10)
