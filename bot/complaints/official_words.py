"""What an official is told of a complaint: number, kind, service, date, a way to it; never whose it is."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from bot.callbacks import OfficialCasePress
from bot.complaints.reading import kind_name, service_name
from bot.request_context import RequestContext
from bot.views.numbers import day
from bot.views.screen import Screen, button, keyboard
from complaints.case import case_of
from complaints.store import ComplaintStore
from complaints.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialWords:
    session: AsyncSession
    context: RequestContext
    cipher: Cipher

    async def __call__(self, telling: Telling) -> Screen:
        case = case_of(await ComplaintStore(self.session).get(telling.complaint))
        text = self.context.html(
            f"told_official.{telling.told.value}",
            number=str(case.number),
            service=service_name(self.context, case.service),
            kind=kind_name(self.context.language, case.kind),
            due=day(case.due_on, self.context.language),
            extended=case.extended_by,
        )
        press = OfficialCasePress(complaint=case.id).pack()
        door = button(self.context.plain("told_official.open_button"), press)
        return Screen(text=str(text), keyboard=keyboard([[door]]))
