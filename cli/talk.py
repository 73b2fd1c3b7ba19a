"""`qyzmet talk`: plays talks written as data against the whole bot."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.logs import log_to_standard_error
from cli.options import AsJson
from cli.say import say
from cli.talks.clean import UsedDatabaseError
from cli.talks.player import TalkFailure, TalkPlayer
from cli.talks.script import TalkFileError, TalkScript, read_talks
from cli.talks.stage import open_stage

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="A YAML list of talks: docs/talks.md.")
]
OwnDatabase = Annotated[
    str | None,
    typer.Option("--database", help="An empty database to play in; a temporary SQLite file if not given."),
]
_REPORT_EVERY = 10  # talks


def talk(
    file: File,
    database: OwnDatabase = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Play the talks of FILE against the whole bot on the local Telegram; exits with 1 if one fails."""
    log_to_standard_error()
    try:
        scripts = read_talks(file)
        failures = asyncio.run(_play(scripts, file.parent, database))
    except TalkFileError as error:
        say(str(error))
        raise typer.Exit(1) from error
    except UsedDatabaseError as error:
        say("There are people's rows in this database, which talks would remove. Give an empty one.")
        raise typer.Exit(1) from error
    report = document(len(scripts), failures)
    typer.echo(json.dumps(report, ensure_ascii=False, indent=1) if as_json else for_people(report))
    if failures:
        raise typer.Exit(1)


async def _play(scripts: Sequence[TalkScript], folder: Path, url: str | None) -> list[TalkFailure]:
    failures: list[TalkFailure] = []
    say("Starting the bot …")
    async with open_stage(url) as stage:
        number = 0
        async for _, failure in TalkPlayer(stage=stage, folder=folder).play(scripts):
            number += 1
            failures += [failure] if failure else []
            if number % _REPORT_EVERY == 0:
                say(f"Played {number} of {len(scripts)} talks; failed: {len(failures)}.")
    return failures


def document(count: int, failures: Sequence[TalkFailure]) -> dict[str, Any]:
    """The JSON of `qyzmet talk`."""
    return {
        "talks": count,
        "passed": count - len(failures),
        "failed": [asdict(failure) for failure in failures],
    }


def for_people(report: dict[str, Any]) -> str:
    lines = [f"{report['passed']} of {report['talks']} talks passed."]
    for one in report["failed"]:
        expected = json.dumps(one["expected"], ensure_ascii=False)
        got = "\n".join(f"    {line}" for line in one["got"].splitlines())
        lines.append(f"\n{one['name']}, step {one['step']}: expected {expected}, got:\n{got}")
    return "\n".join(lines)
