"""`qyzmet questions`: unanswered questions and facts reported as wrong."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.views.text import shorten
from cli.local_database import ready_database
from cli.options import AsJson
from cli.say import say
from cli.settings import Settings
from kernel.clock import Clock, SystemClock
from knowledge.journal.entries import QuestionGroup, WrongFact
from knowledge.journal.queries import JournalQueries
from knowledge.journal.store import JournalStore

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

QUESTION_COLUMNS = ("times", "none of these", "language", "last asked", "question")
LINE_LIMIT = 120  # characters of a question in the listing; --json and the sheet have all of it
FACT_COLUMNS = ("service", "told", "what is wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    questions: list[QuestionGroup]
    wrong_facts: list[WrongFact]


def questions(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write an XLSX file.")] = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Show the questions of the last 90 days that found no answer, most frequent first."""
    journal = asyncio.run(_read(SystemClock()))
    if output is not None:
        _save(journal, output)
        say(f"Wrote {output}.")
    elif as_json:
        typer.echo(json.dumps(_document(journal), ensure_ascii=False, indent=1))
    else:
        typer.echo(_listing(journal))


async def _read(clock: Clock) -> Journal:
    async with ready_database(Settings().database_url) as database:
        async with database.unit_of_work() as unit:
            await JournalStore(unit.session).drop_old(clock.now())
            await unit.commit()
        async with database.session() as session:
            queries = JournalQueries(JournalStore(session))
            return Journal(
                questions=await queries.groups(clock.now()),
                wrong_facts=await queries.wrong_facts(clock.now()),
            )


def _question_row(group: QuestionGroup) -> tuple[int, int, str, str, str]:
    return (group.count, group.refused, group.language, f"{group.last_asked_at:%Y-%m-%d}", group.text)


def _fact_row(fact: WrongFact) -> tuple[str, str, str]:
    return (fact.slug, f"{fact.given_at:%Y-%m-%d}", fact.text)


def _document(journal: Journal) -> dict[str, list[dict[str, object]]]:
    return {
        "questions": [
            dict(zip(QUESTION_COLUMNS, _question_row(group), strict=True)) for group in journal.questions
        ],
        "wrong_facts": [
            dict(zip(FACT_COLUMNS, _fact_row(fact), strict=True)) for fact in journal.wrong_facts
        ],
    }


def _listing(journal: Journal) -> str:
    lines = [
        f"{group.count:>5}  {group.language:<5}  {shorten(group.text, LINE_LIMIT)}"
        for group in journal.questions
    ]
    lines = lines or ["No question was left without an answer."]
    if journal.wrong_facts:
        lines += ["", "Facts reported as wrong:"]
        lines += [f"  {fact.slug}: {fact.text}" for fact in journal.wrong_facts]
    return "\n".join(lines)


def _save(journal: Journal, output: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  only a sheet needs it, and it takes a fifth of a second

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "questions"
    _fill(sheet, QUESTION_COLUMNS, [_question_row(group) for group in journal.questions])
    _fill(book.create_sheet("wrong facts"), FACT_COLUMNS, [_fact_row(fact) for fact in journal.wrong_facts])
    book.save(output)


def _fill(sheet: "Worksheet", header: tuple[str, ...], rows: list[tuple[int | str, ...]]) -> None:
    sheet.append(header)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # user input is never a formula
