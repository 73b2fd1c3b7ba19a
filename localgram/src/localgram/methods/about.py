"""The bot's own profile: getMe, commands, name, descriptions and menu button."""

import json
import re
from typing import Any

import telegram

from localgram.arguments import Arguments
from localgram.buttons import check_https
from localgram.errors import bad_request
from localgram.fields import required_object, required_string
from localgram.methods.table import Method
from localgram.world import TelegramWorld

COMMAND = re.compile(r"[a-z0-9_]+")
LONGEST_COMMAND = 32
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
LONGEST_COMMAND_DESCRIPTION = 256
MOST_COMMANDS = 100
LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
SCOPE_FIELDS = {
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
DEFAULT_SCOPE: dict[str, Any] = {"type": "default"}
# As Telegram calls what it could not parse.
MENU, SCOPE = "menu button", "BotCommandScope"


async def get_me(world: TelegramWorld, _arguments: Arguments) -> telegram.User:
    return world.me


async def set_my_commands(world: TelegramWorld, arguments: Arguments) -> bool:
    given = arguments.structure("commands", "can't parse commands JSON object") or []
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_place(world, arguments)] = tuple(_command(item) for item in given)
    return True


async def get_my_commands(world: TelegramWorld, arguments: Arguments) -> tuple[telegram.BotCommand, ...]:
    return world.profile.commands.get(_place(world, arguments), ())


async def delete_my_commands(world: TelegramWorld, arguments: Arguments) -> bool:
    world.profile.commands.pop(_place(world, arguments), None)
    return True


async def set_my_name(world: TelegramWorld, arguments: Arguments) -> bool:
    return _set(world.profile.names, arguments, "name", LONGEST_NAME)


async def get_my_name(world: TelegramWorld, arguments: Arguments) -> telegram.BotName:
    names = world.profile.names
    return telegram.BotName(names.get(_language(arguments)) or names.get("") or world.profile.name)


async def set_my_description(world: TelegramWorld, arguments: Arguments) -> bool:
    return _set(world.profile.descriptions, arguments, "description", LONGEST_DESCRIPTION)


async def get_my_description(world: TelegramWorld, arguments: Arguments) -> telegram.BotDescription:
    return telegram.BotDescription(_get(world.profile.descriptions, arguments))


async def set_my_short_description(world: TelegramWorld, arguments: Arguments) -> bool:
    return _set(world.profile.short_descriptions, arguments, "short_description", LONGEST_SHORT_DESCRIPTION)


async def get_my_short_description(
    world: TelegramWorld, arguments: Arguments
) -> telegram.BotShortDescription:
    return telegram.BotShortDescription(_get(world.profile.short_descriptions, arguments))


async def set_chat_menu_button(world: TelegramWorld, arguments: Arguments) -> bool:
    button = arguments.structure("menu_button", "can't parse menu button JSON object")
    world.profile.menu_button = {"type": "default"} if button is None else _menu_button(button)
    return True


async def get_chat_menu_button(world: TelegramWorld, _arguments: Arguments) -> dict[str, Any]:
    return world.profile.menu_button


def _menu_button(button: Any) -> dict[str, Any]:
    """Raises a 400 for a button of an unknown type, or one without its text or an HTTPS address."""
    if not isinstance(button, dict):
        raise bad_request(f"can't parse {MENU}: MenuButton must be an Object")
    kind = required_string(button, "type", MENU)
    if kind not in ("default", "commands", "web_app"):
        raise bad_request(f"can't parse {MENU}: MenuButton has unsupported type")
    if kind == "web_app":
        required_string(button, "text", MENU)
        page = required_object(button, "web_app", MENU)
        check_https(required_string(page, "url", MENU), "menu button Web App")
    return button


def _command(item: Any) -> telegram.BotCommand:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = required_string(item, "command", "BotCommand").strip().removeprefix("/")
    description = required_string(item, "description", "BotCommand").strip()
    _check_length("command", name, LONGEST_COMMAND)
    _check_length("command description", description, LONGEST_COMMAND_DESCRIPTION)
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return telegram.BotCommand(name, description)


def _check_length(what: str, text: str, longest: int) -> None:
    if not text:
        raise bad_request(f"{what} must be non-empty")
    if len(text) > longest:
        raise bad_request(f"{what} length must not exceed {longest}")


def _place(world: TelegramWorld, arguments: Arguments) -> tuple[str, str]:
    """The key of a set of commands: scope (as JSON) and language."""
    scope = arguments.structure("scope", f"can't parse {SCOPE} JSON object")
    checked = DEFAULT_SCOPE if scope is None else _scope(world, scope)
    return json.dumps(checked, sort_keys=True), _language(arguments)


def _scope(world: TelegramWorld, scope: Any) -> dict[str, Any]:
    """Raises a 400 for a scope of an unknown type or chat, or without the user that it names."""
    if not isinstance(scope, dict):
        raise bad_request(f"can't parse {SCOPE}: {SCOPE} must be an Object")
    kind = required_string(scope, "type", SCOPE)
    if kind not in SCOPES:
        raise bad_request(f"can't parse {SCOPE}: Unsupported type specified")
    for name in SCOPE_FIELDS.get(kind, ()):
        required_string(scope, name, SCOPE)
    if "chat_id" in SCOPE_FIELDS.get(kind, ()):
        world.chat(Arguments(values=scope))
    return scope


def _language(arguments: Arguments) -> str:
    code = arguments.text("language_code")
    if not LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _set(texts: dict[str, str], arguments: Arguments, name: str, longest: int) -> bool:
    text = arguments.text(name).strip()
    if len(text) > longest:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    texts[_language(arguments)] = text
    return True


def _get(texts: dict[str, str], arguments: Arguments) -> str:
    return texts.get(_language(arguments)) or texts.get("", "")


TABLE: dict[str, Method] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
