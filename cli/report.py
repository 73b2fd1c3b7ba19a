"""`qyzmet report`: an organisation's form, its analytic note, the annual report."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from cli.local_database import ready_database
from cli.options import DatabaseUrl
from cli.say import say
from cli.settings import Settings
from database.engine import UnitOfWork
from kernel.clock import SystemClock
from kernel.errors import DomainError
from kernel.language import Language
from localisation.error_messages import error_message
from localisation.translations import Translations
from reports.errors import ReportPeriodError
from reports.factory import make_documents, make_files
from reports.files import FormFile
from reports.store import ReportSubject

ANNUAL, DISCUSSION = "annual", "discussion"
Out = Annotated[Path, typer.Option("-o", "--output", help="The file to write.", dir_okay=False)]


def report(  # noqa: PLR0913, PLR0917  options of the command line
    form: Annotated[str, typer.Argument(help="1-mq, 2-mq, 3-mq, 4-mq; annual; discussion.")],
    organisation: Annotated[str, typer.Option(help="The organisation's code: qyzmet organisations list.")],
    period: Annotated[str, typer.Option(help="The quarter, as in 2026Q3; of the annual report the year.")],
    output: Out,
    language: Annotated[Language, typer.Option(help="The language of the file.")] = Language.KK,
    with_below: Annotated[  # noqa: FBT002  an option of the command line
        bool, typer.Option("--with-below", help="The annual report together with the bodies below.")
    ] = False,
    database: DatabaseUrl = None,
) -> None:
    """Write FORM to a file: a form as .xlsx, its analytic note as .docx, the annual report as .docx or .html.

    The bot gives the same files.
    """
    subject = ReportSubject(form=form, organisation=organisation, period=period)
    try:
        url = database or Settings().database_url
        file = asyncio.run(_file(subject, language, output.suffix.lower(), url, with_below=with_below))
        output.write_bytes(file.content)
    except DomainError as error:
        say(error_message(Translations.load(), Language.EN, error))
        raise typer.Exit(1) from error
    except OSError as error:
        say(f"{output} cannot be written ({error.strerror}).")
        raise typer.Exit(1) from error
    typer.echo(f"Wrote {output}.")


async def _file(
    subject: ReportSubject, language: Language, ending: str, url: str, *, with_below: bool
) -> FormFile:
    async with ready_database(url) as database, database.unit_of_work() as unit:
        return await _built(unit, subject, language, ending, with_below=with_below)


async def _built(
    unit: UnitOfWork, subject: ReportSubject, language: Language, ending: str, *, with_below: bool
) -> FormFile:
    papers = make_documents(unit, SystemClock())
    if subject.form == ANNUAL:
        make = papers.annual_page if ending == ".html" else papers.annual
        year = _year(subject.period)
        return await make(None, subject.organisation, year, language, with_below=with_below)
    if subject.form == DISCUSSION:
        return await papers.discussion(None, subject.organisation, language)
    if ending == ".docx":
        return await papers.note(None, subject, language)
    return await make_files(unit, SystemClock()).sheet(None, subject, language)


def _year(period: str) -> int:
    if not (period.isascii() and period.isdigit() and len(period) == 4):
        raise ReportPeriodError
    return int(period)
