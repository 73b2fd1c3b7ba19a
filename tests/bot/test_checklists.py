"""Documents and situations are ticked in the chat, kept, forwarded and deleted."""

from localgram.client import SimulatedPerson, labels
from sqlalchemy import func, select

from accounts.checklists import ChecklistRow
from tests.bot.live_bot import RunningBot

FIRST = "☐ 1"


async def open_list(person: SimulatedPerson) -> int:
    card = await person.ask("какие документы нужны для замены прав")
    await person.press("☑️ Отмечать готовое", card["message_id"])
    return int(card["message_id"])


async def shown(person: SimulatedPerson, number: int) -> str:
    return next(str(one["text"]) for one in await person.messages() if one["message_id"] == number)


async def kept(live_bot: RunningBot) -> int:
    async with live_bot.database.session() as session:
        return await session.scalar(select(func.count()).select_from(ChecklistRow)) or 0


async def test_ticked_document_stays_ticked(live_bot: RunningBot):
    person = await live_bot.person("ru")
    number = await open_list(person)
    await person.press(FIRST, number)
    assert "☑ 1." in await shown(person, number)
    again = await open_list(person)
    assert "☑ 1." in await shown(person, again)
    await person.press("☑ 1", again)
    assert "☑" not in await shown(person, again)


async def test_list_is_sent_as_text_to_forward(live_bot: RunningBot):
    person = await live_bot.person("ru")
    number = await open_list(person)
    await person.press("↗️ Отдельным текстом", number)
    sent = await person.wait_for_reply(number)
    assert sent["text"].startswith("Права: замена\n1. ")
    assert "reply_markup" not in sent


async def test_deleted_list_is_gone(live_bot: RunningBot):
    person = await live_bot.person("ru")
    number = await open_list(person)
    await person.press(FIRST, number)
    await person.press("🗑 Удалить список", number)
    assert "Какие нужны документы" in await shown(person, number)
    assert await kept(live_bot) == 0


async def test_situation_lists_its_services_in_order_and_keeps_ticks(live_bot: RunningBot):
    person = await live_bot.person("ru")
    menu = await person.ask("/menu")
    await person.press("🗂 Жизненные ситуации", menu["message_id"])
    await person.press("Родился ребёнок", menu["message_id"])
    await person.press("☐ 2", menu["message_id"])
    assert "☑ 2. " in await shown(person, menu["message_id"])
    await person.press("◂ Назад", menu["message_id"])
    await person.press("☑️ Мои списки", menu["message_id"])
    await person.press("Родился ребёнок", menu["message_id"])
    text = await shown(person, menu["message_id"])
    assert "☐ 1. " in text
    assert "☑ 2. " in text


async def test_a_service_of_a_situation_opens_below_the_list(live_bot: RunningBot):
    person = await live_bot.person("ru")
    menu = await person.ask("/menu")
    await person.press("🗂 Жизненные ситуации", menu["message_id"])
    await person.press("Родился ребёнок", menu["message_id"])
    service = labels((await person.messages())[-1])[2]
    await person.press(service, menu["message_id"])
    card = await person.wait_for_reply(menu["message_id"])
    assert card["text"].startswith(service)


async def test_forgetting_deletes_the_lists(live_bot: RunningBot):
    person = await live_bot.person("ru")
    number = await open_list(person)
    await person.press(FIRST, number)
    assert await kept(live_bot) == 1
    asked = await person.ask("/forget")
    await person.press(labels(asked)[0], asked["message_id"])
    assert await kept(live_bot) == 0


async def test_a_forged_list_is_outdated_and_nothing_is_kept(live_bot: RunningBot):
    person = await live_bot.person("ru")
    number = await open_list(person)
    await person.press(FIRST, number)
    menu = await person.ask("/menu")
    await person.press("🗂 Жизненные ситуации", menu["message_id"])
    await person.press("☑️ Мои списки", menu["message_id"])
    listed = next(one for one in await person.messages() if one["message_id"] == menu["message_id"])
    data = next(data for data in labels(listed) if "list:" in data)
    head = data[: data.index("list:") + len("list:")]
    answer = (await person.send_callback(f"{head}d:driving-licence:x", menu["message_id"]))["answer"]
    assert "устарела" in answer["text"]
    await person.send_callback("ck:t:0:77:driving-licence", number)  # no such case: the list of all cases
    async with live_bot.database.session() as session:
        keys = set(await session.scalars(select(ChecklistRow.key)))
    assert not any(key.endswith(":77") for key in keys)
