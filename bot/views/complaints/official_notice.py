"""Notices to officials about a complaint: number, kind, service, date and a button; never the citizen."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from bot.request_context import RequestContext
from bot.views.callbacks import OfficialCaseCallback
from bot.views.complaints.complaint import kind_name, organisation_name, service_name
from bot.views.screen import Screen, button, keyboard
from complaints.case import ComplaintCase, case_of
from complaints.digest import DueCase
from complaints.notifier import ComplaintNotification, NotificationTopic
from complaints.requests.rules import RequestKind
from complaints.requests.store import RequestStore
from complaints.store import ComplaintStore


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialNoticeRenderer:
    session: AsyncSession
    context: RequestContext
    cipher: Cipher

    async def __call__(self, notification: ComplaintNotification) -> Screen:
        case = case_of(await ComplaintStore(self.session).get(notification.complaint))
        return self._screen(case, notification.topic, await self._last_day(case, notification.topic))

    async def due(self, due: DueCase) -> Screen:
        """A digest of one complaint."""
        case = case_of(await ComplaintStore(self.session).get(due.complaint))
        return self._screen(case, due.topic, due.due_on)

    async def _last_day(self, case: ComplaintCase, topic: NotificationTopic) -> date:
        if topic is NotificationTopic.MATERIALS_ASKED:
            asked = await RequestStore(self.session).last(case.id, RequestKind.MATERIALS)
            return asked.due_on if asked is not None else case.due_on
        return case.due_on

    def _screen(self, case: ComplaintCase, topic: NotificationTopic, last_day: date) -> Screen:
        text = self.context.html(
            f"told_official.{topic.value}",
            number=str(case.number),
            service=service_name(self.context, case.service),
            kind=kind_name(self.context.language, case.kind),
            due=case.due_on,
            extended=case.extended_by,
            last_day=last_day,
            passed_to=organisation_name(self.context, case.passed_to) if case.passed_to else "",
        )
        data = OfficialCaseCallback(complaint=case.id).pack()
        link = button(self.context.plain("told_official.open_button"), data)
        return Screen(text=str(text), keyboard=keyboard([[link]]))
