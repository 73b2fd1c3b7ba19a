"""Draft and wizard for a complaint received outside the bot and entered by an official."""

from dataclasses import dataclass, replace
from datetime import date

from aiogram_dialog import DialogManager

from accounts.errors import GoneError
from accounts.officials.guard import Guard
from accounts.permissions import Action
from bot.dialogs.chosen import organisation_of
from bot.dialogs.complaints.entry.states import Register
from bot.dialogs.complaints.entry.steps import QUESTIONS
from bot.dialogs.wizard import Wizard
from bot.request_context import context_of
from complaints.attachments.downloads import AttachmentDownloads
from complaints.staff_drafts.actions import EntryDrafts, StoredScans
from complaints.staff_drafts.drafts import EntryDraft
from complaints.terms import date_complaint, moment_of, rule_of
from deadlines.due import DueDate
from messaging.downloads.queue import SentFile

WIZARD = Wizard(QUESTIONS, Register)


@dataclass(frozen=True, slots=True)
class EntryFlow:
    """Reads and changes the entry draft of one person for one organisation, in the update's transaction."""

    entries: EntryDrafts
    guard: Guard
    downloads: AttachmentDownloads

    async def places(self, person: int) -> list[str]:
        """The codes of the organisations for which `person` may enter complaints."""
        codes = dict.fromkeys(one.organisation for one in await self.guard.members.of_person(person))
        known = [code for code in codes if await self.guard.organisations.get(code) is not None]
        return [code for code in known if await self.guard.may(person, Action.REGISTER_COMPLAINTS, code)]

    async def get(self, manager: DialogManager) -> EntryDraft:
        """Raises NotAllowedError."""
        return await self.entries.find(context_of(manager).person.telegram_id, organisation_of(manager))

    async def change(self, manager: DialogManager, **values: object) -> EntryDraft:
        """Raises NotAllowedError, and what EntryDraft's readers raise."""
        person, organisation = context_of(manager).person.telegram_id, organisation_of(manager)
        return await self.entries.change(
            person,
            organisation,
            lambda draft: replace(draft, **values),  # type: ignore[arg-type]
        )

    async def scans(self, manager: DialogManager) -> int:
        """How many files the entry has, those still on their way among them. Raises NotAllowedError."""
        stored = await self._stored(manager)
        return 0 if stored is None else stored.count + await self.downloads.of_reply(stored.id)

    async def are_coming(self, manager: DialogManager) -> bool:
        stored = await self._stored(manager)
        return stored is not None and await self.downloads.of_reply(stored.id) > 0

    async def attach(self, manager: DialogManager, file: SentFile) -> None:
        """Raises NotAllowedError, FileTooLargeError, TooManyFilesError."""
        await self.change(manager)
        stored = await self._stored(manager)
        assert stored is not None
        await self.downloads.for_reply(context_of(manager).person.telegram_id, stored.id, file)

    async def _stored(self, manager: DialogManager) -> StoredScans | None:
        return await self.entries.scans(context_of(manager).person.telegram_id, organisation_of(manager))

    async def due(self, organisation: str, received_on: date) -> DueDate:
        """The due date of the answer. Raises GoneError, OutsideCalendarError."""
        found = await self.guard.organisations.get(organisation)
        if found is None:
            raise GoneError
        complaint_context = self.entries.context
        at = min(complaint_context.now(), moment_of(received_on))
        return date_complaint(rule_of(found.kind), at, await complaint_context.calendar())
