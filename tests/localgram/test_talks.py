"""The same conversations through two client libraries, so that the simulator is not checked by our reading
only.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from localgram.client import SimulatedPerson, SimulatorClient
from localgram.server import Simulator

from tests.localgram.clients import Aiogram, Client, PythonTelegramBot
from tests.localgram.pictures import png

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Құжаттар", "callback_data": "papers"}, {"text": "eGov", "url": "https://egov.kz/"}]
    ]
}


class Bot:
    """One library's client, reading updates one by one."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._offset = 0

    async def hear(self) -> Any:
        """The next update; the one after it confirms it."""
        update = (await self.client.updates(self._offset))[0]
        self._offset = update.update_id + 1
        return update


@pytest.fixture(params=[Aiogram, PythonTelegramBot], ids=["aiogram", "python-telegram-bot"])
async def bot(request: pytest.FixtureRequest, simulator: Simulator) -> AsyncIterator[Bot]:
    async with request.param(simulator.url, simulator.token) as client:
        yield Bot(client)


@pytest.fixture
async def guest(client: SimulatorClient) -> SimulatedPerson:
    """A person who has not written yet."""
    return await client.person("Айгүл", "kk")


async def test_get_me_returns_bot(bot: Bot) -> None:
    me = await bot.client.bot.get_me()
    assert (me.id, me.is_bot, me.username, me.supports_inline_queries) == (42, True, "qyzmet_bot", True)


async def test_start_payload_is_answered_in_html(bot: Bot, guest: SimulatedPerson) -> None:
    await guest.start("svc_id_card")
    message = (await bot.hear()).message
    assert (message.text, message.from_user.language_code) == ("/start svc_id_card", "kk")
    assert (message.entities[0].type, message.entities[0].length) == ("bot_command", 6)

    sent = await bot.client.send(guest.number, "<b>Куәлік</b> &amp; <a href='https://egov.kz'>eGov</a>")
    kinds = [(entity.type, entity.offset, entity.length) for entity in sent.entities]
    assert (sent.text, kinds) == ("Куәлік & eGov", [("bold", 0, 6), ("text_link", 9, 4)])
    assert sent.entities[1].url == "https://egov.kz"
    assert (await guest.wait_for_reply())["text"] == "Куәлік & eGov"


async def test_callback_is_answered_and_message_edited(bot: Bot, guest: SimulatedPerson) -> None:
    await guest.start()
    await bot.hear()
    sent = await bot.client.send(guest.number, "Куәлік", KEYBOARD)
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "papers"

    async with asyncio.TaskGroup() as group:
        pressed = group.create_task(guest.press("Құжаттар"))
        query = (await bot.hear()).callback_query
        assert (query.data, query.message.message_id) == ("papers", sent.message_id)
        edited = await bot.client.edit(guest.number, sent.message_id, "<i>Өтініш</i>", KEYBOARD)
        assert (edited.text, edited.entities[0].type) == ("Өтініш", "italic")
        await bot.client.bot.answer_callback_query(query.id, text="Дайын", show_alert=True)
    assert pressed.result() == {"answer": {"text": "Дайын", "show_alert": True}}
    assert (await guest.messages())[-1]["text"] == "Өтініш"

    stripped = await bot.client.edit_keyboard(guest.number, sent.message_id)
    assert stripped.reply_markup is None
    again = bot.client.bot.answer_callback_query(query.id)
    assert await bot.client.refusal(again) == (
        "query is too old and response timeout expired or query id is invalid"
    )


async def test_contact_is_requested_and_sent(bot: Bot, guest: SimulatedPerson) -> None:
    await guest.start()
    await bot.hear()
    ask = {"keyboard": [[{"text": "Нөмірім", "request_contact": True}]], "resize_keyboard": True}
    await bot.client.send(guest.number, "Нөміріңіз?", ask)
    await guest.press("Нөмірім")
    contact = (await bot.hear()).message.contact
    assert (contact.user_id, contact.first_name) == (guest.number, "Айгүл")
    await bot.client.send(guest.number, "Рақмет", {"remove_keyboard": True})
    assert (await guest.see())["keyboard"] is None


async def test_every_kind_of_message_is_parsed(bot: Bot, guest: SimulatedPerson) -> None:
    first = await guest.say("бір")
    await guest.edit(first["message_id"], "екі")
    await guest.say("үш", reply_to=first["message_id"])
    await guest.forward(first["message_id"])
    await guest.share_location(51.1, 71.4)
    for kind in ("document", "voice", "sticker", "video"):
        await guest.upload(b"data", name="a.bin", kind=kind)
    await guest.upload(png(32, 20), name="a.png", kind="photo", album="5", caption="сурет")

    assert (await bot.hear()).message.text == "бір"
    assert (await bot.hear()).edited_message.text == "екі"
    assert (await bot.hear()).message.reply_to_message.text == "екі"
    assert (await bot.hear()).message.forward_origin.sender_user.id == guest.number
    assert (await bot.hear()).message.location.latitude == 51.1
    for kind in ("document", "voice", "sticker", "video"):
        assert getattr((await bot.hear()).message, kind).file_size == 4
    photo = (await bot.hear()).message
    assert (photo.photo[-1].width, photo.caption, photo.media_group_id) == (32, "сурет", "5")


async def test_file_is_sent_and_downloaded(bot: Bot, guest: SimulatedPerson) -> None:
    await guest.upload("құжат".encode(), name="a.txt")
    document = (await bot.hear()).message.document
    assert await bot.client.download(document.file_id) == "құжат".encode()

    sent = await bot.client.send_document(guest.number, b"%PDF", "нысан.pdf", "<b>Нысан</b>")
    assert (sent.document.file_name, sent.document.file_size) == ("нысан.pdf", 4)
    assert (sent.caption, sent.caption_entities[0].type) == ("Нысан", "bold")
    picture = await bot.client.send_photo(guest.number, png(64, 48))
    assert (picture.photo[-1].width, picture.photo[-1].height) == (64, 48)
    album = await bot.client.send_album(guest.number, [png(1, 1), png(2, 2)])
    assert album[0].media_group_id == album[1].media_group_id is not None


async def test_message_is_deleted(bot: Bot, guest: SimulatedPerson) -> None:
    await guest.start()
    sent = await bot.client.send(guest.number, "x")
    assert await bot.client.bot.delete_message(guest.number, sent.message_id)
    gone = bot.client.bot.delete_message(guest.number, sent.message_id)
    assert await bot.client.refusal(gone) == "message to delete not found"
    assert [message["text"] for message in await guest.messages()] == ["/start"]


async def test_inline_result_is_chosen(bot: Bot, client: SimulatorClient, guest: SimulatedPerson) -> None:
    group = await client.group("Ауыл")
    async with asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(guest.ask_inline("куәлік"))
        query = (await bot.hear()).inline_query
        assert (query.query, query.from_user.id) == ("куәлік", guest.number)
        await bot.client.offer(query.id, {"svc_1": "Жеке куәлік", "svc_2": "Паспорт"})
    assert [result["id"] for result in asked.result()] == ["svc_1", "svc_2"]
    await guest.choose("svc_2", chat=group)
    message = (await bot.hear()).message
    assert (message.text, message.via_bot.id, message.chat.id) == ("Паспорт", 42, group)
    chosen = (await bot.hear()).chosen_inline_result
    assert (chosen.result_id, chosen.query) == ("svc_2", "куәлік")


async def test_bot_writes_to_group(bot: Bot, client: SimulatorClient, guest: SimulatedPerson) -> None:
    group = await client.group("Ауыл")
    await guest.say("/help@qyzmet_bot", chat=group)
    chat = (await bot.hear()).message.chat
    assert (chat.id, chat.type, chat.title) == (group, "supergroup", "Ауыл")
    await bot.client.send(group, "Маған жеке жазыңыз")
    assert (await guest.wait_for_reply(chat=group))["text"] == "Маған жеке жазыңыз"


async def test_bot_sets_its_profile(bot: Bot) -> None:
    assert await bot.client.set_commands({"help": "Көмек", "menu": "Мәзір"}, "kk")
    commands = await bot.client.bot.get_my_commands(language_code="kk")
    assert [(command.command, command.description) for command in commands] == [
        ("help", "Көмек"),
        ("menu", "Мәзір"),
    ]
    await bot.client.bot.set_my_description("Анықтама", language_code="kk")
    assert (await bot.client.bot.get_my_description(language_code="kk")).description == "Анықтама"
    await bot.client.bot.set_my_short_description("Қысқа", language_code="kk")
    short = await bot.client.bot.get_my_short_description(language_code="kk")
    assert short.short_description == "Қысқа"
    await bot.client.bot.set_my_name("Қызмет", language_code="kk")
    assert (await bot.client.bot.get_my_name(language_code="kk")).name == "Қызмет"
    assert await bot.client.bot.set_chat_menu_button()
    assert await bot.client.bot.delete_my_commands(language_code="kk")
    assert not await bot.client.bot.get_my_commands(language_code="kk")


async def test_webhook_is_set_and_deleted(bot: Bot) -> None:
    assert await bot.client.bot.set_webhook("http://127.0.0.1:9/hook", secret_token="k3y")
    info = await bot.client.bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("http://127.0.0.1:9/hook", 0)
    assert (await bot.client.refusal(bot.client.updates(0))).startswith("can't use getupdates method while")
    assert await bot.client.bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.client.bot.get_webhook_info()).url == ""


async def test_get_chat_and_chat_action(bot: Bot, guest: SimulatedPerson) -> None:
    await guest.start()
    chat = await bot.client.bot.get_chat(guest.number)
    assert (chat.id, chat.type, chat.first_name) == (guest.number, "private", "Айгүл")
    assert await bot.client.bot.send_chat_action(guest.number, "typing")
    assert (await guest.see())["action"] == "typing"


async def test_block_and_unblock_updates_are_parsed(bot: Bot, guest: SimulatedPerson) -> None:
    await guest.start()
    await bot.hear()
    await guest.block()
    change = (await bot.hear()).my_chat_member
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    assert await bot.client.refusal(bot.client.send(guest.number, "x")) == "bot was blocked by the user"
    await guest.unblock()
    assert (await bot.hear()).my_chat_member.new_chat_member.status == "member"


@pytest.mark.parametrize(
    ("text", "markup", "reason"),
    [
        ("ә" * 4097, None, "message is too long"),
        ("<p>", None, 'can\'t parse entities: unsupported start tag "p" at byte offset 0'),
        ("x", {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}, "button_data_invalid"),
        (
            "x",
            {"inline_keyboard": [[{"text": "a"}]]},
            "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
        ),
    ],
)
async def test_libraries_raise_on_rejected_call(
    *, bot: Bot, guest: SimulatedPerson, text: str, markup: dict[str, Any] | None, reason: str
) -> None:
    await guest.start()
    assert await bot.client.refusal(bot.client.send(guest.number, text, markup)) == reason


async def test_unchanged_edit_raises(bot: Bot, guest: SimulatedPerson) -> None:
    await guest.start()
    sent = await bot.client.send(guest.number, "x", KEYBOARD)
    reason = await bot.client.refusal(bot.client.edit(guest.number, sent.message_id, "x", KEYBOARD))
    assert reason.startswith("message is not modified: ")


async def test_libraries_read_retry_after(
    bot: Bot, client: SimulatorClient, guest: SimulatedPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it python-telegram-bot warns of its next version
    await guest.start()
    await client.order_fault(method="sendMessage", status=429, retry_after=3)
    assert await bot.client.retry_after(bot.client.send(guest.number, "x")) == 3.0
