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
from complaints.staff_drafts.actions import EntryDrafts
from complaints.staff_drafts.drafts import EntryDraft
from complaints.terms import date_complaint, moment_of, rule_of
from deadlines.due import DueDate

WIZARD = Wizard(QUESTIONS, Register)


@dataclass(frozen=True, slots=True)
class EntryFlow:
    """Reads and changes the entry draft of one person for one organisation, in the update's transaction."""

    entries: EntryDrafts
    guard: Guard

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

    async def due(self, organisation: str, received_on: date) -> DueDate:
        """The due date of the answer. Raises GoneError, OutsideCalendarError."""
        found = await self.guard.organisations.get(organisation)
        if found is None:
            raise GoneError
        complaint_context = self.entries.context
        at = min(complaint_context.now(), moment_of(received_on))
        return date_complaint(rule_of(found.kind), at, await complaint_context.calendar())
