"""What belongs to a complaint never reaches the list of unanswered questions."""

from localgram.client import SimulatedPerson, labels
from sqlalchemy import select

from knowledge.journal.tables import QuestionRow
from tests.bot.live_bot import RunningBot

UNANSWERED = "абракадабра хрюмзик 12.05.1985 Айгуль"


async def recorded(live_bot: RunningBot) -> list[str]:
    async with live_bot.database.session() as session:
        return list(await session.scalars(select(QuestionRow.text)))


async def with_open_complaint(live_bot: RunningBot) -> SimulatedPerson:
    person = await live_bot.person("ru")
    await person.ask("/complaint")
    await person.press("✅ Согласен: лично в орган")  # raises LookupError where no message has the button
    return person


async def test_an_unanswered_question_is_recorded_and_forgotten_with_its_author(live_bot: RunningBot):
    person, other = await live_bot.person("ru"), await live_bot.person("ru")
    await person.ask("абракадабра хрюмзик")
    await other.ask("зюзюка мутабор")
    assert len(await recorded(live_bot)) == 2
    sure = await person.ask("/forget")
    await person.press("Да, удалить всё", sure["message_id"])
    assert await recorded(live_bot) == ["зюзюка мутабор"]


async def test_nothing_is_recorded_while_a_complaint_is_open(live_bot: RunningBot):
    person = await with_open_complaint(live_bot)
    await person.ask("/menu")
    reply = await person.ask(UNANSWERED)
    assert "не записал" in reply["text"]
    assert labels(reply)
    assert await recorded(live_bot) == []


async def test_an_edited_message_is_never_recorded(live_bot: RunningBot):
    person = await live_bot.person("ru")
    sent = await person.say("замена водительских прав")
    await person.wait_for_reply()
    await person.edit(sent["message_id"], UNANSWERED)
    await person.ask("/menu")
    assert await recorded(live_bot) == []


async def test_an_edit_of_what_a_window_was_told_is_said_to_change_nothing(live_bot: RunningBot):
    person = await live_bot.person("ru")
    window = await person.ask("/deadline")
    await person.press(labels(window)[0], window["message_id"])
    await person.press(labels((await person.messages())[-1])[0], window["message_id"])
    sent = await person.say("Айгуль Маратовна")
    await person.wait_for_replies(2, after=sent["message_id"])
    last = (await person.messages())[-1]["message_id"]
    await person.edit(sent["message_id"], "Айгуль Сериковна")
    assert "не учёл" in (await person.wait_for_reply(after=last))["text"]
    assert await recorded(live_bot) == []


async def test_a_swiped_answer_is_not_recorded(live_bot: RunningBot):
    person = await live_bot.person("ru")
    card = await person.ask("замена водительских прав")
    sent = await person.say(UNANSWERED, reply_to=card["message_id"])
    await person.wait_for_reply(after=sent["message_id"])
    assert await recorded(live_bot) == []


async def test_every_verdict_leaves_a_way_on_and_the_cards_buttons(live_bot: RunningBot):
    person = await live_bot.person("ru")
    card = await person.ask("замена водительских прав")
    buttons = labels(card)
    down = next((label for label in buttons if label.startswith("👎")), None)
    if down is None:
        return
    await person.press(down, card["message_id"])
    said = await person.wait_for_reply(after=card["message_id"])
    assert any("1414" in label or "☎️" in label for label in labels(said))
    messages = await person.messages()
    assert labels(next(one for one in messages if one["message_id"] == card["message_id"])) == buttons
