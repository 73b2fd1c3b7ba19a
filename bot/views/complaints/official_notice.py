"""Notices to officials about a complaint: number, kind, service, date and a button; never the citizen."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from bot.request_context import RequestContext
from bot.views.callbacks import OfficialCaseCallback
from bot.views.complaints.complaint import kind_name, service_name
from bot.views.screen import Screen, button, keyboard
from complaints.case import case_of
from complaints.notifier import ComplaintNotification
from complaints.store import ComplaintStore
from localisation.formats import day


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialNoticeRenderer:
    session: AsyncSession
    context: RequestContext
    cipher: Cipher

    async def __call__(self, notification: ComplaintNotification) -> Screen:
        case = case_of(await ComplaintStore(self.session).get(notification.complaint))
        text = self.context.html(
            f"told_official.{notification.topic.value}",
            number=str(case.number),
            service=service_name(self.context, case.service),
            kind=kind_name(self.context.language, case.kind),
            due=day(case.due_on, self.context.language),
            extended=case.extended_by,
        )
        data = OfficialCaseCallback(complaint=case.id).pack()
        link = button(self.context.plain("told_official.open_button"), data)
        return Screen(text=str(text), keyboard=keyboard([[link]]))
