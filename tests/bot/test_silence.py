"""What is passed over in silence: service messages, edits without words; what is answered once: albums."""

from collections.abc import Sequence
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Update
from localgram.client import SimulatedPerson

from bot.app.filters import SAID, asks_nothing
from tests.bot.live_bot import RunningBot
from tests.each import each_case
from tests.telegram_updates import said

PLACE = {"latitude": 43.2, "longitude": 76.9, "live_period": 900}
SERVICE: dict[str, Any] = {
    "new_chat_title": "Соседи",
    "new_chat_members": [{"id": 5, "is_bot": False, "first_name": "Нурлан"}],
    "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 60},
    "write_access_allowed": {},
    "connected_website": "example.kz",
    "chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}},
    "users_shared": {"request_id": 1, "users": []},
    "boost_added": {"boost_count": 1},
}
SAID_BY_TELEGRAM = """
    new_chat_members left_chat_member chat_owner_left chat_owner_changed new_chat_title new_chat_photo
    delete_chat_photo group_chat_created supergroup_chat_created channel_chat_created
    message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id pinned_message
    successful_payment refunded_payment users_shared chat_shared user_shared gift unique_gift
    gift_upgrade_sent connected_website write_access_allowed passport_data proximity_alert_triggered
    boost_added chat_background_set checklist_tasks_done checklist_tasks_added
    direct_message_price_changed forum_topic_created forum_topic_edited forum_topic_closed
    forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden giveaway_created
    giveaway_completed managed_bot_created paid_message_price_changed poll_option_added
    poll_option_deleted suggested_post_approved suggested_post_approval_failed suggested_post_declined
    suggested_post_paid suggested_post_refunded video_chat_scheduled video_chat_started video_chat_ended
    video_chat_participants_invited web_app_data community_chat_added community_chat_removed
    community_chat_joined
"""


async def inject(live_bot: RunningBot, person: SimulatedPerson, *updates: dict[str, Any]) -> None:
    for update in updates:
        await live_bot.client.post(f"/people/{person.number}/updates", update)
    await live_bot.client.settle()


async def answers(person: SimulatedPerson) -> list[str]:
    return [message.get("text", "") for message in await person.messages() if message["from"]["is_bot"]]


async def test_service_messages_and_edits_without_words_are_passed_over(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("/complaint")  # a window that waits for text asks again for nothing
    before = await answers(person)
    with each_case() as cases:
        for kind, content in SERVICE.items():
            with cases.case(kind):
                await inject(live_bot, person, {"message": said(person.number, **{kind: content})})
                assert await answers(person) == before
    moved = {"edited_message": said(person.number, location=PLACE, edit_date=1)}
    ended = {"edited_message": said(person.number, location={"latitude": 43.2, "longitude": 76.9})}
    await inject(live_bot, person, *[moved] * 3, ended)
    assert await answers(person) == before


async def test_service_messages_in_groups_are_passed_over(live_bot: RunningBot):
    person = await live_bot.person("ru")
    group = await live_bot.client.group("Соседи")
    message = said(person.number, new_chat_title="Соседи 2")
    message["chat"] = {"id": group, "type": "supergroup", "title": "Соседи 2"}
    await inject(live_bot, person, {"message": message})
    assert [one for one in await person.messages(chat=group) if one["from"]["is_bot"]] == []


async def test_group_that_became_a_supergroup_is_followed(live_bot: RunningBot):
    person = await live_bot.person("ru")
    old, new = await live_bot.client.group("Соседи", "group"), await live_bot.client.group("Соседи")
    await person.ask("замена прав", chat=old)  # told once that the bot is private
    message = said(person.number, migrate_to_chat_id=new)
    message["chat"] = {"id": old, "type": "group", "title": "Соседи"}
    await inject(live_bot, person, {"message": message})
    await person.say("замена прав", chat=new)
    await live_bot.client.settle()
    assert [one for one in await person.messages(chat=new) if one["from"]["is_bot"]] == []


def test_moving_and_wordless_updates_spend_nothing_of_the_limit():
    place, told = said(7, location=PLACE), said(7, text="слова")
    with each_case() as cases:
        for update, expected in (
            ({"edited_message": place}, True),
            ({"message": place}, False),
            ({"message": said(7, new_chat_title="x")}, True),
            ({"message": told}, False),
            ({"edited_message": told}, False),
        ):
            with cases.case(str(update)):
                assert asks_nothing(Update.model_validate({"update_id": 1, **update})) is expected


def test_what_a_person_says_and_what_telegram_says_are_told_apart():
    """A kind of a later aiogram is in neither until somebody decides."""
    kinds = {kind.value for kind in ContentType} - {ContentType.ANY.value}
    assert {kind.value for kind in SAID} == kinds - set(SAID_BY_TELEGRAM.split())


async def test_button_of_an_inline_message_is_answered(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("/menu")
    before = await answers(person)
    callback = {"from": {"id": person.number, "is_bot": False, "first_name": "A", "language_code": "ru"}}
    forms: Sequence[dict[str, Any]] = [{"data": "anything"}, {"data": "c:d:-1:0:x"}, {"game_short_name": "x"}]
    for number, form in enumerate(forms):
        pressed = (
            callback | {"id": f"inline-{number}", "chat_instance": "1", "inline_message_id": "AAA"} | form
        )
        await inject(live_bot, person, {"callback_query": pressed})
    calls = await live_bot.client.calls("answerCallbackQuery")
    assert [call["arguments"]["callback_query_id"] for call in calls] == ["inline-0", "inline-1", "inline-2"]
    assert all("личных сообщениях" in call["arguments"]["text"] for call in calls)
    assert await answers(person) == before


async def test_album_with_words_gets_one_answer(live_bot: RunningBot):
    with each_case() as cases:
        for place in range(3):
            with cases.case(f"words with picture {place}"):
                person = await live_bot.person("ru")
                await person.ask("/menu")
                before = len(await answers(person))
                pictures = [said(person.number, **picture(number)) for number in range(3)]
                pictures[place]["caption"] = "замена водительских прав"
                await inject(live_bot, person, *({"message": one} for one in pictures))
                (answer,) = (await answers(person))[before:]
                assert "Права: замена" in answer


def picture(number: int) -> dict[str, Any]:
    photo = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 1, "height": 1}
    return {"photo": [photo], "media_group_id": "holiday"}
