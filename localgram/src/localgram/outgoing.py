"""What every message of the bot has in common, checked as strictly as Telegram checks it."""

from typing import Any

import telegram

from localgram.arguments import Arguments
from localgram.chats import ChatState
from localgram.errors import bad_request
from localgram.posting import from_bot
from localgram.replies import replied_to
from localgram.world import TelegramWorld

# Of the effects that every bot may use: fire, thumbs up and down, heart, party, and the sixth.
EFFECTS = frozenset(
    {
        "5104841245755180586",
        "5107584321108051014",
        "5104858069142078462",
        "5159385139981059251",
        "5046509860389126442",
        "5046589136895476101",
    }
)


def outgoing(world: TelegramWorld, chat: ChatState, arguments: Arguments) -> dict[str, Any]:
    """Sender, reply and the options that Telegram repeats; raises a 400 for a topic or effect it lacks."""
    if arguments.integer("message_thread_id"):
        raise bad_request("message thread not found")
    fields = from_bot(world, chat) | replied_to(world, chat, arguments)
    if arguments.has("message_effect_id"):
        fields["effect_id"] = _effect(chat, arguments.text("message_effect_id"))
    if arguments.flag("protect_content"):
        fields["has_protected_content"] = True
    return fields


def _effect(chat: ChatState, number: str) -> str:
    if chat.info.type != telegram.Chat.PRIVATE or number not in EFFECTS:
        raise bad_request("EFFECT_ID_INVALID")
    return number


def link_preview(arguments: Arguments) -> telegram.LinkPreviewOptions | None:
    """The link preview's options; raises a 400 for anything that is no object of the right types."""
    given = arguments.structure("link_preview_options", "can't parse link preview options JSON object")
    if given is None:
        off = arguments.flag("disable_web_page_preview")
        return telegram.LinkPreviewOptions(is_disabled=True) if off else None
    if not isinstance(given, dict):
        raise bad_request("object expected as link preview options")
    for name, value in given.items():
        kind, title = (str, "String") if name == "url" else (bool, "Boolean")
        if not isinstance(value, kind):
            raise bad_request(f'can\'t parse link preview options: Field "{name}" must be of type {title}')
    return telegram.LinkPreviewOptions.de_json(given, None)
