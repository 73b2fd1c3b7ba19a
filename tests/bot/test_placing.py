"""What belongs to a complaint never goes to the registry as a question, wherever it is typed."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from accounts.roles import Role
from bot.views.callbacks import CaseAction, CaseCallback, PlaceAction, PlaceCallback
from complaints.tables import MessageRow
from complaints.thread import MessageKind, MessageThread
from knowledge.journal.tables import QuestionRow
from messaging.dialog_tables import DialogState
from tests.bot.complaint_dialog import CitizenChat, citizen
from tests.bot.complaints_official.officials import hears, official
from tests.bot.complaints_official.test_courses import POLICE, greet, sent
from tests.bot.live_bot import RunningBot
from tests.complaints.files import png

ANSWER = "Құжаттарды 2 қарашада Абай даңғылындағы бөлімге тапсырдым"
QUESTION = "какие документы нужны для замены водительских прав?"


def button(action: PlaceAction, complaint: int = 0) -> str:
    return PlaceCallback(action=action, complaint=complaint).pack()


async def said(live_bot: RunningBot) -> list[tuple[str, str]]:
    """The messages of all complaints: kind and text."""
    async with live_bot.database.session() as session:
        rows = (await session.scalars(select(MessageRow).order_by(MessageRow.id))).all()
        thread = MessageThread(session, live_bot.cipher)
        return [(row.kind, await thread.text_of(row.id)) for row in rows]


async def recorded(live_bot: RunningBot) -> list[str]:
    async with live_bot.database.session() as session:
        return list(await session.scalars(select(QuestionRow.text)))


async def last(one: CitizenChat) -> dict[str, Any]:
    await one.live_bot.client.settle()
    return (await one.person.messages())[-1]


async def taken(live_bot: RunningBot, language: str = "kk") -> tuple[CitizenChat, CitizenChat, int]:
    one = await citizen(live_bot, language)
    complaint = await sent(live_bot, POLICE, one)
    officer = await official(live_bot, language, Role.OFFICER, POLICE)
    await greet(one)
    await officer.says("/inbox")
    for data in ("list:all", f"open:{complaint}", "take"):
        await officer.press(data)
    return one, officer, complaint


async def asked(live_bot: RunningBot, language: str = "kk") -> tuple[CitizenChat, CitizenChat, int]:
    """The official has asked the citizen when and where."""
    one, officer, complaint = await taken(live_bot, language)
    await officer.press("ask")
    await officer.says("Қашан, қайда тапсырдыңыз?")
    for data in ("confirm", "send"):
        await officer.press(data)
    await hears(one, "Қашан, қайда тапсырдыңыз?")
    return one, officer, complaint


async def test_answer_to_the_official_is_simply_written(live_bot: RunningBot):
    one, _, _ = await asked(live_bot)
    await one.says(ANSWER)
    assert "қызметкерге жіберілді" in (await last(one))["text"]
    await one.says("Талон нөмірі 45, терезе 7")  # goes on: the state has changed, the talk has not
    assert "қызметкерге жіберілді" in (await last(one))["text"]
    assert [text for kind, text in await said(live_bot) if kind == MessageKind.ADDITION] == [
        ANSWER,
        "Талон нөмірі 45, терезе 7",
    ]
    assert await recorded(live_bot) == []


async def test_photo_as_an_answer_is_acknowledged(live_bot: RunningBot):
    one, _, _ = await asked(live_bot)
    await one.person.upload(png(), name="a.png", kind="photo")
    assert "Файл шағымға тіркеледі" in (await last(one))["text"]


async def test_question_while_the_official_waits_is_asked_about_once(live_bot: RunningBot):
    one, _, complaint = await asked(live_bot, "ru")
    await one.says(QUESTION)
    assert "Это к жалобе № 26-00000001-5?" in await one.window()
    assert QUESTION not in str(await stored(live_bot))
    await one.press(button(PlaceAction.REGISTRY))
    assert "водительск" in (await last(one))["text"].lower()
    await one.says(QUESTION)
    assert "Это к жалобе" not in (await last(one))["text"]
    await one.says("абракадабра")
    await one.press(button(PlaceAction.GIVE, complaint))
    assert (MessageKind.ADDITION.value, "абракадабра") in await said(live_bot)


async def stored(live_bot: RunningBot) -> list[Any]:
    async with live_bot.database.session() as session:
        return [row.data for row in await session.scalars(select(DialogState))]


async def test_thanks_and_the_menu_are_not_answers(live_bot: RunningBot):
    one, _, _ = await asked(live_bot, "ru")
    await one.says("спасибо")
    await one.says("меню")
    assert [kind for kind, _ in await said(live_bot)] == [MessageKind.QUESTION]


async def test_reply_to_a_notice_belongs_to_its_complaint(live_bot: RunningBot):
    one, officer, complaint = await taken(live_bot, "ru")
    notice = await hears_message(one, "взял вашу жалобу")
    await one.person.say("загранпаспорт", reply_to=notice["message_id"])
    assert "передано сотруднику" in (await last(one))["text"]
    told = await hears_message(officer, "добавил")
    await officer.person.say("Проверим по базе паспортов", reply_to=told["message_id"])
    assert "Это к жалобе № 26-00000001-5?" in await officer.window()
    await officer.press(button(PlaceAction.INTO_ANSWER, complaint))
    await officer.press("outcome:rejected")
    assert "Проверим по базе паспортов" in await officer.window()


async def hears_message(one: CitizenChat, words: str) -> dict[str, Any]:
    await hears(one, words)
    return next(found for found in await one.person.messages() if words in found.get("text", ""))


async def test_reply_to_the_answer_asks_before_it_says_not_solved(live_bot: RunningBot):
    one, officer, complaint = await taken(live_bot, "ru")
    for data in ("hearing", "except", "ground:request", "case"):  # a refusal needs a hearing or an exception
        await officer.press(data)
    for data in ("answer", "outcome:rejected"):
        await officer.press(data)
    await officer.says("Отказано: заявления в базе нет")
    for data in ("confirm", "send"):
        await officer.press(data)
    notice = await hears_message(one, "Отказано: заявления в базе нет")
    await one.person.say("Как это нет, вот талон", reply_to=notice["message_id"])
    await one.press(button(PlaceAction.NOT_SOLVED, complaint))
    assert (MessageKind.NOT_SOLVED.value, "Как это нет, вот талон") in await said(live_bot)


async def test_answer_typed_where_a_button_is_waited_for_is_kept(live_bot: RunningBot):
    _, officer, _ = await taken(live_bot, "ru")
    await officer.press("answer")
    await officer.says("Замена водительских прав выполнена.")  # at "what is decided?"
    await officer.press("outcome:upheld")
    await officer.says("Удостоверение готово.")  # at "were rights restored?"
    assert "Добавлено в ваш текст" in await officer.sees()
    await officer.press("no")
    shown = await officer.window()
    assert "Замена водительских прав выполнена." in shown
    assert "Удостоверение готово." in shown


async def test_text_in_a_complaints_window_is_asked_about(live_bot: RunningBot):
    one, officer, complaint = await taken(live_bot, "en")
    await one.says("/complaints")
    await one.press(f"open:{complaint}")
    await one.says("driving licence")
    await one.says("and the queue was long")
    assert "2 messages are kept" in await one.window()
    await one.press(button(PlaceAction.GIVE, complaint))
    assert [text for kind, text in await said(live_bot)] == ["driving licence", "and the queue was long"]
    await officer.says("Please send your application number")
    await officer.press(button(PlaceAction.INTO_QUESTION, complaint))
    await officer.press("confirm")
    await officer.press("send")
    await hears(one, "Please send your application number")


async def test_kept_messages_are_dropped_with_everything_else(live_bot: RunningBot):
    one, _, complaint = await taken(live_bot, "ru")
    await one.says("/complaints")
    await one.press(f"open:{complaint}")
    await one.says("замена водительских прав")
    await one.press(button(PlaceAction.DROP))
    assert "удалено" in (await one.sees())
    await one.says("замена водительских прав")
    await one.says("/forget")
    await one.press("yes")
    assert not any("closed" in data for data in await stored(live_bot))


async def test_button_of_another_persons_complaint_is_refused(live_bot: RunningBot):
    _, _, complaint = await asked(live_bot, "ru")
    other = await citizen(live_bot, "ru")
    await sent(live_bot, "akimat-almaty", other)
    await other.says("/complaints")
    await other.press("open:2")
    await other.says("хочу дополнить свою жалобу")
    shown = await last(other)
    await other.person.send_callback(button(PlaceAction.GIVE, complaint), shown["message_id"])
    assert [kind for kind, _ in await said(live_bot)] == [MessageKind.QUESTION]


async def test_story_typed_at_a_button_of_the_complaint_is_kept(live_bot: RunningBot):
    one = await citizen(live_bot, "ru")
    await one.says("/start svc_driving-licence")
    await one.press("cp:driving-licence")
    await one.says("замена водительских прав, три недели нет ответа")  # at the consent
    await one.press(button(PlaceAction.INTO_STORY))
    await one.press("agree:office")
    assert "В каком регионе" in await one.window()  # the card's service is known still
    await one.press("region:almaty")
    assert "Записано: 47" in await one.window()


async def test_reply_to_a_receipt_belongs_to_the_complaint_it_names(live_bot: RunningBot):
    one, _, complaint = await taken(live_bot, "ru")
    await one.says("/complaints")
    await one.press(f"open:{complaint}")
    window = await last(one)
    await one.says("/menu")
    await one.person.say("замена водительских прав", reply_to=window["message_id"])
    assert "передано сотруднику" in (await last(one))["text"]
    assert (MessageKind.ADDITION.value, "замена водительских прав") in await said(live_bot)


async def test_text_typed_while_a_complaint_is_entered_is_kept(live_bot: RunningBot):
    officer = await official(live_bot, "ru", Role.OFFICER, POLICE)
    await officer.says("/register")
    await officer.says("Гражданин не получил водительское удостоверение")
    await officer.press(button(PlaceAction.INTO_STORY))
    assert "Добавлено в текст жалобы" in await officer.sees()
    assert "Гражданин" not in str(await stored(live_bot))


async def test_notices_button_opens_as_before(live_bot: RunningBot):
    one, _, complaint = await asked(live_bot, "ru")
    await one.press(CaseCallback(action=CaseAction.ADD, complaint=complaint).pack())
    await one.says("Подавал 2 ноября")
    assert "Добавлено" in (await last(one))["text"]
    assert [kind for kind, _ in await said(live_bot)] == [MessageKind.QUESTION, MessageKind.ADDITION]


async def test_question_after_the_answer_is_not_sent_unasked(live_bot: RunningBot):
    one, _, _ = await asked(live_bot, "ru")
    await one.says("Подавал 2 ноября")
    await one.says("а хрюмзик кто выдаёт?")
    assert "Это к жалобе № 26-00000001-5?" in await one.window()
    await one.press(button(PlaceAction.DROP))
    live_bot.clock.set(live_bot.clock.now() + timedelta(minutes=11))
    await one.says("абракадабра")
    assert [text for kind, text in await said(live_bot) if kind == MessageKind.ADDITION] == [
        "Подавал 2 ноября"
    ]


async def test_reply_to_any_part_of_a_long_notice_belongs_to_it(live_bot: RunningBot):
    one, officer, complaint = await taken(live_bot, "ru")
    await officer.press("ask")
    await officer.says("Уточните, пожалуйста, день. " * 140)
    for data in ("confirm", "send"):
        await officer.press(data)
    first = await hears_message(one, "у сотрудника к вам вопрос")
    await one.person.say("замена водительских прав", reply_to=first["message_id"])
    assert "передано сотруднику" in (await last(one))["text"]
    assert (MessageKind.ADDITION.value, "замена водительских прав") in await said(live_bot)
    assert complaint == 1
