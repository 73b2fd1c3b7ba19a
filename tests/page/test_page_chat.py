"""Writing, reading and pressing buttons in the chat."""

import re

import pytest
from playwright.async_api import expect

from tests.page.open_chat import OpenChat

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MESSAGE = "li.message"


async def test_typed_text_reaches_the_bot_and_answer_is_shown(talk: OpenChat) -> None:
    await talk.write("куәлік жоғалды")
    asked = await talk.bot.next("message")
    assert asked["text"] == "куәлік жоғалды"
    await talk.bot.say(talk.person, "Жеке куәлік")
    await expect(talk.log.get_by_text("Жеке куәлік")).to_be_visible()
    await expect(talk.page.get_by_label("Write a message")).to_have_value("")


async def test_typed_markup_is_shown_verbatim(talk: OpenChat) -> None:
    await talk.write("<b>bold</b> & <img src=x onerror=alert(1)>")
    shown = talk.page.locator(".mine .words").last
    await expect(shown).to_have_text("<b>bold</b> & <img src=x onerror=alert(1)>")
    assert await shown.locator("b, strong, img").count() == 0


@pytest.mark.parametrize(
    ("html", "tag", "text"),
    [
        ("<b>қалың</b>", "strong", "қалың"),
        ("<i>көлбеу</i>", "em", "көлбеу"),
        ("<u>line</u>", "u", "line"),
        ("<s>gone</s>", "s", "gone"),
        ("<code>ЖСН</code>", "code", "ЖСН"),
        ("<pre>a  b</pre>", "pre", "a  b"),
        ("😀 <b>after an emoji</b>", "strong", "after an emoji"),  # preceded by two UTF-16 units
        ("<b>out <i>in</i></b>", "strong em", "in"),
        ("<blockquote>said</blockquote>", "blockquote", "said"),
        ('<a href="https://egov.kz/">eGov</a>', 'a[href="https://egov.kz/"]', "eGov"),
    ],
)
async def test_formatted_text_is_rendered(talk: OpenChat, html: str, tag: str, text: str) -> None:
    await talk.bot.say(talk.person, html)
    await expect(talk.page.locator(f".theirs .words {tag}")).to_have_text(text)


async def test_spoiler_is_hidden_until_opened(talk: OpenChat) -> None:
    await talk.bot.say(talk.person, "Answer: <tg-spoiler>42</tg-spoiler>")
    cover = talk.log.get_by_role("button", name="Hidden text, show it")
    await cover.click()
    await expect(talk.page.locator(".spoiler-open")).to_have_text("42")
    await expect(cover).to_have_count(0)


async def test_long_quote_expands_and_collapses(talk: OpenChat) -> None:
    lines = "\n".join(f"point {number}" for number in range(20))
    await talk.bot.say(talk.person, f"<blockquote expandable>{lines}</blockquote>")
    quote = talk.page.locator(".expandable .quoted")
    folded = await quote.evaluate("node => node.clientHeight")
    await talk.log.get_by_role("button", name="Show more").click()
    assert await quote.evaluate("node => node.clientHeight") > 3 * folded
    await talk.log.get_by_role("button", name="Show less").click()
    assert await quote.evaluate("node => node.clientHeight") == folded


async def test_edit_is_applied_and_marked(talk: OpenChat) -> None:
    sent = await talk.bot.say(talk.person, "first")
    await expect(talk.log.get_by_text("first")).to_be_visible()
    await talk.bot.call("editMessageText", chat_id=talk.person, message_id=sent["message_id"], text="second")
    last = talk.page.locator(MESSAGE).last
    await expect(last.locator(".words")).to_have_text("second")
    await expect(last.locator(".edited")).to_have_text("edited")


async def test_deleted_message_disappears(talk: OpenChat) -> None:
    sent = await talk.bot.say(talk.person, "a slip")
    await expect(talk.log.get_by_text("a slip")).to_be_visible()
    await talk.bot.call("deleteMessage", chat_id=talk.person, message_id=sent["message_id"])
    await expect(talk.log.get_by_text("a slip")).to_have_count(0)


async def test_callback_edits_the_message_and_keeps_the_focus(talk: OpenChat) -> None:
    sent = await talk.bot.offer(talk.person, "Card", {"text": "Papers", "callback_data": "papers"})
    button = talk.log.get_by_role("button", name="Papers")
    await button.press("Enter")
    query = await talk.bot.next("callback_query")
    assert query["data"] == "papers"
    await talk.bot.call(
        "editMessageText",
        chat_id=talk.person,
        message_id=sent["message_id"],
        text="Papers of the card",
        reply_markup=sent["reply_markup"],
    )
    await talk.bot.call("answerCallbackQuery", callback_query_id=query["id"])
    await expect(talk.page.locator(".theirs .words").last).to_have_text("Papers of the card")
    await expect(button).to_be_focused()


async def test_toast_is_shown_and_alert_waits_for_closing(talk: OpenChat) -> None:
    await talk.bot.offer(talk.person, "Card", {"text": "Term", "callback_data": "term"})
    await talk.log.get_by_role("button", name="Term").click()
    query = await talk.bot.next("callback_query")
    await talk.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Five working days")
    await expect(talk.page.locator("#toasts")).to_contain_text("Five working days")

    await talk.log.get_by_role("button", name="Term").click()
    query = await talk.bot.next("callback_query")
    await talk.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Too old", show_alert=True)
    alert = talk.page.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Too old")
    await talk.page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)


async def test_link_to_the_bot_sends_its_payload(talk: OpenChat) -> None:
    link = "https://t.me/qyzmet_bot?start=svc_identity-card"
    await talk.bot.offer(talk.person, "Card", {"text": "Open", "url": link})
    await talk.log.get_by_role("button", name="Open, opens a link").click()
    assert (await talk.bot.next("message"))["text"] == "/start svc_identity-card"


async def test_reply_keyboard_sends_text_and_can_be_hidden(talk: OpenChat) -> None:
    markup = {"keyboard": [[{"text": "Ask a question"}, {"text": "Services"}]], "resize_keyboard": True}
    await talk.bot.say(talk.person, "Menu", reply_markup=markup)
    keyboard = talk.page.get_by_role("group", name="Answers the bot offers")
    await keyboard.get_by_role("button", name="Services").click()
    assert (await talk.bot.next("message"))["text"] == "Services"
    toggle = talk.page.get_by_role("button", name=re.compile("Show or hide"))
    await toggle.click()
    await expect(keyboard.get_by_role("button", name="Services")).to_be_hidden()
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    await talk.bot.say(talk.person, "Bye", reply_markup={"remove_keyboard": True})
    await expect(toggle).to_be_hidden()


async def test_sharing_a_number_needs_confirmation(talk: OpenChat) -> None:
    markup = {"keyboard": [[{"text": "My number", "request_contact": True}]]}
    await talk.bot.say(talk.person, "Your number?", reply_markup=markup)
    await talk.page.locator("#reply-keyboard").get_by_role("button", name="My number").click()
    await talk.page.get_by_role("alertdialog").get_by_role("button", name="Send").click()
    contact = (await talk.bot.next("message"))["contact"]
    assert contact["user_id"] == talk.person
    await expect(talk.page.locator(".mine .file-card")).to_contain_text(contact["phone_number"])


async def test_forced_reply_answers_its_message(talk: OpenChat) -> None:
    asked = await talk.bot.say(talk.person, "Your name?", reply_markup={"force_reply": True})
    await expect(talk.page.locator("#banner")).to_contain_text("Your name?")
    await talk.write("Aigul")
    received = await talk.bot.next("message")
    assert received["reply_to_message"]["message_id"] == asked["message_id"]


async def test_typing_is_shown(talk: OpenChat) -> None:
    await talk.bot.call("sendChatAction", chat_id=talk.person, action="typing")
    await expect(talk.page.locator("#bot-status")).to_have_text("typing…")
    await talk.bot.say(talk.person, "here")
    await expect(talk.page.locator("#bot-status")).to_contain_text("you: Айгүл")


async def test_text_over_4096_characters_is_not_lost(talk: OpenChat) -> None:
    await talk.write("a" * 4097)
    await expect(talk.page.locator("#toasts")).to_contain_text("4096")
    await expect(talk.page.get_by_label("Write a message")).to_have_value("a" * 4097)
