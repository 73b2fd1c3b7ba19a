"""What is done with a message that belongs to a complaint: it goes to the official, or waits for a choice."""

from aiogram.types import Message
from dishka import AsyncContainer

from bot.dialogs.complaints.kept import KeptMessage, kept_of
from bot.handlers.placing.matters import PlaceKind, Placement
from bot.request_context import RequestContext
from bot.views.complaints import placing as screens
from bot.views.screen import Screen, send
from complaints.actions.citizens import AddToComplaint
from complaints.attachments.downloads import AttachmentDownloads
from complaints.store import SourceMessages
from complaints.thread import MessageContent


async def give(container: AsyncContainer, person: int, complaint: int, kept: KeptMessage) -> None:
    """Send text at once, and a file after its download, or neither.

    Raises what AddToComplaint and AttachmentDownloads.for_complaint raise.
    """
    if kept.file is not None:
        fetches = await container.get(AttachmentDownloads)
        await fetches.for_complaint(person, complaint, kept.file)
    if kept.text:
        add = await container.get(AddToComplaint)
        await add(person, complaint, MessageContent(text=kept.text))
        await (await container.get(SourceMessages)).keep(person, [kept.message], complaint)


async def place(
    message: Message, placement: Placement, context: RequestContext, container: AsyncContainer
) -> None:
    """The pictures of one album are answered once."""
    kept, messages = kept_of(message), placement.messages
    is_same_album = await messages.is_same_album(message.media_group_id)
    if placement.kind is PlaceKind.GIVE:
        case = placement.cases[0]
        await give(container, context.person.telegram_id, case.id, kept)
        await messages.remember("given", case.id)
        screen = screens.given_screen(context, case, int(kept.file is not None))
    else:
        await messages.add(kept)
        screen = _asked(placement, context, await messages.all())
    if not is_same_album:
        await send(message, screen)


def _asked(placement: Placement, context: RequestContext, kept: list[KeptMessage]) -> Screen:
    count, is_text = len(kept), any(one.text for one in kept)
    match placement.kind:
        case PlaceKind.OFFICIAL:
            return screens.asked_official(context, placement.cases[0], count, is_text=is_text)
        case PlaceKind.STORY:
            return screens.asked_story(context, count, is_text=is_text)
        case PlaceKind.CLOSED:
            return screens.closed_screen(context, placement.cases[0], count, is_text=is_text)
        case _:
            return screens.asked_citizen(context, placement.cases, count, is_text=is_text)
