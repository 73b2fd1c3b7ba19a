"""Everything besides writing: reply, edit, forward, delete, send files, query inline, block."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.page.open_chat import OpenChat

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060"
    "000000050001a5f645400000000049454e44ae426082"
)


async def act(talk: OpenChat, text: str, action: str) -> None:
    """Choose an entry from the menu of the message with this text."""
    message = talk.page.locator("li.message", has_text=text).last
    await message.hover()
    await message.get_by_role("button", name="Message actions").click()
    await talk.page.get_by_role("menuitem", name=action).click()


async def test_reply_quotes_the_message(talk: OpenChat) -> None:
    asked = await talk.bot.say(talk.person, "Which city?")
    await act(talk, "Which city?", "Reply")
    await talk.write("Astana")
    received = await talk.bot.next("message")
    assert received["reply_to_message"]["message_id"] == asked["message_id"]
    await expect(talk.page.locator(".mine .quoted-message")).to_contain_text("Which city?")


async def test_own_text_can_be_edited(talk: OpenChat) -> None:
    await talk.write("teh question")
    sent = await talk.bot.next("message")
    await act(talk, "teh question", "Edit")
    await talk.write("the question")
    edited = await talk.bot.next("edited_message")
    assert (edited["message_id"], edited["text"]) == (sent["message_id"], "the question")
    await expect(talk.page.locator(".mine .words").last).to_have_text("the question")


async def test_bot_message_cannot_be_edited(talk: OpenChat) -> None:
    await talk.bot.say(talk.person, "not yours")
    message = talk.page.locator("li.message", has_text="not yours")
    await message.hover()
    await message.get_by_role("button", name="Message actions").click()
    await expect(talk.page.get_by_role("menuitem", name="Reply")).to_be_visible()
    await expect(talk.page.get_by_role("menuitem", name="Edit")).to_have_count(0)


async def test_forwarded_message_names_its_origin(talk: OpenChat) -> None:
    await talk.bot.say(talk.person, "a card")
    await act(talk, "a card", "Forward to the bot")
    assert "forward_origin" in await talk.bot.next("message")
    await expect(talk.page.locator(".mine .origin")).to_have_text("Forwarded from Qyzmet")


async def test_message_can_be_deleted(talk: OpenChat) -> None:
    await talk.write("a slip")
    await act(talk, "a slip", "Delete")
    await expect(talk.page.locator("li.message", has_text="a slip")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "mime", "kind"),
    [
        ("paper.pdf", "application/pdf", "document"),
        ("photo.png", "image/png", "photo"),
        ("voice.ogg", "audio/ogg", "voice"),
        ("film.mp4", "video/mp4", "video"),
    ],
)
async def test_file_is_sent_by_its_type(talk: OpenChat, name: str, mime: str, kind: str) -> None:
    await send_files(talk, {"name": name, "mimeType": mime, "buffer": PNG})
    assert kind in await talk.bot.next("message")


async def test_file_can_be_sent_as_another_kind(talk: OpenChat) -> None:
    await send_files(talk, {"name": "photo.png", "mimeType": "image/png", "buffer": PNG}, kind="document")
    received = await talk.bot.next("message")
    assert received["document"]["file_name"] == "photo.png"


async def test_sent_file_is_shown_and_downloadable(talk: OpenChat, tmp_path: Path) -> None:
    await send_files(talk, {"name": "өтініш.pdf", "mimeType": "application/pdf", "buffer": b"paper" * 500})
    link = talk.page.get_by_role("link", name="Download өтініш.pdf")
    await expect(link).to_contain_text("2 KB")
    async with talk.page.expect_download() as downloading:
        await link.click()
    download = await downloading.value
    await download.save_as(tmp_path / "copy")
    assert download.suggested_filename == "өтініш.pdf"
    assert (tmp_path / "copy").read_bytes() == b"paper" * 500


async def test_several_pictures_are_one_album(talk: OpenChat) -> None:
    pictures = [{"name": f"{number}.png", "mimeType": "image/png", "buffer": PNG} for number in range(3)]
    await send_files(talk, *pictures)
    albums = [(await talk.bot.next("message"))["media_group_id"] for _ in pictures]
    assert len(set(albums)) == 1
    await expect(talk.page.locator(".album.grid img")).to_have_count(3)


async def test_contact_and_location_are_sent(talk: OpenChat) -> None:
    await open_attach(talk, "Contact")
    await talk.page.get_by_label("Phone").fill("+7 701 000-00-00")
    await talk.page.get_by_role("dialog").get_by_role("button", name="Send").click()
    assert (await talk.bot.next("message"))["contact"]["phone_number"] == "+77010000000"
    await open_attach(talk, "Location")
    await talk.page.get_by_label("Latitude").fill("43.2567")
    await talk.page.get_by_role("dialog").get_by_role("button", name="Send").click()
    assert (await talk.bot.next("message"))["location"]["latitude"] == 43.2567
    await expect(talk.page.locator(".mine .file-card").last).to_contain_text("43.2567")


async def test_inline_result_is_chosen_by_keyboard(talk: OpenChat) -> None:
    field = talk.page.get_by_label("Write a message")
    await talk.type("@qyzmet_bot куәлік")
    query = await talk.bot.next("inline_query")
    assert query["query"] == "куәлік"
    await talk.bot.call("answerInlineQuery", inline_query_id=query["id"], results=[article(1), article(2)])
    await expect(talk.page.get_by_role("option", name="Card 2")).to_be_visible()
    await field.press("ArrowDown")
    await expect(talk.page.get_by_role("option", name="Card 2")).to_have_attribute("aria-selected", "true")
    await field.press("Enter")
    assert (await talk.bot.next("message"))["text"] == "Text 2"
    await expect(talk.page.locator(".mine").last).to_contain_text("via @qyzmet_bot")
    await expect(field).to_have_value("")


async def test_inline_button_starts_the_query(talk: OpenChat) -> None:
    await talk.bot.offer(talk.person, "Find", {"text": "Search", "switch_inline_query_current_chat": "виза"})
    await talk.log.get_by_role("button", name="Search").click()
    assert (await talk.bot.next("inline_query"))["query"] == "виза"


async def test_commands_are_suggested_while_typing(talk: OpenChat) -> None:
    commands = [{"command": "help", "description": "Help"}, {"command": "menu", "description": "Menu"}]
    await talk.bot.call("setMyCommands", commands=commands)
    await talk.page.reload()
    await talk.type("/m")
    await expect(talk.page.get_by_role("option")).to_have_count(1)
    await talk.page.keyboard.press("Enter")
    assert (await talk.bot.next("message"))["text"] == "/menu"
    await talk.page.get_by_role("button", name="Bot commands").click()
    await talk.page.get_by_role("menuitem", name="/help – Help").click()
    assert (await talk.bot.next("message"))["text"] == "/help"


async def test_bot_can_be_blocked_and_unblocked(talk: OpenChat) -> None:
    await talk.page.get_by_role("button", name="Chat menu").click()
    await talk.page.get_by_role("menuitem", name="Block the bot").click()
    assert (await talk.bot.next("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    await expect(talk.page.get_by_label("Write a message")).to_be_hidden()
    await talk.page.get_by_role("button", name="Unblock").click()
    await expect(talk.page.get_by_label("Write a message")).to_be_visible()


async def open_attach(talk: OpenChat, what: str) -> None:
    await talk.page.get_by_role("button", name="Attach a file or a place").click()
    await talk.page.get_by_role("menuitem", name=what).click()


async def send_files(talk: OpenChat, *files: Any, kind: str = "") -> None:
    await open_attach(talk, "Files")
    await talk.page.get_by_label("Choose files").set_input_files(files)
    await talk.page.get_by_label("Send as").select_option(kind)
    await talk.page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()


def article(number: int) -> dict[str, Any]:
    content = {"message_text": f"Text {number}"}
    return {
        "type": "article",
        "id": str(number),
        "title": f"Card {number}",
        "input_message_content": content,
    }


async def test_file_from_the_bot_can_be_downloaded(talk: OpenChat) -> None:
    await send_files(talk, {"name": "form.xlsx", "mimeType": "application/octet-stream", "buffer": b"sheet"})
    file_id = (await talk.bot.next("message"))["document"]["file_id"]
    await talk.bot.call("sendDocument", chat_id=talk.person, document=file_id, caption="Filled")
    link = talk.page.locator(".theirs").get_by_role("link", name="Download form.xlsx")
    async with talk.page.expect_download() as downloading:
        await link.click()
    assert (await downloading.value).suggested_filename == "form.xlsx"


async def test_button_above_inline_results_opens_the_bot(talk: OpenChat) -> None:
    await talk.type("@qyzmet_bot ")
    query = await talk.bot.next("inline_query")
    button = {"text": "Ask the bot", "start_parameter": "inline"}
    await talk.bot.call("answerInlineQuery", inline_query_id=query["id"], results=[], button=button)
    await talk.page.get_by_role("option", name="Ask the bot").click()
    assert (await talk.bot.next("message"))["text"] == "/start inline"
