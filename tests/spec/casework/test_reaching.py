"""What becomes of a text and a call.

A text the carrier could not deliver, and a call that was busy, not picked up, failed or canceled, reached nobody.
Everything else may have: a text that lies on the telephone, a mail that was taken, a call that was answered, even
if by a machine. Of several messages to one person the loudest decides, and a step reached nobody only when none
of those it called was reached. Then the next step does not wait for its minute; nothing is ever slowed by this.
"""

from tests.cases import cases

from kap.casework.calls import Means
from kap.casework.reaching import FINAL, IN_VAIN, Became, Outgoing, in_vain_since
from kap.vocabulary.moments import Instant


@cases("""
    what the gateway told last            | became      | final | in vain
    --------------------------------------+-------------+-------+--------
    it waits at the gateway               | queued      | no    | no
    it was handed to the carrier          | handed-on   | no    | no
    it lies on their telephone            | delivered   | yes   | no
    the carrier could not deliver it      | undelivered | yes   | yes
    their telephone rings                 | ringing     | no    | no
    the call was answered                 | answered    | yes   | no
    the line was busy                     | busy        | yes   | yes
    nobody picked up                      | no-answer   | yes   | yes
    the number could not be called        | failed      | yes   | yes
    it was canceled at the gateway        | canceled    | yes   | yes
""")
def test_what_is_known_for_good_and_what_is_in_vain(became: Became, final: bool, in_vain: bool) -> None:
    assert (became in FINAL, became in IN_VAIN) == (final, in_vain)


@cases("""
    what became of one step's messages              | rosa call   | rosa text   | rosa mail  | ben call  | known since
    ------------------------------------------------+-------------+-------------+------------+-----------+------------
    nobody was called                               |             |             |            |           |
    nothing is known yet                            | ?           | ?           | ?          |           |
    it rings                                        | ringing     | delivered   | ?          |           |
    nobody picked up, though the text lies there    | no-answer   | delivered   | ?          |           | 02:01
    busy                                            | busy        | handed-on   | ?          |           | 02:01
    picked up, and the text did not arrive          | answered    | undelivered | ?          |           |
    it still rings, and the text did not arrive     | ringing     | undelivered | ?          |           |
    no call was made, and the text did not arrive   |             | undelivered | ?          |           | 02:02
    no call was made, and the text lies there       |             | delivered   | ?          |           |
    only a mail, which the server took              |             |             | ?          |           |
    only a mail, which no server took               |             |             | failed     |           | 02:03
    two were called, and one picked up              | no-answer   |             |            | answered  |
    two were called, and one still rings            | no-answer   |             |            | ringing   |
    two were called in vain                         | no-answer   |             |            | busy      | 02:04
""")
def test_a_step_is_in_vain_once_nobody_it_called_was_reached(
    rosa_call: str | None,
    rosa_text: str | None,
    rosa_mail: str | None,
    ben_call: str | None,
    known_since: str | None,
) -> None:
    told = (
        ("Rosa", Means.EMAIL, rosa_mail, 3), ("Rosa", Means.VOICE, rosa_call, 1),
        ("Rosa", Means.SMS, rosa_text, 2), ("Ben", Means.VOICE, ben_call, 4),
    )  # fmt: skip
    step = [_outgoing(to, means, became, minute) for to, means, became, minute in told if became]
    found = in_vain_since(step)
    assert (found and f"{found.at:%H:%M}") == known_since


def _outgoing(to: str, means: Means, became: str, minute: int) -> Outgoing:
    if became == "?":
        return Outgoing(to, means)
    return Outgoing(to, means, Became(became), Instant.parse(f"2026-12-25T02:{minute:02d}:00Z"))
