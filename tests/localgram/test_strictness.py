"""What Telegram refuses or drops, and a laxer server would let pass."""

from typing import Any

import aiohttp
import pytest
from localgram.client import SimulatedPerson, SimulatorClient
from localgram.server import Simulator

from tests.localgram.conftest import Api
from tests.localgram.pictures import png

HTTPS_ONLY = "Only HTTPS links are allowed"


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x"} | button]]}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"message_thread_id": 5}, "message thread not found"),
        ({"business_connection_id": "x"}, "business connection not found"),
        ({"message_effect_id": "7"}, "EFFECT_ID_INVALID"),
        ({"reply_parameters": {"message_id": 1, "chat_id": 77}}, "chat not found"),
        ({"link_preview_options": []}, "object expected as link preview options"),
        ({"link_preview_options": "{"}, "can't parse link preview options JSON object"),
        (
            {"link_preview_options": {"is_disabled": "yes"}},
            'can\'t parse link preview options: Field "is_disabled" must be of type Boolean',
        ),
        (
            {"reply_markup": keyboard(web_app={"url": "http://egov.kz"})},
            f"inline keyboard button Web App URL 'http://egov.kz' is invalid: {HTTPS_ONLY}",
        ),
        (
            {"reply_markup": keyboard(login_url={"url": "http://egov.kz"})},
            f"inline keyboard button login URL 'http://egov.kz' is invalid: {HTTPS_ONLY}",
        ),
    ],
)
async def test_argument_is_refused(
    api: Api, person: SimulatedPerson, arguments: dict[str, Any], reason: str
) -> None:
    assert await api.refusal("sendMessage", chat_id=person.number, text="x", **arguments) == reason


async def test_quote_is_a_part_of_the_message_to_the_letter(api: Api, person: SimulatedPerson) -> None:
    sent = await api.call("sendMessage", chat_id=person.number, text="😀 Екі құжат керек")
    reply = {"message_id": sent["message_id"], "quote": "құжат"}
    answer = await api.call("sendMessage", chat_id=person.number, text="x", reply_parameters=reply)
    assert answer["quote"] == {"text": "құжат", "position": 7, "is_manual": True}
    reply["quote"] = "кужат"
    reason = await api.refusal("sendMessage", chat_id=person.number, text="x", reply_parameters=reply)
    assert reason == "QUOTE_TEXT_INVALID"


async def test_reply_to_another_chat_is_external(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    other = await client.person("Бота", "kk")
    await other.start()
    sent = await api.call("sendMessage", chat_id=other.number, text="Сәлем")
    reply = {"message_id": sent["message_id"], "chat_id": other.number}
    answer = await api.call("sendMessage", chat_id=person.number, text="x", reply_parameters=reply)
    assert answer["external_reply"]["message_id"] == sent["message_id"]
    assert "reply_to_message" not in answer


async def test_options_of_a_message_are_repeated(api: Api, person: SimulatedPerson) -> None:
    sent = await api.call(
        "sendMessage",
        chat_id=person.number,
        text="https://egov.kz",
        link_preview_options={"is_disabled": True},
        message_effect_id="5104841245755180586",
    )
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert sent["effect_id"] == "5104841245755180586"


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ('<a href="javascript:alert(1)">x</a>', []),
        ('<a href="file:///etc/passwd">x</a>', []),
        ('<a href="localhost">x</a>', []),
        ('<a href="egov.kz">x</a>', ["text_link"]),
        ('<a href="tg://resolve?domain=egov">x</a>', ["text_link"]),
        ('<a href="tg://user?id=99">x</a>', []),
        ('<tg-time unix="1647531900" format="wDT">x</tg-time>', ["date_time"]),
        ('<tg-time unix="soon">x</tg-time>', []),
    ],
)
async def test_link_that_leads_nowhere_is_no_entity(
    api: Api, person: SimulatedPerson, html: str, kinds: list[str]
) -> None:
    sent = await api.call("sendMessage", chat_id=person.number, text=html, parse_mode="HTML")
    assert [one["type"] for one in sent.get("entities", [])] == kinds


async def test_mention_names_who_wrote_to_the_bot(api: Api, person: SimulatedPerson) -> None:
    html = f'<a href="tg://user?id={person.number}">Айгүл</a>'
    sent = await api.call("sendMessage", chat_id=person.number, text=html, parse_mode="HTML")
    assert (sent["entities"][0]["type"], sent["entities"][0]["user"]["id"]) == ("text_mention", person.number)


@pytest.mark.parametrize(
    ("method", "arguments", "reason"),
    [
        ("setChatMenuButton", {"menu_button": {}}, 'menu button: Can\'t find field "type"'),
        (
            "setChatMenuButton",
            {"menu_button": {"type": "web_app", "text": "x", "web_app": {}}},
            'menu button: Can\'t find field "url"',
        ),
        (
            "setChatMenuButton",
            {"menu_button": {"type": "web_app", "text": "x"}},
            'menu button: Can\'t find field "web_app"',
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat"}},
            'BotCommandScope: Can\'t find field "chat_id"',
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat_member", "chat_id": 1}},
            'BotCommandScope: Can\'t find field "user_id"',
        ),
    ],
)
async def test_missing_field_is_named(api: Api, method: str, arguments: dict[str, Any], reason: str) -> None:
    assert await api.refusal(method, **arguments) == f"can't parse {reason}"


@pytest.mark.parametrize(
    "written", ["filename=a.png", 'filename="сурет 1.png"', "filename*=utf-8''%D0%B0.png"]
)
async def test_file_name_is_taken_with_and_without_quotes(
    simulator: Simulator, person: SimulatedPerson, written: str
) -> None:
    parts = (
        ('form-data; name="chat_id"', str(person.number).encode()),
        (f'form-data; name="document"; {written}', png(2, 2)),
    )
    body = b"".join(
        b"--b\r\nContent-Disposition: " + head.encode() + b"\r\n\r\n" + content + b"\r\n"
        for head, content in parts
    )
    address = f"{simulator.url}/bot{simulator.token}/sendDocument"
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    data = body + b"--b--\r\n"
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=data, headers=headers) as response,
    ):
        answer = await response.json()
    assert response.status == 200, answer
    assert answer["result"]["document"]["file_name"].endswith(".png")
