"""`qyzmet report`: an organisation's form as a spreadsheet, filled as far as the complaints go."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.refusals import refusal
from bot.settings import Settings
from bot.translations import Translations
from cli.local import ready_database, say
from cli.registry import DatabaseUrl
from database.unit_of_work import UnitOfWork
from deadlines.clock import SystemClock
from deadlines.errors import DomainError
from registry_data.schema import Language
from reports.files import FormFile
from reports.making import make_files
from reports.store import Subject

Out = Annotated[Path, typer.Option("-o", "--output", help="The file to write.", dir_okay=False)]


def report(  # noqa: PLR0913, PLR0917  options of the command line
    form: Annotated[str, typer.Argument(help="1-mq, 2-mq, 3-mq or 4-mq.")],
    organisation: Annotated[str, typer.Option(help="The organisation's code: qyzmet organisations list.")],
    period: Annotated[str, typer.Option(help="The quarter, as in 2026Q3.")],
    output: Out,
    language: Annotated[Language, typer.Option(help="The language of the sheet.")] = Language.KK,
    database: DatabaseUrl = None,
) -> None:
    """Write FORM as an XLSX file: the draft, or what was handed in. The bot gives the same file."""
    subject = Subject(form=form, organisation=organisation, period=period)
    try:
        file = asyncio.run(_file(subject, language, database or Settings().database_url))
        output.write_bytes(file.content)
    except DomainError as error:
        say(refusal(Translations.load(), Language.EN, error))
        raise typer.Exit(1) from error
    except OSError as error:
        say(f"{output} cannot be written ({error.strerror}).")
        raise typer.Exit(1) from error
    typer.echo(f"Wrote {output}.")


async def _file(subject: Subject, language: Language, url: str) -> FormFile:
    async with ready_database(url) as database, database.unit_of_work() as unit:
        return await _sheet(unit, subject, language)


async def _sheet(unit: UnitOfWork, subject: Subject, language: Language) -> FormFile:
    return await make_files(unit, SystemClock()).sheet(None, subject, language)
