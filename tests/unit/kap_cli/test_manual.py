"""The manual in the repository is the one its cases give, and says what nobody has verified."""

from pathlib import Path

from kap_cli.manual import MARK, render_manual, sources_in

ROOT = Path(__file__).resolve().parents[3]

SPEC = '''"""Ages.

Who may come.
"""

@cases("""
    who   | age | may_come
    ------+-----+---------
    Ada   |  36 | yes
    Bo    |     |
""")
def test_a_grown_person_may_come(age, may_come): ...


def test_nobody_is_asked_twice():
    """Once is enough."""
'''


def test_the_manual_in_the_repository_is_what_its_cases_say(tmp_path: Path) -> None:
    pages = render_manual(ROOT / "tests/spec", tmp_path)
    kept = ROOT / "docs/manual"
    assert sorted(page.name for page in pages) == sorted(page.name for page in kept.glob("*.md"))
    stale = [page.name for page in pages if page.read_text() != (kept / page.name).read_text()]
    assert stale == [], "Run ./kap manual and commit docs/manual."


def test_a_chapter_shows_its_sentences_and_their_cases(tmp_path: Path) -> None:
    folder = tmp_path / "spec" / "intake_desk"
    folder.mkdir(parents=True)
    (folder / "test_ages.py").write_text(SPEC)
    contents, chapter = render_manual(tmp_path / "spec", tmp_path / "manual")
    assert chapter.read_text().splitlines() == [
        MARK,
        "# Intake desk",
        "",
        "## Ages",
        "",
        "Who may come.",
        "",
        "**A grown person may come.**",
        "",
        "| who | age | may_come |",
        "| --- | --- | --- |",
        "| Ada | 36 | yes |",
        "| Bo | — | — |",
        "",
        "**Nobody is asked twice.**",
        "",
        "Once is enough.",
    ]
    assert "## [Intake desk](intake_desk.md)\n\n- Ages (2 cases)" in contents.read_text()


def test_a_page_whose_cases_are_gone_is_removed_and_nobody_elses(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    (tmp_path / "old.md").write_text(MARK)
    (tmp_path / "notes.md").write_text("By hand.")
    render_manual(tmp_path / "spec", tmp_path)
    assert sorted(page.name for page in tmp_path.glob("*.md")) == ["README.md", "notes.md"]


def test_sources_are_counted_wherever_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "limits.py").write_text(
        'A = UnverifiedSource(key="age", stated_on=DAY)\n'
        "B = Bands(source=UnverifiedSource(key=KEY, stated_on=DAY))\n"
        'C = Source(citation="Invented 2026")\n'
    )
    assert sources_in(tmp_path, "UnverifiedSource") == ["age", "limits"]
    assert sources_in(tmp_path, "Source") == ["Invented 2026"]
