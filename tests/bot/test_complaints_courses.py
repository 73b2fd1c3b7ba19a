"""Whole complaints with the clock moved, as the citizen sees them: every course that one can take."""

from datetime import datetime
from typing import Any

import pytest

from complaints.actions.answering import Answer, Reply
from complaints.actions.extending import AskExtension
from complaints.actions.passing import PassOn
from complaints.actions.taking import Take
from complaints.actions.working import AskCitizen
from complaints.facts import ExtensionReason, Outcome
from complaints.talk import Words
from tests.bot.complaining import (
    AGENCY_BODY,
    AGENT,
    HEAD,
    OFFICER,
    POLICE,
    Citizen,
    citizen,
    complain,
    connect,
    desk_of,
)
from tests.bot.town import Town

REFUSED = Reply(outcome=Outcome.REJECTED, words=Words(text="Мерзім сақталған"))
FIRST = 1  # the id of the first complaint of a new database


async def sent(town: Town, language: str) -> Citizen:
    """A citizen whose complaint the police of Almaty have, on Monday 23 November 2026 at ten."""
    await connect(town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(town, language)
    await complain(one)
    await one.press("send")
    return one


async def at(town: Town, moment: str) -> None:
    """It is that moment in Kazakhstan, and what time has made due is said."""
    town.clock.set(datetime.fromisoformat(f"{moment}+05:00"))
    await town.tick.run()


async def official(town: Town, action: Any, *args: Any) -> Any:
    async with desk_of(town) as desk:
        return await action(desk)(*args)


async def hears(one: Citizen, words: str) -> str:
    """Wait for a notice that says so; all of it."""
    found = await one.person.wait_until(
        lambda seen: any(words in message.get("text", "") for message in seen), wait=60
    )
    return next(str(message["text"]) for message in found if words in message.get("text", ""))


IN_TIME = {  # what is said when it is taken, asked, answered, upheld and solved
    "kk": ("қарауға алды", "сұрағы бар", "жауап келді", "қанағаттандырылды", "шешілді дедіңіз"),
    "ru": ("взял вашу жалобу", "к вам вопрос", "пришёл ответ", "удовлетворена", "сказали, что решено"),
    "en": ("has taken", "the official asks you", "there is an answer", "upheld", "solved, as you said"),
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_answered_in_time_and_solved(town: Town, language: str):
    taken, asked, answered, upheld, solved = IN_TIME[language]
    one = await sent(town, language)
    await official(town, Take, OFFICER, FIRST)
    await hears(one, taken)
    await official(town, AskCitizen, OFFICER, FIRST, Words(text="Өтініш нөмірі қандай?"))
    assert "Өтініш нөмірі қандай?" in await hears(one, asked)
    await one.press(f"mc:a:{FIRST}")
    await one.says("№ 12345")
    await one.press("done")
    await at(town, "2026-11-27T12:00")
    reply = Reply(
        outcome=Outcome.UPHELD, words=Words(text="Куәлік дайын"), restored=True, how="Кешірім сұралды"
    )
    await official(town, Answer, OFFICER, FIRST, reply)
    notice = await hears(one, answered)
    for words in (upheld, "Куәлік дайын", "Кешірім сұралды"):
        assert words in notice
    await one.press(f"mc:s:{FIRST}")
    await one.press("solved")
    await one.press("stars:5")
    await one.says("Рахмет")
    assert solved in await one.window()
    assert "5/5" in await one.window()


async def test_extended_at_the_agency(town: Town):
    await connect(town, AGENCY_BODY, inspector=AGENT, head=HEAD)
    one = await citizen(town, "kk")
    await complain(one)
    await one.press("change")
    await one.press("line:concern")
    await one.press("concern:agency")
    assert "15 жұмыс күні" in await one.window()
    await one.press("send")
    await official(town, Take, HEAD, FIRST)
    await at(town, "2026-12-10T11:00")
    await official(town, AskExtension, HEAD, FIRST, 10, ExtensionReason.STUDY)
    notice = await hears(one, "10 жұмыс күніне ұзартылды")
    assert "қосымша зерделеу" in notice
    assert "29.12.2026" in notice


async def test_overdue_and_taken_to_the_agency(town: Town):
    await connect(town, AGENCY_BODY, inspector=AGENT, head=HEAD)
    one = await sent(town, "ru")
    await at(town, "2026-11-30T23:50")
    assert "вовремя не ответили" not in await one.sees()
    await at(town, "2026-12-01T09:05")
    notice = await hears(one, "вовремя не ответили")
    assert "должен был быть до 30.11.2026" in notice
    await one.press(f"mc:g:{FIRST}")
    await one.press("yes")
    moved = await one.window()
    assert "26-00000002-" in moved
    assert "23.12.2026" in moved  # fifteen working days: the 16th is a holiday
    await one.press("case")
    assert "26-00000001-" in await one.window()  # the first body's complaint and its date stay in sight


async def test_passed_on_to_the_competent_body(town: Town):
    await connect(town, "akimat-almaty", officer=AGENT)
    one = await sent(town, "en")
    await official(town, Take, OFFICER, FIRST)
    await at(town, "2026-11-25T12:00")
    await official(town, PassOn, OFFICER, FIRST, "akimat-almaty", Words(text="It is theirs"))
    notice = await hears(one, "passed on to the body")
    for words in ("26-00000002-", "2 December 2026", "30 November 2026", "It is theirs"):
        assert words in notice


async def test_withdrawn(town: Town):
    one = await sent(town, "kk")
    await one.says("/complaints")
    await one.press(f"open:{FIRST}")
    await one.press("withdraw")
    await one.press("yes")
    assert "өзіңіз қайтарып алдыңыз" in await one.window()
    await at(town, "2026-12-01T09:05")
    assert "мерзімінде жауап болмады" not in await one.sees()


async def test_not_solved_and_reopened_at_the_agency_then_the_way_to_court(town: Town):
    await connect(town, AGENCY_BODY, inspector=AGENT, head=HEAD)
    one = await sent(town, "ru")
    await official(town, Take, OFFICER, FIRST)
    await official(town, Answer, OFFICER, FIRST, REFUSED)
    await hears(one, "в жалобе отказано")
    await one.press(f"mc:n:{FIRST}")
    await one.says("Ничего не сделали")
    assert "15 рабочих дней" in await one.window()
    await one.press("yes")
    assert "26-00000002-" in await one.window()
    await official(town, Take, AGENT, FIRST + 1)
    await official(town, Answer, AGENT, FIRST + 1, REFUSED)
    await hears(one, "№ 26-00000002-8: пришёл ответ")
    await one.press(f"mc:n:{FIRST + 1}")
    await one.press("yes")
    assert "Дальше – суд" in await one.window()


NOT_CONNECTED = {
    "kk": ("Шағым тіркелген жоқ", "shagym.docx", "30.11.2026", "өзіңіз"),
    "ru": ("Жалоба не зарегистрирована", "zhaloba.docx", "30.11.2026", "подали сами"),
    "en": ("Nothing was registered", "complaint.docx", "30 November 2026", "filed yourself"),
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_not_connected_the_text_is_prepared_and_the_dates_are_kept(town: Town, language: str):
    nothing, file, due, reminded = NOT_CONNECTED[language]
    one = await citizen(town, language)
    await complain(one)
    await one.press("send")
    assert nothing in await one.window()
    assert await one.documents() == [file]
    await one.press("filed")
    await one.press("today")
    assert due in await one.window()
    await at(town, "2026-12-01T09:05")
    await hears(one, reminded)
    await one.says("/complaints")
    assert due in await one.window()
    await one.press("kept:1")
    await one.press("stop")
    assert due not in await one.window()
