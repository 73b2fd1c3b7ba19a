"""Notices to citizens about their complaints, in their language, with buttons for the next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from bot.request_context import RequestContext
from bot.views.callbacks import (
    CaseAction,
    CaseCallback,
    SelfFiledAction,
    SelfFiledCallback,
    SelfFiledStepCallback,
)
from bot.views.complaints.appeal import appeal_text, silence_text
from bot.views.complaints.complaint import agency_values, lacking, organisation_name, service_name
from bot.views.screen import Screen, button, keyboard
from complaints.case import ComplaintCase, case_of
from complaints.hearings.store import HearingStore
from complaints.joining.actions import joined_to
from complaints.lifecycle import ComplaintState, offer_ends_on
from complaints.notifier import ComplaintNotification, NotificationTopic
from complaints.queries.routes import HeldRegistry, RouteQueries
from complaints.requests.rules import RequestEnd, RequestKind
from complaints.requests.store import RequestStore, request_of
from complaints.store import ComplaintStore
from complaints.tables import AttachmentRow, ExtensionRow, MessageRow, SelfFiledRow
from complaints.terms import Rule
from complaints.thread import MessageKind, MessageThread
from kernel.clock import almaty_date
from localisation.formats import day

_AGENCY = {Rule.PROVIDER: CaseAction.AGENCY, Rule.AUTHORITY: CaseAction.COURT}


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenNoticeRenderer:
    session: AsyncSession
    context: RequestContext
    cipher: Cipher

    async def __call__(self, notification: ComplaintNotification) -> Screen:
        if notification.topic in {NotificationTopic.SELF_KEPT_DUE, NotificationTopic.SELF_KEPT_OVERDUE}:
            return await self._self_filed(notification)
        case = case_of(await ComplaintStore(self.session).get(notification.complaint))
        text = self.context.html(
            f"told.{notification.topic.value}",
            number=str(case.number),
            service=service_name(self.context, case.service),
            organisation=organisation_name(self.context, case.organisation),
            due=case.due_on,
            at_agency=case.rule is Rule.AUTHORITY,
            **(more := await self._more(case, notification)),
        )
        here = bool(more.get("agency_here", True))
        return Screen(
            text=str(text),
            keyboard=keyboard([[one] for one in self._buttons(case, notification.topic, agency_here=here)]),
        )

    async def _more(self, case: ComplaintCase, notification: ComplaintNotification) -> dict[str, object]:
        """Lines specific to some notices."""
        match notification.topic:
            case NotificationTopic.ASKED | NotificationTopic.PASSED_OUT:
                to = organisation_name(self.context, case.passed_to) if case.passed_to else ""
                return {"said": await self._said(notification.message), "to": to}
            case NotificationTopic.EXTENDED:
                return {"days": case.extended_by, "reason": await self._reason(case)}
            case NotificationTopic.PASSED_ON:
                return {"said": await self._said(notification.message), **await self._following(case)}
            case NotificationTopic.ANSWERED | NotificationTopic.PRELIMINARY | NotificationTopic.PROTOCOL:
                is_answer = notification.topic is NotificationTopic.ANSWERED
                return await (self._answer if is_answer else self._hearing)(case, notification)
            case NotificationTopic.OVERDUE:
                routes = RouteQueries(self.session, HeldRegistry(self.context.catalogue))
                agency = agency_values(self.context, await routes.to_agency(case))
                return {**agency, "silence": silence_text(self.context, case)}
        return await self._requested(case, notification)

    async def _requested(self, case: ComplaintCase, notification: ComplaintNotification) -> dict[str, object]:
        """Lines of what the Code lets one ask."""
        match notification.topic:
            case (
                NotificationTopic.COMPLETION_ASKED
                | NotificationTopic.COMPLETION_DUE
                | NotificationTopic.RETURNED
            ):
                return await self._incomplete(case, notification)
            case NotificationTopic.MATERIALS_SHOWN:
                return await self._materials(case, notification)
        return await self._joined(case)

    async def _said(self, message: int | None) -> str:
        return await MessageThread(self.session, self.cipher).text_of(message)

    async def _incomplete(
        self, case: ComplaintCase, notification: ComplaintNotification
    ) -> dict[str, object]:
        """What the complaint lacks or lacked: in a list, or in a line."""
        row = await RequestStore(self.session).last(case.id, RequestKind.COMPLETION)
        missing = lacking(self.context, request_of(row).missing) if row is not None else []
        if notification.topic is NotificationTopic.RETURNED:
            return {"said": await self._said(notification.message), "missing": ", ".join(missing)}
        return {"missing": missing, "complete_by": row.complete_by if row is not None else None}

    async def _materials(self, case: ComplaintCase, notification: ComplaintNotification) -> dict[str, object]:
        row = await RequestStore(self.session).last(case.id, RequestKind.MATERIALS)
        how = row.how if row is not None and row.how else RequestEnd.SENT.value
        return {
            "how": self.context.plain(f"told.materials_{how}"),
            "is_sent": how == RequestEnd.SENT,
            "said": await self._said(notification.message),
            "files": await self._file_count(notification.message),
        }

    async def _file_count(self, message: int | None) -> int:
        files = select(func.count()).where(AttachmentRow.message == message)
        return await self.session.scalar(files) or 0

    async def _answer(self, case: ComplaintCase, notification: ComplaintNotification) -> dict[str, object]:
        answered_on = case.answered_on or almaty_date(self.context.now)
        outcome = case.outcome.value if case.outcome is not None else "rejected"
        return {
            "said": await self._said(notification.message),
            "restored": await self._restored(case),
            "files": await self._file_count(notification.message),
            "outcome": self.context.plain(f"my_complaints.outcome_{outcome}"),
            "offer": offer_ends_on(answered_on),
            "appeal": appeal_text(self.context, case.rule, answered_on),
        }

    async def _files(self, message: int | None) -> int:
        files = select(AttachmentRow.id).where(AttachmentRow.message == message)
        return len((await self.session.scalars(files)).all())

    async def _hearing(self, case: ComplaintCase, notification: ComplaintNotification) -> dict[str, object]:
        hearing = await HearingStore(self.session).hearing(case.id)
        days = {name: getattr(hearing, name, None) for name in ("object_by", "act_from", "remarks_by")}
        outcome = hearing.outcome if hearing is not None else None
        return {
            **days,
            "said": await self._said(notification.message),
            "files": await self._files(notification.message),
            "outcome": self.context.plain(f"cases.outcome_{outcome.value}") if outcome is not None else "",
        }

    async def _joined(self, case: ComplaintCase) -> dict[str, object]:
        """The complaint that goes on, and its date; nothing where none is joined."""
        kept = await joined_to(self.session, case.id) if case.state is ComplaintState.JOINED else None
        if kept is None:
            return {}
        return {"kept": str(kept.number), "kept_due": day(kept.due_on, self.context.language)}

    async def _restored(self, case: ComplaintCase) -> str:
        """How the citizen's rights were restored; empty if they were not."""
        if not case.restored:
            return ""
        query = select(MessageRow.id).where(
            MessageRow.complaint == case.id, MessageRow.kind == MessageKind.RESTORED.value
        )
        return await self._said(await self.session.scalar(query.order_by(MessageRow.id.desc()).limit(1)))

    async def _reason(self, case: ComplaintCase) -> str:
        query = select(ExtensionRow.reason).where(
            ExtensionRow.complaint == case.id, ExtensionRow.approved.is_(True)
        )
        reason = await self.session.scalar(query.order_by(ExtensionRow.id.desc()).limit(1))
        return self.context.plain(f"told.reason_{reason or 'study'}")

    async def _following(self, case: ComplaintCase) -> dict[str, object]:
        """The organisation that has it now, with its number and date."""
        chain = await ComplaintStore(self.session).chain(case.root)
        following = [case_of(one) for one in chain if one.state != ComplaintState.JOINED][-1]
        return {
            "to": organisation_name(self.context, following.organisation),
            "new_number": str(following.number),
            "new_due": following.due_on,
        }

    def _buttons(
        self, case: ComplaintCase, topic: NotificationTopic, *, agency_here: bool
    ) -> Sequence[InlineKeyboardButton]:
        match topic:
            case (
                NotificationTopic.ASKED
                | NotificationTopic.COMPLETION_ASKED
                | NotificationTopic.COMPLETION_DUE
            ):
                return (self._button("answer_button", CaseAction.ADD, case), self._open(case))
            case NotificationTopic.PRELIMINARY:
                return (
                    self._button("object_button", CaseAction.ADD, case),
                    self._button("oral_button", CaseAction.ORAL, case),
                    self._open(case),
                )
            case NotificationTopic.ANSWERED:
                return (
                    self._button("solved_button", CaseAction.SOLVED, case),
                    self._button("not_solved_button", CaseAction.NOT_SOLVED, case),
                    self._open(case),
                )
            case NotificationTopic.OVERDUE:
                key = "agency_button" if agency_here else "agency_text_button"
                key = "court_button" if case.rule is Rule.AUTHORITY else key
                return (self._button(key, _AGENCY[case.rule], case), self._open(case))
        return (self._open(case),)

    def _open(self, case: ComplaintCase) -> InlineKeyboardButton:
        return self._button("open_button", CaseAction.OPEN, case)

    def _button(self, key: str, action: CaseAction, case: ComplaintCase) -> InlineKeyboardButton:
        return button(
            self.context.plain(f"told.{key}"), CaseCallback(action=action, complaint=case.id).pack()
        )

    async def _self_filed(self, notification: ComplaintNotification) -> Screen:
        row = await self.session.get(SelfFiledRow, notification.complaint)
        text = self.context.html(
            f"told.{notification.topic.value}",
            service=service_name(self.context, row.service if row else None),
            filed=day(row.filed_on, self.context.language) if row else "",
            due=row.due_on if row else "",
            at_agency=row is not None and row.rule == Rule.AUTHORITY,
        )
        number = notification.complaint
        steps = [
            button(
                self.context.plain(f"my_complaints.{action.name.lower()}"),
                SelfFiledStepCallback(action=action, self_filed=number).pack(),
            )
            for action in SelfFiledAction
        ]
        opens = button(self.context.plain("told.open_button"), SelfFiledCallback(self_filed=number).pack())
        return Screen(text=str(text), keyboard=keyboard([*([step] for step in steps), [opens]]))
