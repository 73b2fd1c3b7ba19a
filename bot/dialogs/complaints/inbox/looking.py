"""An official opens the words, the files or the person of a complaint: logged, and hidden again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.queries import MemberQueries
from bot.dialogs.chosen import as_one_of, complaint_of
from bot.dialogs.complaints.hand_out import files_of
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext, context_of
from bot.views.accounts.personal_values import SHOWN_FOR, PersonalValues, RevealedValues, look_subject
from bot.views.callbacks import OfficialCaseCallback, OfficialLookCallback
from bot.views.complaints.complaint import number_label
from bot.views.complaints.official_case import message_line
from bot.views.complaints.official_papers import OfficialPapers
from bot.views.screen import Screen, button, keyboard
from complaints.approvals.queries import ApprovalQueries
from complaints.attachments.folder import FileFolder, FileMissingError
from complaints.case import case_of
from complaints.notes.notes import ReadNotes
from complaints.queries.cases import CaseQueries, LookedAt, LookReason
from complaints.tables import AttachmentRow
from localisation.formats import moment
from messaging.text_parts import split_html

MINUTES = int(SHOWN_FOR.total_seconds() // 60)
_BUTTONS = {
    "read": LookedAt.WORDS,
    "files": LookedAt.FILES,
    "look": LookedAt.PERSON,
    "sheet": LookedAt.PAPER,
    "notes": LookedAt.NOTES,
    "answer": LookedAt.ANSWER,
    "returned": LookedAt.ANSWER,
}


@dataclass(frozen=True, slots=True)
class CaseLooks:
    queries: CaseQueries
    values: PersonalValues
    folder: FileFolder
    papers: OfficialPapers
    read_notes: ReadNotes
    members: MemberQueries
    approvals: ApprovalQueries

    async def show(
        self,
        context: RequestContext,
        message: Message,
        complaint: int,
        what: LookedAt,
        reason: LookReason | None,
    ) -> None:
        """Raises what CaseQueries.look and CaseQueries.personal raise."""
        number, shown = await self._opened(context, complaint, what, reason)
        why = 0 if reason is None else list(LookReason).index(reason) + 1
        again = OfficialLookCallback(complaint=complaint, what=list(LookedAt).index(what), reason=why).pack()
        buttons = [[button(context.plain("cases.look_again"), again)], [_case_button(context, complaint)]]
        hidden = Screen(text=str(context.html("cases.hidden", number=number)), keyboard=keyboard(buttons))
        subject = look_subject(complaint, context.person.telegram_id)
        await self.values.prolong(subject)
        await self.values.reveal(message, subject, shown, hidden)

    async def _opened(
        self, context: RequestContext, complaint: int, what: LookedAt, reason: LookReason | None
    ) -> tuple[str, RevealedValues]:
        person, buttons = context.person.telegram_id, keyboard([[_case_button(context, complaint)]])
        if what is LookedAt.PERSON:
            personal = await self.queries.personal(person, complaint, reason)
            case = case_of(await self.queries.context.complaints.get(complaint))
            number = str(case.number)
            values = {
                "whose": number_label(context, case.complainant, case.behalf),
                "name": personal.name,
                "iin": personal.number,
                "phone": personal.phone,
                "represented": personal.represented,
            }
            text = str(context.html("cases.personal", number=number, minutes=MINUTES, **values))
            return number, RevealedValues(parts=[text], keyboard=buttons)
        if what is LookedAt.PAPER:
            return await self._paper(context, complaint, reason)
        if what is LookedAt.NOTES:
            return await self._notes(context, complaint, reason)
        if what is LookedAt.ANSWER:
            return await self._answer(context, complaint, reason)
        full = await self.queries.look(person, complaint, what, reason)
        number = str(full.case.number)
        if what is LookedAt.WORDS:
            said = [message_line(context, one) for one in full.thread]
            given: dict[str, object] = {"number": number, "text": full.text, "rated": full.words}
            text = str(context.html("cases.words", said=said, minutes=MINUTES, **given))
            return number, RevealedValues(parts=split_html(text), keyboard=buttons)
        files = await self._files(number, files_of(full))
        text = str(context.html("cases.files_open", number=number, count=len(files), minutes=MINUTES))
        return number, RevealedValues(parts=[text], keyboard=buttons, files=files)

    async def _files(self, number: str, rows: Sequence[AttachmentRow]) -> list[BufferedInputFile]:
        """Raises FileMissingError."""
        keys = await self.queries.file_keys(rows)
        if any(row.name not in keys for row in rows):
            raise FileMissingError
        return [
            BufferedInputFile(
                await self.folder.read(row.name, keys[row.name]), f"{number}-{place}.{row.type}"
            )
            for place, row in enumerate(rows, start=1)
        ]

    async def _answer(
        self, context: RequestContext, complaint: int, reason: LookReason | None
    ) -> tuple[str, RevealedValues]:
        """An answer that waits with its files, for the head; or the head's note on one that was returned."""
        person = context.person.telegram_id
        full = await self.queries.of_official(person, complaint)
        number, buttons = str(full.case.number), keyboard([[_case_button(context, complaint)]])
        if full.is_returned:
            note = await self.approvals.note(person, complaint, reason)
            text = str(context.html("approval.note_open", number=number, note=note, minutes=MINUTES))
            return number, RevealedValues(parts=split_html(text), keyboard=buttons)
        answer = await self.approvals.answer(person, complaint) if full.awaits_head else None
        if answer is None or answer.draft.outcome is None:
            raise WindowOutdatedError
        shown = {
            "outcome": context.plain(f"cases.outcome_{answer.draft.outcome.value}"),
            "restored": answer.draft.how if answer.draft.restored else "",
            "text": answer.draft.text,
        }
        text = str(context.html("approval.answer_open", number=number, minutes=MINUTES, **shown))
        files = await self._files(number, answer.files)
        return number, RevealedValues(parts=split_html(text), keyboard=buttons, files=files)

    async def _paper(
        self, context: RequestContext, complaint: int, reason: LookReason | None
    ) -> tuple[str, RevealedValues]:
        full, complainant = await self.queries.paper(context.person.telegram_id, complaint, reason)
        paper = await self.papers.paper(context, full, complainant)
        if paper is None:
            raise WindowOutdatedError
        number = str(full.case.number)
        text = str(context.html("paper.sheet_open", number=number, minutes=MINUTES))
        buttons = keyboard([[_case_button(context, complaint)]])
        file = BufferedInputFile(paper.content, paper.name)
        return number, RevealedValues(parts=[text], keyboard=buttons, files=[file])

    async def _notes(
        self, context: RequestContext, complaint: int, reason: LookReason | None
    ) -> tuple[str, RevealedValues]:
        notes = await self.read_notes(context.person.telegram_id, complaint, reason)
        names = await self.members.names([one.author for one in notes])
        unknown = context.plain("officials.no_name")
        lines = [
            {"at": moment(one.at), "who": names.get(one.author, unknown), "text": one.text} for one in notes
        ]
        number = str(case_of(await self.queries.context.complaints.get(complaint)).number)
        text = str(context.html("casework.notes", number=number, notes=lines, minutes=MINUTES))
        buttons = keyboard([[_case_button(context, complaint)]])
        return number, RevealedValues(parts=split_html(text), keyboard=buttons)


def look_of(pressed: OfficialLookCallback) -> tuple[LookedAt, LookReason | None]:
    """Raises WindowOutdatedError for places of nothing: button data comes from the client."""
    kinds, reasons = list(LookedAt), [None, *LookReason]
    if not (0 <= pressed.what < len(kinds) and 0 <= pressed.reason < len(reasons)):
        raise WindowOutdatedError
    return kinds[pressed.what], reasons[pressed.reason]


def _case_button(context: RequestContext, complaint: int) -> Any:
    return button(context.plain("cases.open"), OfficialCaseCallback(complaint=complaint).pack())


@inject
async def on_look(
    callback: CallbackQuery,
    pressed: Button,
    manager: DialogManager,
    looks: FromDishka[CaseLooks],
) -> None:
    """Who holds the case opens it at once, others say why: here, or when they opened the lists."""
    context, complaint = context_of(manager), complaint_of(manager)
    what = _BUTTONS[pressed.widget_id or "read"]
    full = await looks.queries.of_official(context.person.telegram_id, complaint)
    given = manager.dialog_data.get("look_reason")
    is_asked = what is LookedAt.ANSWER and full.awaits_head  # approving is why
    if full.holder != context.person.telegram_id and given is None and not is_asked:
        manager.dialog_data["look"] = what.name
        await manager.switch_to(Cases.why)
        return
    if isinstance(callback.message, Message):
        reason = None if given is None else as_one_of(LookReason, given)
        await looks.show(context, callback.message, complaint, what, reason)


@inject
async def on_look_reason(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    name: str,
    looks: FromDishka[CaseLooks],
) -> None:
    what, reason = LookedAt.__members__.get(str(manager.dialog_data.get("look"))), as_one_of(LookReason, name)
    if what is None:
        raise WindowOutdatedError
    if isinstance(callback.message, Message):
        await looks.show(context_of(manager), callback.message, complaint_of(manager), what, reason)
    await manager.switch_to(Cases.case)
