"""What Telegram says by itself, and edits without words: passed over in silence, whatever window is open."""

from aiogram import F, Router
from aiogram.types import Message

from bot.app.filters import WORDLESS, IsServiceMessage, Matches
from messaging.inbox.unit import current_session
from messaging.moved_chats import follow


async def moved(message: Message) -> None:
    """A group became a supergroup: both tell so, either may be the first."""
    old, new = message.migrate_from_chat_id or message.chat.id, message.migrate_to_chat_id or message.chat.id
    await follow(current_session(), old, new)


async def passed_over(_: Message) -> None:
    """Say nothing: a pinned message or a live location that moves asks nothing."""


def make_router() -> Router:
    router = Router(name="service_messages")
    router.message.register(moved, Matches(F.migrate_to_chat_id | F.migrate_from_chat_id))
    router.message.register(passed_over, IsServiceMessage())
    router.edited_message.register(passed_over, IsServiceMessage())
    router.edited_message.register(passed_over, WORDLESS)
    return router
