"""Information about a chat."""

import telegram

from localgram.arguments import Arguments
from localgram.methods.table import Method
from localgram.world import TelegramWorld


async def get_chat(world: TelegramWorld, arguments: Arguments) -> telegram.ChatFullInfo:
    chat = world.chat(arguments).info
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
    )


TABLE: dict[str, Method] = {"getChat": get_chat}
