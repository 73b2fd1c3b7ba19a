"""A spreadsheet that an official sent: takes it, and says what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import escape

from bot.callbacks import ReportPress
from bot.downloads.notes import Notes
from bot.refusals import refusal
from bot.reporting.tables import SheetFetchRow
from bot.translations import Translations
from bot.views.report import ReportView
from bot.views.screen import Screen, button, fields, keyboard
from database.engine import Database
from database.unit_of_work import JoinedUnitOfWork, UnitOfWork
from deadlines.clock import Clock
from deadlines.errors import DomainError
from messaging.outbox import writing as outbox
from messaging.outbox.writing import Letter
from registry_data.schema import Language
from reports.actions import Opened, TakeSheet
from reports.correcting import AskCorrection
from reports.errors import SheetNotFetchedError
from reports.making import make_desk
from reports.store import Report, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTaker:
    database: Database
    clock: Clock
    texts: Translations

    @property
    def table(self) -> type[SheetFetchRow]:
        return SheetFetchRow

    def not_fetched(self) -> DomainError:
        return SheetNotFetchedError()

    async def take(self, row: SheetFetchRow, content: bytes) -> None:
        """Take it and answer in one transaction: the note goes with it."""
        subject = Subject(form=row.form, organisation=row.organisation, period=row.period)
        async with self.database.unit_of_work() as unit:
            if not await self._notes(unit).finish(row.id):
                return
            desk = make_desk(JoinedUnitOfWork(unit), self.clock)
            if row.materials is not None:
                asked = await AskCorrection(desk)(row.person, subject, content, row.materials)
                await self._say(unit, row, lambda language: self._asked(asked, language))
            else:
                taken = await TakeSheet(desk)(row.person, subject, content)
                await self._say(unit, row, lambda language: self._taken(taken, language))
            await unit.commit()

    async def give_up(self, row: SheetFetchRow, error: DomainError) -> None:
        """Say why, once."""
        async with self.database.unit_of_work() as unit:
            if await self._notes(unit).finish(row.id):
                await self._say(
                    unit,
                    row,
                    lambda language: Screen(text=str(escape(refusal(self.texts, language, error)))),
                )
            await unit.commit()

    async def _say(self, unit: UnitOfWork, row: SheetFetchRow, words: Callable[[Language], Screen]) -> None:
        payload = {"chat_id": row.person, **fields(words(Language(row.language)))}
        letter = Letter(chat_id=row.person, method="sendMessage", payload=payload)
        await outbox.write(unit.session, [letter], self.clock.now())

    def _asked(self, asked: Report | Opened, language: Language) -> Screen:
        if not isinstance(asked, Opened):
            return Screen(text=str(self.texts.html(language, "report.correction_asked")))
        view = ReportView(self.texts, language)
        form = view.form(asked.form, asked.report.subject.period)
        head = self.texts.html(language, "report.not_taken", form=form, count=len(asked.findings))
        return Screen(text="\n".join([str(head), *view.findings(asked, asked.findings)]))

    def _taken(self, taken: Opened, language: Language) -> Screen:
        """What came of the sheet: nothing was taken, or kept with faults, or ready to be handed in."""
        view = ReportView(self.texts, language)
        key = "taken_right"
        if taken.faults:
            key = "taken_with_faults" if any(one.place for one in taken.faults) else "not_taken"
        head = self.texts.html(
            language,
            f"report.{key}",
            form=view.form(taken.form, taken.report.subject.period),
            count=len(taken.faults),
        )
        lines = [str(head), *view.findings(taken, taken.findings)]
        data = ReportPress(number=taken.report.number).pack()
        label = self.texts.plain(language, "report.open_button")
        return Screen(text="\n".join(lines), keyboard=keyboard([[button(label, data)]]))

    def _notes(self, unit: UnitOfWork) -> Notes[SheetFetchRow]:
        return Notes(SheetFetchRow, unit.session, self.clock)
