"""Renders the spec tables into the clinical manual: folder is chapter, file is section, test is sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import kap

# The journey's order; a chapter not named here comes after these, by name.
CHAPTERS = ("vocabulary", "histories", "people", "casework", "instruments", "screening", "dosing", "consents")
MARK = "<!-- Generated from tests/spec by ./kap manual. Do not edit: change the cases. -->"


@dataclass(frozen=True)
class Section:
    """One spec file: its docstring, and its sentences with their tables."""

    title: str
    text: str
    sentences: tuple[tuple[str, str, str | None], ...]

    @property
    def cases(self) -> int:
        """How many cases its tables hold."""
        return sum(len(table.strip().splitlines()) - 2 for _, _, table in self.sentences if table)


def render_manual(tests_spec: Path, into: Path) -> list[Path]:
    """Writes one page a chapter and a contents page; removes pages it once wrote and no longer would."""
    into.mkdir(parents=True, exist_ok=True)
    chapters = {folder.name: _sections(folder) for folder in _chapter_folders(tests_spec)}
    pages = {f"{name}.md": _chapter_page(name, sections) for name, sections in chapters.items()}
    pages["README.md"] = _contents_page(chapters)
    for old in into.glob("*.md"):
        if old.name not in pages and old.read_text(encoding="utf-8").startswith(MARK):
            old.unlink()
    for name, text in pages.items():
        (into / name).write_text(text, encoding="utf-8")
    return [into / name for name in sorted(pages)]


def sources_in(folder: Path, kind: str) -> list[str]:
    """The sources of one kind that are written in a folder's Python files, by citation or key."""
    found = []
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == kind:
                named = {word.arg: word.value for word in node.keywords}
                words = named.get("citation") or named.get("key")
                found.append(str(ast.literal_eval(words)) if isinstance(words, ast.Constant) else file.stem)
    return found


def _chapter_folders(tests_spec: Path) -> list[Path]:
    folders = [folder for folder in tests_spec.iterdir() if any(folder.glob("test_*.py"))]
    rank = {name: place for place, name in enumerate(CHAPTERS)}
    return sorted(folders, key=lambda folder: (rank.get(folder.name, len(rank)), folder.name))


def _sections(folder: Path) -> list[Section]:
    return [_section(file) for file in sorted(folder.glob("test_*.py"))]


def _section(file: Path) -> Section:
    module = ast.parse(file.read_text(encoding="utf-8"))
    title, _, text = (ast.get_docstring(module) or file.stem).partition("\n")
    return Section(title.rstrip("."), text.strip(), tuple(_sentences(module)))


def _sentences(module: ast.Module) -> Iterator[tuple[str, str, str | None]]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            words = node.name.removeprefix("test_").replace("_", " ")
            yield words[0].upper() + words[1:] + ".", ast.get_docstring(node) or "", _table_of(node)


def _table_of(test: ast.FunctionDef) -> str | None:
    for decorator in test.decorator_list:
        match decorator:
            case ast.Call(func=ast.Name(id="cases"), args=[ast.Constant(value=str(table))]):
                return table
    return None


def _chapter_page(name: str, sections: list[Section]) -> str:
    lines = [MARK, f"# {_title(name)}", ""]
    for section in sections:
        lines += [f"## {section.title}", ""]
        lines += [section.text, ""] if section.text else []
        for words, explanation, table in section.sentences:
            lines += [f"**{words}**", ""]
            lines += [explanation, ""] if explanation else []
            lines += [*_markdown_table(table), ""] if table else []
    return "\n".join(lines).rstrip() + "\n"


def _markdown_table(table: str) -> list[str]:
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    header, body = rows[0], rows[2:]
    written = [header, ["---"] * len(header), *([cell or "—" for cell in row] for row in body)]
    return ["| " + " | ".join(row) + " |" for row in written]


def _contents_page(chapters: dict[str, list[Section]]) -> str:
    lines = [
        MARK,
        "# The clinical manual",
        "",
        "What OpenKAP promises, as cases a clinician can check. Every table here is run as a test, so the",
        "manual cannot say what the program does not do. A dash means: not recorded, or nothing.",
        "",
    ]
    for name, sections in chapters.items():
        lines += [f"## [{_title(name)}]({name}.md)", ""]
        lines += [f"- {section.title} ({section.cases} cases)" for section in sections]
        lines += [""]
    return "\n".join([*lines, *_sources_of_the_core()]).rstrip() + "\n"


def _sources_of_the_core() -> list[str]:
    core = Path(kap.__path__[0])
    read, unverified = sources_in(core, "Source"), sources_in(core, "UnverifiedSource")
    return [
        "## Sources",
        "",
        f"Thresholds in the core rest on {len(read)} sources somebody read and checked, and on "
        f"{len(unverified)} that nobody has verified.",
        "",
        *(f"- Unverified: {key}" for key in unverified),
    ]


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()
