"""Papers of control events as files: the act, the object's plan of measures, the year's plan."""

import asyncio
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.errors import GoneError
from accounts.permissions import Action
from kernel.language import Language
from localisation.formats import numeric_day
from oversight.control.entries import ControlDetails
from oversight.control.store import ControlStore
from registry_data.document_texts import load_document_texts
from registry_data.outlines import load_outline
from registry_data.store import ACTS, RegistryRepository
from reminders.chain import ControlEvent, EventFact, EventKind
from reminders.event_store import EventStore
from reports.context import ReportContext
from reports.documents.builder import as_docx
from reports.documents.control import (
    ControlLetter,
    PlannedEvent,
    act_points,
    letter_of,
    measures_table,
    year_table,
)
from reports.documents.model import DocumentPoint, DocumentTable
from reports.documents.outline import Known, document_of
from reports.files import FormFile, NameQueries


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """`lines` are (label, value) under the title, beside the organisation and the day."""

    organisation: str
    name: str
    lines: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ControlPapers:
    """Open to everyone who may see the organisation's filings."""

    context: ReportContext
    session: AsyncSession

    async def act(self, by: int, number: int, language: Language) -> FormFile:
        """The act with the contents of Order 78 ¶50. Raises GoneError, NotAllowedError."""
        event = await self._event(by, number)
        store = ControlStore(self.session)
        details, entries = await store.details(number), await store.of_event(number)
        points = act_points(event, details, entries, language)
        return await self._written("control-act", points, _head(event, "act", language), language)

    async def letter(self, by: int, number: int, which: ControlLetter, language: Language) -> FormFile:
        """The order, the notice or the letter on measures. Raises GoneError, NotAllowedError."""
        event = await self._event(by, number)
        store, code = ControlStore(self.session), event.organisation
        known = PlannedEvent(event=event, details=await store.details(number))
        names = await NameQueries(self.session).of(language, (), (code,))
        entries = await store.of_event(number)
        letter = letter_of(which, known, entries, names.organisation(code), language)

        def made() -> bytes:
            from reports.documents.files import letter_docx  # noqa: PLC0415

            return letter_docx(letter)

        return FormFile(name=f"{which.value}_{number}.docx", content=await asyncio.to_thread(made))

    async def measures(self, by: int, number: int, language: Language) -> FormFile:
        """The object's plan of measures (¶55), to be filled in. Raises GoneError, NotAllowedError."""
        event = await self._event(by, number)
        table = measures_table(await ControlStore(self.session).of_event(number), language)
        points = {"measures": DocumentPoint(title="", table=table, own=not table.rows)}
        return await self._written("control-measures", points, _head(event, "measures", language), language)

    async def year(self, by: int, organisation: str, year: int, language: Language) -> FormFile:
        """The plan (¶42): the planned events that begin in the year. Raises NotAllowedError."""
        table = await self._planned(by, organisation, year, language)
        points = {"events": DocumentPoint(title="", table=table, own=not table.rows)}
        texts = load_document_texts("control", language)
        head = PaperHead(
            organisation=organisation,
            name=f"plan_{organisation}_{year}.docx",
            lines=((texts("year_label"), str(year)),),
            signatures=(texts("approved", blank=texts("blank")),),
        )
        return await self._written("control-year", points, head, language)

    async def year_sheet(self, by: int, organisation: str, year: int, language: Language) -> FormFile:
        """The same as XLSX. Raises NotAllowedError."""
        table = await self._planned(by, organisation, year, language)
        title = f"{load_outline('control-year').titles.in_language(language)}, {year}"

        def made() -> bytes:
            from reports.documents.table_sheet import table_sheet  # noqa: PLC0415  openpyxl: the bot starts without it

            return table_sheet(title, table)

        return FormFile(name=f"plan_{organisation}_{year}.xlsx", content=await asyncio.to_thread(made))

    async def _planned(self, by: int, organisation: str, year: int, language: Language) -> DocumentTable:
        await self.context.guard.check(by, Action.SEE_FILINGS, organisation)
        found = await EventStore(self.session).of_organisations([organisation], EventKind.CONTROL)
        events = [one for one in found if one.planned and one.facts[EventFact.STARTS_ON].year == year]
        details = await ControlStore(self.session).details_of([one.number for one in events])
        planned = [
            PlannedEvent(event=one, details=details.get(one.number, ControlDetails())) for one in events
        ]
        return year_table(planned, language)

    async def _event(self, by: int, number: int) -> ControlEvent:
        event = await EventStore(self.session).get(number)
        if event is None or event.kind is not EventKind.CONTROL:
            raise GoneError
        await self.context.guard.check(by, Action.SEE_FILINGS, event.organisation)
        return event

    async def _written(self, outline: str, points: Known, head: PaperHead, language: Language) -> FormFile:
        names = await NameQueries(self.session).of(language, (), (head.organisation,))
        acts = {act.key: act for act in await RegistryRepository(self.session, ACTS).all()}
        texts = load_document_texts("paper", language)
        lines = (
            (texts("organisation"), names.organisation(head.organisation)),
            *head.lines,
            (texts("made_at"), numeric_day(self.context.today)),
        )
        built = document_of(load_outline(outline), points, lines, language, acts)
        return await as_docx(lambda: replace(built, signatures=head.signatures), head.name)


def _head(event: ControlEvent, name: str, language: Language) -> PaperHead:
    texts = load_document_texts("control", language)
    kind = texts("planned" if event.planned else "unplanned")
    lines = ((texts("event_label"), f"№ {event.number}, {kind}"), (texts("object_label"), event.object))
    return PaperHead(organisation=event.organisation, name=f"{name}_{event.number}.docx", lines=lines)
