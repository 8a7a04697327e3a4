"""Bleeding in the brain.

Any bleeding inside the brain or its spaces excludes, whenever it was and whatever caused it. A bleeding
around the brain after an injury only asks the question. A no from the person counts for 365 days.
"""

from tests.cases import cases
from tests.spec.screening.people import finding, no, said, told


@cases("""
    what is recorded                    | entry                 | course         | no_ago | answer
    ------------------------------------+-----------------------+----------------+--------+---------------
    a bleeding, present                 | brain-hemorrhage      | active         |        | stop: override
    a bleeding, long past               | brain-hemorrhage      | past           |        | stop: override
    a bleeding, though they say no      | brain-hemorrhage      | past           |      0 | stop: override
    a suspected bleeding                | brain-hemorrhage      | suspected past |        | unknown: fact
    suspected, though they say no       | brain-hemorrhage      | suspected past |      0 | unknown: fact
    a bleeding of a parent, they say no | brain-hemorrhage      | family         |      0 | proceed
    around the brain, nobody asked      | bleeding-around-brain | past           |        | unknown: fact
    around the brain, none inside       | bleeding-around-brain | past           |      0 | proceed
    nothing, said no 365 days ago       |                       |                |    365 | proceed
    nothing, said no 366 days ago       |                       |                |    366 | unknown: fact
    nothing recorded, nobody asked      |                       |                |        | unknown: fact
""")
def test_any_history_of_bleeding_in_the_brain_excludes(
    entry: str | None,
    course: str | None,
    no_ago: int | None,
    answer: str,
) -> None:
    facts = [
        told(entry, course),
        no("brain-hemorrhage", no_ago),
    ]
    assert said(finding("intracerebral-hemorrhage", facts)) == answer
