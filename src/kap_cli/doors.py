"""How a command is found by its name, and how it ends: in one sentence, with an honest exit code.

Exit codes: 0 done · 1 refused, or a check failed · 2 not understood · 130 stopped by the person.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from kap.vocabulary.errors import InputError, KapError

if TYPE_CHECKING:
    from typer._click import Context


# The table is what `./kap --help` reads: no command is loaded until it is asked for.
DOORS: Final = {
    "demo": "Start a clinic of invented people to look around in.",
    "found": "Found an organization and invite its first administrator.",
    "serve": "Run the clinic: database, pages, live stream, worker.",
    "doctor": "Say what is wrong with this set-up and how to mend it.",
    "screen": "Screen the people in a FHIR file: findings, facts, sources.",
    "protocol": "Show treatment protocols, and lay one over days.",
    "dose": "Propose a dose within limits, with every step of the arithmetic.",
    "import": "Bring records (FHIR or CSV) into charts, once.",
    "backup": "Write a backup of the database into a new folder.",
    "restore": "Restore a backup, or prove that one can be restored.",
    "verify": "Prove that nobody changed the audit trail.",
    "audit": "Show who did what, whose record, and when.",
    "keys": "Show or rotate the keys that seal private text.",
    "oncall": "Show who is on call, the gaps, and how the ways out were tested.",
    "test": "Run the checks and the tests.",
    "check": "Check lint, types, contracts, sizes, words and sources.",
    "bench": "Run a benchmark beside its real peers.",
    "score": "Score answers to a questionnaire or scale.",
    "instruments": "List the questionnaires and scales there are, and their licenses.",
    "wording": "Check a file of an instrument's licensed words, or write the empty one.",
    "manual": "Write the manual and the reference anew from the code.",
}
# A command lies in the module of its name, but where Python has the word or the module only renders.
ELSEWHERE: Final = {"manual": "kap_cli.documents", "import": "kap_cli.import_"}


class CommandsByName(TyperGroup):
    """The commands of `./kap`, each loaded only when it is the one that was typed."""

    def __init__(self, **settings: Any) -> None:
        named = {name: TyperCommand(name, help=sentence) for name, sentence in DOORS.items()}
        super().__init__(**{**settings, "commands": named})

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, TyperCommand | TyperGroup | None, list[str]]:
        """Loads the command that was typed."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, loaded(name) if name else None, rest


def loaded(name: str) -> TyperCommand | TyperGroup:
    """Loads a command: the function of its name, or the module's `app` where it has commands of its own.

    Raises: KapError while its module has not landed.
    """
    path = ELSEWHERE.get(name, f"kap_cli.{name}")
    try:
        module = import_module(path)
    except ModuleNotFoundError as missing:
        if missing.name != path:
            raise
        raise KapError(
            f"The command {name!r} is not in this version yet. ./kap --help lists the others."
        ) from None
    commands = getattr(module, "app", None)
    if not isinstance(commands, typer.Typer):
        commands = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        commands.command(name)(getattr(module, name))
    command = typer.main.get_command(commands)
    assert isinstance(command, TyperCommand | TyperGroup)
    command.name = name
    return command


app = typer.Typer(
    cls=CommandsByName,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)


@app.callback()
def kap() -> None:
    """OpenKAP runs ketamine-assisted psychotherapy programs. New here? ./kap demo

    Commands that answer also take --json: their answer names its schema, openkap.<command>/1.
    """


def run(arguments: Sequence[str]) -> int:
    """Runs one command and turns how it ended into a sentence and an exit code."""
    try:
        app(list(arguments), prog_name="./kap")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except KapError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, InputError) else 1
    except Exception as unexpected:
        print(_sentence_about(unexpected), file=sys.stderr)
        return 1
    return 0


def _sentence_about(unexpected: Exception) -> str:
    log = _log_of(unexpected)
    where = f"Where it happened is in {log}. " if log else ""
    return (
        f"Something went wrong that we did not foresee ({type(unexpected).__name__}). {where}"
        "./kap doctor says what is wrong with the set-up; if it finds nothing, please report this."
    )


def _log_of(unexpected: Exception) -> Path | None:
    """Logs where it happened and never what was said: a message or a value may name a person."""
    lines = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}\n"
        for frame in traceback.extract_tb(unexpected.__traceback__)
    ]
    try:
        from kap_clinic.config.environment import read_environment  # noqa: PLC0415 -- slow import
        from kap_clinic.config.home import open_home  # noqa: PLC0415 -- slow import

        home = read_environment().home
        open_home(home)
        log = home / "logs" / "commands.log"
        with log.open("a", encoding="utf-8") as opened:
            opened.writelines([f"{type(unexpected).__name__}\n", *lines, "\n"])
    except (KapError, OSError):
        return None
    return log
