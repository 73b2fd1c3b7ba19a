"""Information about a chat and its members."""

import telegram

from localgram.arguments import Arguments
from localgram.chats import ChatState
from localgram.errors import bad_request
from localgram.methods.table import Method
from localgram.world import TelegramWorld


async def get_chat(world: TelegramWorld, arguments: Arguments) -> telegram.ChatFullInfo:
    state = world.chat(arguments)
    chat = state.info
    return telegram.ChatFullInfo(
        chat.id,
        chat.type,
        accent_color_id=abs(chat.id) % 7,
        max_reaction_count=11,
        accepted_gift_types=telegram.AcceptedGiftTypes(
            unlimited_gifts=False,
            limited_gifts=False,
            unique_gifts=False,
            premium_subscription=False,
            gifts_from_channels=False,
        ),
        title=chat.title,
        username=chat.username,
        first_name=chat.first_name,
        last_name=chat.last_name,
        pinned_message=_pinned(state),
    )


def _pinned(chat: ChatState) -> telegram.Message | None:
    number = next((one for one in reversed(chat.pinned) if one in chat.messages), None)
    return chat.messages[number].message if number is not None else None


async def get_chat_member(world: TelegramWorld, arguments: Arguments) -> telegram.ChatMember:
    """The bot and everybody who wrote there are members; who did not has left."""
    chat = world.chat(arguments)
    number = arguments.integer("user_id")
    if not number:
        raise bad_request("invalid user_id specified")
    if number == world.bot.id:
        return telegram.ChatMemberMember(world.bot)
    person = world.people.get(number)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if person.user.id == chat.info.id or person.user.id in _writers(chat):
        return telegram.ChatMemberMember(person.user)
    return telegram.ChatMemberLeft(person.user)


async def get_chat_administrators(world: TelegramWorld, arguments: Arguments) -> list[telegram.ChatMember]:
    """Nobody is modelled as one."""
    if world.chat(arguments).info.type == telegram.Chat.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    return []


async def get_chat_member_count(world: TelegramWorld, arguments: Arguments) -> int:
    chat = world.chat(arguments)
    writers = {chat.info.id} if chat.info.type == telegram.Chat.PRIVATE else _writers(chat)
    return len(writers | {world.bot.id})


def _writers(chat: ChatState) -> set[int]:
    return {one.message.from_user.id for one in chat.messages.values() if one.message.from_user}


TABLE: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
}
