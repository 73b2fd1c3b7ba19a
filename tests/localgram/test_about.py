"""The bot's profile and its limits."""

from typing import Any

import pytest
from localgram.client import SimulatedPerson, SimulatorClient

from tests.localgram.conftest import Api

HELP = {"command": "help", "description": "Көмек"}


async def test_get_me_lists_capabilities(api: Api) -> None:
    me = await api.call("getMe")
    assert (me["id"], me["is_bot"], me["supports_inline_queries"]) == (42, True, True)


async def test_commands_depend_on_language_and_scope(api: Api) -> None:
    private = {"type": "all_private_chats"}
    await api.call("setMyCommands", commands=[HELP], language_code="kk", scope=private)
    assert await api.call("getMyCommands", language_code="kk", scope=private) == [HELP]
    assert await api.call("getMyCommands", language_code="kk") == []
    await api.call("deleteMyCommands", language_code="kk", scope=private)
    assert await api.call("getMyCommands", language_code="kk", scope=private) == []


async def test_leading_slash_of_command_is_stripped(api: Api) -> None:
    await api.call("setMyCommands", commands=[HELP | {"command": "/help"}])
    assert await api.call("getMyCommands") == [HELP]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"commands": [HELP | {"command": "Help"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [HELP | {"command": "көмек"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [HELP | {"command": ""}]}, "command must be non-empty"),
        ({"commands": [HELP | {"command": "x" * 33}]}, "command length must not exceed 32"),
        ({"commands": [HELP | {"description": " "}]}, "command description must be non-empty"),
        (
            {"commands": [HELP | {"description": "x" * 257}]},
            "command description length must not exceed 256",
        ),
        ({"commands": [HELP] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": "["}, "can't parse commands JSON object"),
        ({"commands": HELP}, "expected an Array of BotCommand"),
        ({"commands": ["help"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": [], "language_code": "kaz"}, "invalid language code specified"),
        ({"commands": [{"command": "x"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": [], "scope": "["}, "can't parse BotCommandScope JSON object"),
        ({"commands": [], "scope": []}, "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ({"commands": [], "scope": {}}, "can't parse BotCommandScope: Can't find field \"type\""),
        (
            {"commands": [], "scope": {"type": "moon"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 123}}, "chat not found"),
        ({"commands": [], "scope": {"type": "chat_administrators", "chat_id": "x"}}, "chat not found"),
    ],
)
async def test_invalid_commands_are_rejected(api: Api, arguments: dict[str, Any], reason: str) -> None:
    assert await api.refusal("setMyCommands", **arguments) == reason


@pytest.mark.parametrize(
    ("name", "field", "longest"),
    [
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
        ("Name", "name", 64),
    ],
)
async def test_profile_text_depends_on_language_and_is_limited(
    api: Api, name: str, field: str, longest: int
) -> None:
    kazakh, default = "қ" * longest, "d"
    await api.call(f"setMy{name}", **{field: kazakh}, language_code="kk")
    await api.call(f"setMy{name}", **{field: default})
    assert (await api.call(f"getMy{name}", language_code="kk"))[field] == kazakh
    assert (await api.call(f"getMy{name}", language_code="ru"))[field] == default
    reason = await api.refusal(f"setMy{name}", **{field: kazakh + "қ"})
    assert reason == f"{field.replace('_', ' ')} is too long"


async def test_unknown_menu_button_is_rejected(api: Api) -> None:
    assert await api.call("setChatMenuButton", menu_button={"type": "commands"}) is True
    reason = await api.refusal("setChatMenuButton", menu_button={"type": "moon"})
    assert reason == "can't parse menu button: MenuButton has unsupported type"


async def test_person_sees_profile_in_own_language(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    await api.call("setMyCommands", commands=[HELP], language_code="kk")
    await api.call("setMyDescription", description="Анықтама", language_code="kk")
    await api.call("setMyDescription", description="Help")
    bot = await client.get(f"/people/{person.number}/bot")
    assert (bot["name"], bot["description"], bot["commands"]) == ("Qyzmet", "Анықтама", [HELP])
    english = await client.person("Ann", "en")
    bot = await client.get(f"/people/{english.number}/bot")
    assert (bot["description"], bot["commands"]) == ("Help", [])
