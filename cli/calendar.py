"""`qyzmet calendar`: the obligations of a kind of organisation between two days."""

import asyncio
import json
import sys
from datetime import date, datetime
from typing import Annotated

import typer

from bot.views.deadlines.calculation import CalculationView
from bot.views.filings.names import FilingNames
from cli.local_database import ready_database
from cli.say import say
from cli.settings import Settings
from deadlines.calendar import WorkCalendar
from deadlines.store import CalendarStore
from kernel.clock import SystemClock
from kernel.language import Language
from kernel.period import Period
from localisation.translations import Translations
from registry_data.load import load_acts
from registry_data.obligations import ObligationRecord, load_obligations
from registry_data.organisations import OrganisationKind
from reminders.ics import CalendarEntry, to_ics
from reminders.installation import installation_name
from reminders.plan import DueDates, due_dates, in_force, periods_due
from reminders.schedule import schedule_of

FIRST, LAST = date(2017, 1, 1), date(2075, 12, 31)  # with reminders, within the range of the calendar
Owed = tuple[ObligationRecord, Period, DueDates]


def calendar(  # noqa: PLR0913  each is an option of the command line
    kind: Annotated[OrganisationKind, typer.Option(help="The kind of organisation.")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day, inclusive.")],
    *,
    language: Annotated[Language, typer.Option(help="The language of the names.")] = Language.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    as_ics: Annotated[bool, typer.Option("--ics", help="Print an iCalendar file.")] = False,
) -> None:
    """List what an organisation of KIND owes between two days: obligations in force, with their dates."""
    days = (first.date(), last.date())
    if not FIRST <= days[0] <= days[1] <= LAST or (as_json and as_ics):
        raise typer.BadParameter(f"days from {FIRST} to {LAST}, in order; one of --json and --ics")
    working_days, installation = asyncio.run(_calendar())
    owed = owed_by(kind, days, working_days)
    names = FilingNames(texts=Translations.load(), obligations={row.code: row for row, _, _ in owed})
    if as_ics:
        dated = [_entry(row, kind, names, working_days, language) for row in owed]
        title = names.texts.plain(language, "filings.calendar_name")
        sys.stdout.buffer.write(to_ics(title, dated, SystemClock().now(), installation))
    elif as_json:
        document = {"kind": kind.value, "from": str(days[0]), "to": str(days[1])}
        document["due"] = [_document(row, kind, names, language) for row in owed]  # type: ignore[assignment]
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        _list(owed, names, language)


def owed_by(kind: OrganisationKind, days: tuple[date, date], calendar: WorkCalendar) -> list[Owed]:
    """Obligations of the kind due between two days, both inclusive, by date."""
    found = [
        (obligation, period, due_dates(obligation, period, calendar))
        for obligation in load_obligations()
        if obligation.binding_of(kind, "") is not None
        for period in periods_due(obligation, *days)
    ]
    present = [row for row in found if in_force(row[0], row[2].named_on)]
    return sorted(present, key=lambda row: (row[2].named_on, row[0].code))


def _document(
    owed: Owed, kind: OrganisationKind, names: FilingNames, language: Language
) -> dict[str, object]:
    record, period, dates = owed
    view = CalculationView(texts=names.texts, language=language)
    acts = {act.key: act for act in load_acts()}
    binding = record.binding_of(kind, "")
    return {
        "obligation": record.code,
        "name": record.names.in_language(language),
        "period": period.code,
        "due_on": dates.named_on.isoformat(),
        "last_working_day": dates.lead_on.isoformat(),
        "late_after": dates.late_after.isoformat(),
        "certainty": "expected" if dates.expected else "decided",
        "to": binding.to.in_language(language) if binding else "",
        "citations": [view.citation(wording.citation, acts) for wording in record.wordings],
    }


def _list(owed: list[Owed], names: FilingNames, language: Language) -> None:
    for record, period, dates in owed:
        expected = " (expected)" if dates.expected else ""
        name = f"{record.names.in_language(language)}, {names.period(period, language)}"
        typer.echo(f"{dates.named_on}  {name}; last working day {dates.lead_on}{expected}")
    if not owed:
        say("Nothing is due in these days.")


def _entry(
    owed: Owed, kind: OrganisationKind, names: FilingNames, calendar: WorkCalendar, language: Language
) -> CalendarEntry:
    record, period, dates = owed
    return CalendarEntry(
        uid=f"{kind.value}-{record.code}-{period.code}",
        day=dates.lead_on,
        summary=f"{record.names.in_language(language)}, {names.period(period, language)}",
        description=names.texts.plain(language, "filings.expected") if dates.expected else "",
        alarms=schedule_of(dates, calendar),
        expected=dates.expected,
    )


async def _calendar() -> tuple[WorkCalendar, str]:
    async with ready_database(Settings().database_url) as database, database.session() as session:
        return await CalendarStore(session).read(), await installation_name(session)
