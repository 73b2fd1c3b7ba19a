"""The command `qyzmet`: its commands by name, each imported when it runs."""

from importlib.metadata import version
from typing import Annotated

import typer

from cli.lazy import Lazy, LazyGroup


class Commands(LazyGroup):
    lazy = {  # noqa: RUF012  declared as a class variable in the base
        "demo": Lazy(
            "cli.demo:demo",
            "Start the local Telegram with the bot in it, and print the chat page's address.",
        ),
        "run": Lazy(
            "cli.serve:run",
            "Run the bot against Telegram: polling, or a webhook where QYZMET_WEBHOOK_URL is set.",
        ),
        "simulate": Lazy("cli.simulate:simulate", "Start the local Telegram alone."),
        "ask": Lazy("cli.ask:ask", "Answer QUESTION as the bot would."),
        "evaluate": Lazy(
            "cli.evaluate:evaluate_file",
            "Answer every question of FILE and say how many of the answers are right.",
        ),
        "talk": Lazy(
            "cli.talk:talk",
            "Play the talks of FILE against the whole bot on the local Telegram; exits with 1 if one fails.",
        ),
        "due": Lazy("cli.due:due", "Tell when the term RULE ends, counting from a moment, and why."),
        "calendar": Lazy(
            "cli.calendar:calendar",
            "List what an organisation of KIND owes between two days: "
            "obligations in force, with their dates.",
        ),
        "report": Lazy(
            "cli.report:report",
            "Write FORM to a file: a form as .xlsx, its analytic note as .docx, "
            "the annual report as .docx or .html.",
        ),
        "paper": Lazy(
            "cli.document:paper",
            "Write a paper of the card SLUG: the memo, the list of main requirements, a receipt of refusal.",
        ),
        "questions": Lazy(
            "cli.journal:questions",
            "Show the questions of the last 90 days that found no answer, most frequent first.",
        ),
        "mask": Lazy(
            "cli.mask:mask_lines",
            "Print each line of standard input as the question log would keep it.",
        ),
        "registry": Lazy("cli.registry:app", "The registry of services: check, import, export."),
        "organisations": Lazy("cli.organisations:app", "Organisations: import, list."),
        "officials": Lazy("cli.officials:app", "Officials: invite to a role, confirm a join."),
        "complaints": Lazy("cli.complaints:app", "Complaints: re-date after days off were edited."),
        "audit": Lazy("cli.audit:app", "The logs of what was done and looked at: seal, seals, verify."),
        "jobs": Lazy("cli.jobs:app", "Answers, new complaints, reminders: list, off, on, trail."),
        "inbox": Lazy("cli.inbox:app", "Updates that could not be handled: list, retry after an upgrade."),
        "keys": Lazy("cli.keys:app", "The keys of what people keep: make one, rotate."),
        "database": Lazy("cli.tables:app", "The database: bring its tables up to date, save, restore."),
    }


app = typer.Typer(
    cls=Commands,
    name="qyzmet",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)


def _print_version(asked: bool) -> None:  # noqa: FBT001  typer's own signature
    if asked:
        typer.echo(f"qyzmet {version('qyzmet')}")
        raise typer.Exit


@app.callback()
def qyzmet(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """A Telegram assistant for Kazakhstan's public services."""


def run() -> None:
    app()
