"""`qyzmet due`: the due date of a term, with the reason for every day."""

import asyncio
import json
from datetime import date, datetime
from typing import Annotated

import typer

from bot.views.deadlines.calculation import CalculationView, DueDateCalculation
from cli.local_database import database_with_days
from cli.plain import plain
from cli.say import say
from cli.settings import Settings
from deadlines.calendar import WorkCalendar
from deadlines.due import TermEvent, explain, moment_of
from deadlines.due import due as due_of
from deadlines.errors import DeadlineError
from deadlines.store import CalendarStore
from deadlines.terms import Direction
from kernel.clock import ALMATY, SystemClock
from kernel.language import Language
from knowledge.term_catalogue import TermCatalogue
from localisation.translations import Translations
from registry_data.load import load_acts


def due(  # noqa: PLR0913  each is an option of the command line
    rule: Annotated[str, typer.Argument(help="The term, as terms.yaml calls it: complaint.provider.")],
    start: Annotated[
        str,
        typer.Option("--from", help="When it started: 2026-03-19T10:00:00+05:00; Almaty time if no zone."),
    ],
    *,
    extend: Annotated[int | None, typer.Option(min=1, help="Extended by so many working days.")] = None,
    length: Annotated[
        int | None, typer.Option(min=1, help="The length, for a term whose length a document sets.")
    ] = None,
    language: Annotated[Language, typer.Option(help="The language of the reasons.")] = Language.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Tell when the term RULE ends, counting from a moment, and why."""
    terms = TermCatalogue.load()
    if rule not in terms.terms:
        raise typer.BadParameter(f"no term {rule!r}; there are: {', '.join(terms.terms)}", param_hint="RULE")
    view = CalculationView(texts=Translations.load(), language=language)
    at = _moment(start, terms.terms[rule].direction)
    event = TermEvent(at=at, length=length, extensions=(extend,) if extend else ())
    try:
        calculation = calculated(terms, rule, event, asyncio.run(_calendar()))
    except DeadlineError as error:
        say(view.error_message(error))
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps(document(calculation, view), ensure_ascii=False, indent=1))
    else:
        typer.echo(plain(view.text(calculation)))


def calculated(
    terms: TermCatalogue, rule: str, event: TermEvent, calendar: WorkCalendar
) -> DueDateCalculation:
    """The due date of `rule`. Raises KeyError for an unknown rule, and DeadlineError."""
    return DueDateCalculation(
        record=terms.records[rule],
        due=due_of(terms.terms[rule], event, calendar),
        calendar=calendar,
        acts={act.key: act for act in load_acts()},
        now=SystemClock().now(),
    )


def document(calculation: DueDateCalculation, view: CalculationView) -> dict[str, object]:
    """The JSON of `qyzmet due`; days are in counting order."""
    return {
        "rule": calculation.record.rule,
        "from": calculation.due.at.isoformat(),
        "registered_on": calculation.due.registered_on.isoformat(),
        "counted_from": calculation.due.counted_from.isoformat(),
        "due_on": calculation.due.due_on.isoformat(),
        "certainty": calculation.due.certainty.value,
        "readings": [f"{one.value}: {view.reading(one, calculation)}" for one in calculation.due.readings],
        "citation": view.citation(calculation.record.citation, calculation.acts),
        "days": [
            {"date": day.day.isoformat(), "counts": day.counts, "why": view.why(day)}
            for day in explain(calculation.due, calculation.calendar)
        ],
    }


async def _calendar() -> WorkCalendar:
    async with database_with_days(Settings().database_url) as database, database.session() as session:
        return await CalendarStore(session).read()


def _moment(text: str, direction: Direction) -> datetime:
    try:
        if len(text) <= len("2026-03-19"):
            return moment_of(date.fromisoformat(text), direction)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("no ISO date or date and time", param_hint="--from") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)
