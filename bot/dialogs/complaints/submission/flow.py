"""The citizen's draft of a complaint and its wizard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aiogram.types import (
    CallbackQuery,
    Message,
    ReplyKeyboardRemove,
)
from aiogram_dialog import DialogManager, ShowMode
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.profile.fields import Field
from accounts.profile.store import ProfileStore
from bot.dialogs.complaints.submission.place import districts_of, route_status_of
from bot.dialogs.complaints.submission.states import Complain
from bot.dialogs.complaints.submission.steps import QUESTIONS, SubmissionFacts, SubmissionStep
from bot.dialogs.contact import contact_keyboard
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.wizard import Wizard
from bot.request_context import context_of
from bot.views.complaints.complaint import not_here_text
from complaints.actions.drafting import ChangeDraft, StoredDraft
from complaints.draft import Draft
from complaints.drafts import DraftStore
from complaints.facts import Behalf, Complainant
from complaints.queries.routes import HeldRegistry, RouteQueries
from complaints.routing import NotConnected, Route
from complaints.store import AttachmentStore
from complaints.tables import AttachmentRow
from kernel.identity_numbers import NumberKind, number_kind_of

_TOLD = "told"  # that nobody here can take it


@dataclass(frozen=True, slots=True)
class Flow:
    """Reads and changes the person's draft in the update's transaction."""

    session: AsyncSession
    cipher: Cipher
    profiles: ProfileStore
    change_draft: ChangeDraft

    async def find(self, person: int) -> StoredDraft | None:
        """The person's draft without its files, which most windows do not show."""
        drafts = DraftStore(self.session, self.cipher)
        row = await drafts.of(person)
        return None if row is None else StoredDraft(id=row.id, draft=drafts.read(row))

    async def files(self, stored: StoredDraft) -> Sequence[AttachmentRow]:
        return await AttachmentStore(self.session).of_draft(stored.id)

    async def get(self, person: int) -> StoredDraft:
        """Raises WindowOutdatedError if the person has no draft."""
        found = await self.find(person)
        if found is None:
            raise WindowOutdatedError
        return found

    async def change(self, person: int, **values: object) -> StoredDraft:
        return await self.change_draft(person, lambda draft: replace(draft, **values))  # type: ignore[arg-type]

    async def kept_number(self, person: int, complainant: Complainant) -> str | None:
        """The number in the person's profile, if it is one of such a complainant."""
        number = (await self.profiles.of(person)).values.get(Field.NUMBER)
        return number if number is not None and _complainant(number) is complainant else None

    async def kept_place(self, person: int) -> tuple[str | None, str | None]:
        """The region and district of the person's profile."""
        profile = (await self.profiles.of(person)).values
        return profile.get(Field.REGION), profile.get(Field.DISTRICT)

    async def begin(self, person: int, service: str | None) -> StoredDraft:
        """The person's draft, created if needed, prefilled from their profile."""
        profile = (await self.profiles.of(person)).values
        filled: dict[str, object] = {
            "name": profile.get(Field.NAME),
            "number": profile.get(Field.NUMBER),
            "phone": profile.get(Field.TELEPHONE),
            "region": profile.get(Field.REGION),
            "district": profile.get(Field.DISTRICT),
        }
        if Field.NUMBER in profile:
            filled["complainant"] = _complainant(profile[Field.NUMBER])
        elif Field.NAME in profile:
            filled["complainant"] = Complainant.NATURAL
        if service is not None:
            filled |= {"service": service, "service_known": True}
        return await self.change_draft(person, _filling(filled))


def _complainant(number: str) -> Complainant:
    return Complainant.NATURAL if number_kind_of(number) is NumberKind.IIN else Complainant.LEGAL


def _filling(values: dict[str, object]) -> Callable[[Draft], Draft]:
    """Fill in missing values; the service is always replaced by the one just chosen.

    Somebody else's number is not the person's own.
    """

    def fill(draft: Draft) -> Draft:
        missing = {
            name: value
            for name, value in values.items()
            if value is not None
            and (name.startswith("service") or getattr(draft, name) is None)
            and (name != "number" or draft.behalf is Behalf.SELF)
        }
        return replace(draft, **missing)  # type: ignore[arg-type]

    return fill


class ComplaintWizard(Wizard[SubmissionStep, SubmissionFacts]):
    """Shows the button that shares the person's own number while asking for the telephone."""

    async def back(self, manager: DialogManager) -> None:
        if manager.current_context().state == Complain.phone:
            await take_button_away(manager)
        await super().back(manager)

    async def _show(self, manager: DialogManager, step: SubmissionStep) -> None:
        if step is SubmissionStep.PHONE:
            await _offer_contact(manager)
        await super()._show(manager, step)


WIZARD = ComplaintWizard(QUESTIONS, Complain)


async def proceed(manager: DialogManager, flow: Flow, stored: StoredDraft | None = None) -> None:
    """Ask the first open question, or show the summary."""
    context = context_of(manager)
    draft = (stored or await flow.get(context.person.telegram_id)).draft
    routes = RouteQueries(flow.session, HeldRegistry(context.catalogue))
    if draft.service_known:
        await tell_not_here(manager, await routes.of_draft(draft))
    facts = SubmissionFacts(
        draft=draft,
        route_status=await route_status_of(routes, draft),
        districts=bool(districts_of(context.catalogue, draft)),
    )
    await WIZARD.proceed(manager, facts)


async def tell_not_here(manager: DialogManager, route: Route) -> bool:
    """Say once, before anything personal is asked, that nothing can be sent and what the bot does instead."""
    message, data = message_of(manager), manager.current_context().dialog_data
    if not isinstance(route, NotConnected) or data.get(_TOLD) or message is None:
        return False
    await message.answer(not_here_text(context_of(manager), route))
    data[_TOLD] = True
    manager.show_mode = ShowMode.SEND
    return True


async def _offer_contact(manager: DialogManager) -> None:
    """Send the contact button in a message of its own, and the window below it."""
    context, message = context_of(manager), message_of(manager)
    if message is not None:
        await message.answer(context.html("complaint.phone_hint"), reply_markup=contact_keyboard(context))
        manager.show_mode = ShowMode.SEND


async def take_button_away(manager: DialogManager) -> None:
    """Remove the contact button with a message, and send the window below it."""
    message = message_of(manager)
    if message is not None:
        text = context_of(manager).html("complaint.phone_taken")
        await message.answer(text, reply_markup=ReplyKeyboardRemove())
        manager.show_mode = ShowMode.SEND


def message_of(manager: DialogManager) -> Message | None:
    """The message received, or the one whose button was pressed; None if inaccessible."""
    found = manager.event.message if isinstance(manager.event, CallbackQuery) else manager.event
    return found if isinstance(found, Message) else None
