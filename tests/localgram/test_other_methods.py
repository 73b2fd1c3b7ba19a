"""The methods that ordinary bots use besides texts, files and keyboards."""

from typing import Any

import aiohttp
import pytest
from aiohttp import web
from localgram.client import SimulatedPerson
from localgram.server import Simulator

from tests.localgram.conftest import Api
from tests.localgram.pictures import png

KINDS = ("document", "photo", "video", "voice", "audio", "animation", "sticker", "video_note")


def method_of(kind: str) -> str:
    return "send" + "".join(part.title() for part in kind.split("_"))


async def upload(simulator: Simulator, method: str, **fields: Any) -> dict[str, Any]:
    form = aiohttp.FormData()
    for name, value in fields.items():
        named = {"filename": f"{name}.png"} if isinstance(value, bytes) else {}
        form.add_field(name, value if isinstance(value, bytes) else str(value), **named)
    address = f"{simulator.url}/bot{simulator.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, data=form) as response:
        body = await response.json()
        assert response.status == 200, body
        return dict(body["result"])


async def test_every_kind_of_file_is_sent_and_sent_again(
    api: Api, simulator: Simulator, person: SimulatedPerson
) -> None:
    for kind in KINDS:
        sent = await upload(simulator, method_of(kind), chat_id=person.number, **{kind: png(2, 2)})
        found = sent[kind][0] if kind == "photo" else sent[kind]
        again = await api.call(method_of(kind), chat_id=person.number, **{kind: found["file_id"]})
        assert kind in again, kind


async def test_animation_is_a_document_too(simulator: Simulator, person: SimulatedPerson) -> None:
    sent = await upload(simulator, "sendAnimation", chat_id=person.number, animation=png(2, 2))
    assert sent["animation"]["file_id"] == sent["document"]["file_id"]


async def test_file_is_fetched_from_this_machine_only(api: Api, person: SimulatedPerson) -> None:
    async def serve(_: web.Request) -> web.Response:
        return web.Response(body=png(2, 2), content_type="image/png")

    app = web.Application()
    app.add_routes([web.get("/a.png", serve)])
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        sent = await api.call("sendPhoto", chat_id=person.number, photo=f"http://127.0.0.1:{port}/a.png")
        assert sent["photo"]
        for refused in (f"http://127.0.0.1:{port}/b.png", "https://egov.kz/a.png"):
            reason = await api.refusal("sendPhoto", chat_id=person.number, photo=refused)
            assert reason == "failed to get HTTP URL content"
    finally:
        await runner.cleanup()


async def test_caption_is_edited_and_removed(api: Api, simulator: Simulator, person: SimulatedPerson) -> None:
    sent = await upload(simulator, "sendPhoto", chat_id=person.number, photo=png(2, 2), caption="Бұрынғы")
    named = {"chat_id": person.number, "message_id": sent["message_id"]}
    edited = await api.call("editMessageCaption", **named, caption="<b>Жаңа</b>", parse_mode="HTML")
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("Жаңа", "bold")
    assert "caption" not in await api.call("editMessageCaption", **named)
    assert (await api.refusal("editMessageCaption", **named)).startswith("message is not modified")
    text = await api.call("sendMessage", chat_id=person.number, text="x")
    named["message_id"] = text["message_id"]
    assert await api.refusal("editMessageCaption", **named) == "there is no caption in the message to edit"


async def test_media_is_replaced(api: Api, simulator: Simulator, person: SimulatedPerson) -> None:
    photo = await upload(simulator, "sendPhoto", chat_id=person.number, photo=png(2, 2), caption="x")
    file = await upload(simulator, "sendDocument", chat_id=person.number, document=png(2, 2))
    media = {"type": "document", "media": file["document"]["file_id"], "caption": "y"}
    edited = await api.call(
        "editMessageMedia", chat_id=person.number, message_id=photo["message_id"], media=media
    )
    assert (edited["caption"], "photo" in edited, "document" in edited) == ("y", False, True)


async def test_several_messages_are_deleted(api: Api, person: SimulatedPerson) -> None:
    numbers = [
        (await api.call("sendMessage", chat_id=person.number, text="x"))["message_id"] for _ in range(3)
    ]
    assert await api.call("deleteMessages", chat_id=person.number, message_ids=[*numbers, 10_000])
    assert [one for one in await person.messages() if one["message_id"] in numbers] == []
    reason = await api.refusal("deleteMessages", chat_id=person.number, message_ids=[])
    assert reason == "message identifiers are not specified"


async def test_place_poll_and_dice_are_sent(api: Api, person: SimulatedPerson) -> None:
    chat = {"chat_id": person.number}
    place = await api.call("sendLocation", **chat, latitude=43.2, longitude=76.9)
    assert place["location"] == {"latitude": 43.2, "longitude": 76.9}
    venue = await api.call("sendVenue", **chat, latitude=43.2, longitude=76.9, title="ХҚКО", address="Абай")
    assert venue["venue"]["title"] == "ХҚКО"
    poll = await api.call("sendPoll", **chat, question="Қалай?", options=[{"text": "Жақсы"}, "Жаман"])
    assert [one["text"] for one in poll["poll"]["options"]] == ["Жақсы", "Жаман"]
    dice = await api.call("sendDice", **chat)
    assert dice["dice"]["emoji"] == "🎲"
    assert 1 <= dice["dice"]["value"] <= 6


@pytest.mark.parametrize(
    ("method", "arguments", "reason"),
    [
        ("sendLocation", {"longitude": 1}, "latitude is empty"),
        ("sendLocation", {"latitude": 91, "longitude": 1}, "invalid location specified"),
        ("sendPoll", {"question": "", "options": ["a"]}, "text must be non-empty"),
        ("sendPoll", {"question": "x", "options": ["a", " "]}, "text must be non-empty"),
        ("sendContact", {"first_name": "x"}, 'parameter "phone_number" is required'),
        ("sendContact", {"phone_number": "1"}, 'parameter "first_name" is required'),
        ("copyMessage", {"message_id": 1}, 'parameter "from_chat_id" is required'),
        ("deleteMessages", {"message_ids": "["}, "can't parse message_ids JSON object"),
        ("deleteMessages", {"message_ids": [None]}, "message identifier must be a Number"),
        ("deleteMessages", {"message_ids": ["x"]}, "can't parse message identifier as a Number"),
        ("deleteMessages", {"message_ids": ["0"]}, "invalid message identifier specified"),
        ("sendPoll", {"question": "x", "options": ["a"] * 13}, "poll can't have more than 12 options"),
        ("sendDice", {"emoji": "x"}, "emoji is not supported as a dice"),
        ("forwardMessage", {"from_chat_id": 1, "message_id": 1}, "chat not found"),
        ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
        ("unpinChatMessage", {}, "message to unpin not found"),
        ("setMessageReaction", {"message_id": 99}, "message to react not found"),
        ("getChatMember", {}, "invalid user_id specified"),
        ("getChatMember", {"user_id": 7}, "PARTICIPANT_ID_INVALID"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
    ],
)
async def test_wrong_arguments_are_refused(
    api: Api, person: SimulatedPerson, method: str, arguments: dict[str, Any], reason: str
) -> None:
    assert await api.refusal(method, chat_id=person.number, **arguments) == reason


async def test_messages_are_forwarded_and_copied(api: Api, person: SimulatedPerson) -> None:
    sent = await api.call("sendMessage", chat_id=person.number, text="Сәлем")
    named = {"chat_id": person.number, "from_chat_id": person.number}
    forwarded = await api.call("forwardMessage", **named, message_id=sent["message_id"])
    assert (forwarded["text"], forwarded["forward_origin"]["type"]) == ("Сәлем", "user")
    copied = await api.call("copyMessage", **named, message_id=sent["message_id"])
    shown = {one["message_id"]: one for one in await person.messages()}[copied["message_id"]]
    assert (shown["text"], "forward_origin" in shown) == ("Сәлем", False)
    for method in ("forwardMessages", "copyMessages"):
        assert len(await api.call(method, **named, message_ids=[sent["message_id"], 10_000])) == 1
    assert await api.refusal("copyMessage", **named, message_id=10_000) == "message to copy not found"


async def test_protected_message_is_copied_and_not_forwarded(api: Api, person: SimulatedPerson) -> None:
    sent = await api.call("sendMessage", chat_id=person.number, text="x", protect_content=True)
    assert sent["has_protected_content"]
    named = {"chat_id": person.number, "from_chat_id": person.number}
    one, several = {"message_id": sent["message_id"]}, {"message_ids": [sent["message_id"]]}
    assert await api.refusal("forwardMessage", **named, **one) == "the message can't be forwarded"
    assert await api.refusal("forwardMessages", **named, **several) == "messages can't be forwarded"
    assert await api.call("copyMessage", **named, **one)
    for method in ("forwardMessages", "copyMessages"):
        reason = await api.refusal(method, **named, message_ids=[10_000])
        assert reason == "there are no messages to forward", method
    assert await api.refusal("forwardMessage", **named) == "message to forward not found"


async def test_message_is_pinned(api: Api, person: SimulatedPerson) -> None:
    sent = await api.call("sendMessage", chat_id=person.number, text="x")
    named = {"chat_id": person.number, "message_id": sent["message_id"]}
    await api.call("pinChatMessage", **named)
    pinned = (await api.call("getChat", chat_id=person.number))["pinned_message"]
    assert pinned["message_id"] == sent["message_id"]
    await api.call("unpinChatMessage", chat_id=person.number)
    assert "pinned_message" not in await api.call("getChat", chat_id=person.number)


async def test_reaction_is_one_known_emoji(api: Api, person: SimulatedPerson) -> None:
    sent = await api.call("sendMessage", chat_id=person.number, text="x")
    named = {"chat_id": person.number, "message_id": sent["message_id"]}
    assert await api.call("setMessageReaction", **named, reaction=[{"type": "emoji", "emoji": "👍"}])
    for reaction, reason in (
        ([{"type": "emoji", "emoji": "x"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "👍"}] * 2, "REACTIONS_TOO_MANY"),
    ):
        assert await api.refusal("setMessageReaction", **named, reaction=reaction) == reason


async def test_members_are_who_wrote(api: Api, person: SimulatedPerson) -> None:
    await person.say("Сәлем")
    member = await api.call("getChatMember", chat_id=person.number, user_id=person.number)
    assert member["status"] == "member"
    assert await api.call("getChatMemberCount", chat_id=person.number) == 2


async def test_menu_button_is_what_was_set(api: Api) -> None:
    button = {"type": "web_app", "text": "x", "web_app": {"url": "https://egov.kz/"}}
    assert await api.call("setChatMenuButton", menu_button=button)
    assert await api.call("getChatMenuButton") == button


async def test_known_method_that_is_not_modelled_says_so(api: Api) -> None:
    status, body = await api.answer("banChatMember")
    assert (status, body["description"]) == (501, "Not Implemented: localgram does not model banChatMember")
    status, body = await api.answer("close")
    assert (status, body["description"]) == (501, "Not Implemented: localgram does not model close")
    status, _ = await api.answer("noSuchMethod")
    assert status == 404


async def test_any_update_is_injected(api: Api, simulator: Simulator, person: SimulatedPerson) -> None:
    address = f"{simulator.url}/people/{person.number}/updates"
    wire = {"moon_phase": {"full": True}}
    async with aiohttp.ClientSession() as session, session.post(address, json=wire) as response:
        number = (await response.json())["update_id"]
    assert {"update_id": number} | wire in await api.updates()
