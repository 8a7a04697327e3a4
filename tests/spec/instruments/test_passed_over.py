"""Questions a form passes over.

A form may tell a person to leave out questions after certain answers. They are not asked then; before those
answers are given, every question still is.
"""

from tests.cases import cases

from kap.instruments.reading import passed_over
from kap.instruments.shelf import instrument


@cases("""
    what was answered so far               | form           | answers      | not asked
    ---------------------------------------+----------------+--------------+----------
    nothing yet                            | cssrs-screener |              |
    no thoughts of killing oneself         | cssrs-screener | 1=1 2=0      | 3 4 5
    thoughts of killing oneself            | cssrs-screener | 1=1 2=1      |
    never did anything                     | cssrs-screener | 1=0 2=0 6=0  | 3 4 5 7
    did something once                     | cssrs-screener | 1=0 2=0 6=1  | 3 4 5
    a form that passes over nothing        | phq9           | 1=0 2=0      |
""")
def test_what_need_not_be_asked(form: str, answers: str | None, not_asked: str | None) -> None:
    given = dict(word.split("=") for word in (answers or "").split())
    assert sorted(passed_over(instrument(form), given)) == (not_asked or "").split()
