"""Complete complaints with a moving clock, as the citizen sees them: every possible course."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from complaints.actions.answering import AnswerComplaint, ComplaintReply
from complaints.actions.extending import AskExtension
from complaints.actions.passing import PassOnComplaint
from complaints.actions.taking import TakeComplaint
from complaints.actions.working import AskCitizen
from complaints.facts import ComplaintOutcome, ExtensionReason
from complaints.hearings.actions import ExceptHearing
from complaints.hearings.hearing import HearingGround
from complaints.thread import MessageContent
from kernel.language import Language
from localisation.formats import day, through
from tests.bot.complaint_dialog import (
    AGENCY_BODY,
    AGENT,
    HEAD,
    OFFICER,
    POLICE,
    TEXT,
    CitizenChat,
    citizen,
    complain,
    connect,
    make_context,
)
from tests.bot.live_bot import RunningBot

REFUSED = ComplaintReply(outcome=ComplaintOutcome.REJECTED, content=MessageContent(text="Мерзім сақталған"))
FIRST = 1  # the id of the first complaint of a new database


async def sent(live_bot: RunningBot, language: str) -> CitizenChat:
    """A citizen whose complaint reaches the police of Almaty on Monday 23 November 2026 at ten."""
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot, language)
    await complain(one)
    await one.press("send")
    return one


async def at(live_bot: RunningBot, moment: str) -> None:
    """Set the clock to that moment in Kazakhstan and run the tick."""
    live_bot.clock.set(datetime.fromisoformat(f"{moment}+05:00"))
    await live_bot.tick.run()


async def official(live_bot: RunningBot, action: Any, *args: Any) -> Any:
    async with make_context(live_bot) as context:
        return await action(context)(*args)


async def hears(one: CitizenChat, words: str) -> str:
    """Wait for a notice that contains `words`; return its text."""
    found = await one.person.wait_until(
        lambda seen: any(words in message.get("text", "") for message in seen), wait=60
    )
    return next(str(message["text"]) for message in found if words in message.get("text", ""))


IN_TIME = {  # the notices of taking, asking, answering, upholding and solving
    "kk": ("қарауға алды", "сұрағы бар", "жауап келді", "қанағаттандырылды", "шешілді дедіңіз"),
    "ru": ("взял вашу жалобу", "к вам вопрос", "пришёл ответ", "удовлетворена", "сказали, что решено"),
    "en": ("has taken", "the official has a question", "there is an answer", "upheld", "solved, as you said"),
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_complaint_answered_in_time_is_solved(live_bot: RunningBot, language: str):
    taken, asked, answered, upheld, solved = IN_TIME[language]
    one = await sent(live_bot, language)
    await official(live_bot, TakeComplaint, OFFICER, FIRST)
    await hears(one, taken)
    await official(live_bot, AskCitizen, OFFICER, FIRST, MessageContent(text="Өтініш нөмірі қандай?"))
    assert "Өтініш нөмірі қандай?" in await hears(one, asked)
    await one.press(f"mc:a:{FIRST}")
    await one.says("№ 12345")
    await one.press("done")
    await at(live_bot, "2026-11-27T12:00")
    reply = ComplaintReply(
        outcome=ComplaintOutcome.UPHELD,
        content=MessageContent(text="Куәлік дайын"),
        restored=True,
        how="Кешірім сұралды",
    )
    await official(live_bot, AnswerComplaint, OFFICER, FIRST, reply)
    notice = await hears(one, answered)
    for words in (upheld, "Куәлік дайын", "Кешірім сұралды"):
        assert words in notice
    await one.press(f"mc:s:{FIRST}")
    await one.press("solved")
    await one.press("stars:5")
    await one.says("Рахмет")
    await one.press("stars:4")
    await one.says("Кезек ұзақ")
    assert solved in await one.window()
    assert "5/5" in await one.window()
    assert "4/5" in await one.window()


async def test_agency_extends_a_complaint(live_bot: RunningBot):
    await connect(live_bot, AGENCY_BODY, inspector=AGENT, head=HEAD)
    one = await citizen(live_bot, "kk")
    await complain(one)
    await one.press("change")
    await one.press("line:concern")
    await one.press("concern:agency")
    assert "15 жұмыс күні" in await one.window()
    await one.press("send")
    await official(live_bot, TakeComplaint, HEAD, FIRST)
    await at(live_bot, "2026-12-10T11:00")
    await official(live_bot, AskExtension, HEAD, FIRST, 10, ExtensionReason.STUDY)
    notice = await hears(one, "10 жұмыс күніне ұзартылды")
    assert "қосымша зерделеу" in notice
    assert "2026 жылғы 29 желтоқсанды қоса алғанда" in notice


async def test_overdue_complaint_is_escalated_to_the_agency(live_bot: RunningBot):
    await connect(live_bot, AGENCY_BODY, inspector=AGENT, head=HEAD)
    one = await sent(live_bot, "ru")
    await at(live_bot, "2026-11-30T23:50")
    assert "вовремя не ответили" not in await one.sees()
    await at(live_bot, "2026-12-01T09:05")
    notice = await hears(one, "вовремя не ответили")
    assert (
        "по 30 ноября 2026 года включительно. Со дня, когда срок истёк, считается, что в жалобе отказано"
        in notice
    )
    await one.press(f"mc:g:{FIRST}")
    await one.press("yes")
    moved = await one.window()
    assert "26-00000002-" in moved
    assert "по 23 декабря 2026 года включительно" in moved  # fifteen working days: the 16th is a holiday
    await one.press("case")
    assert "26-00000001-" in await one.window()  # the first body's complaint and due date stay visible


AGENCY_AWAY = {
    "kk": ("өзіңіз тапсырасыз", "Мерзімінде жауап берілмеді", "shagym-26-00000001-5.docx"),
    "ru": ("подать его нужно самому", "Ответа в срок нет", "zhaloba-26-00000001-5.docx"),
    "en": ("ready to hand in", "Ответа в срок нет", "zhaloba-26-00000001-5.docx"),
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_unconnected_agency_gets_a_text_that_tells_of_the_silence(live_bot: RunningBot, language: str):
    promised, silence, file = AGENCY_AWAY[language]
    one = await sent(live_bot, language)
    assert "бір батырмамен" not in (told := await one.sees())
    assert not any(words in told for words in ("одной кнопкой", "with a button that sends"))
    await at(live_bot, "2026-12-01T09:05")
    await one.person.wait_until(lambda seen: any("⚠️" in message.get("text", "") for message in seen), wait=60)
    await one.press(f"mc:g:{FIRST}")
    assert promised in await one.window()
    await one.press("text")
    assert (await one.documents())[-1] == file
    paper = "\n".join(paragraph.text for paragraph in Document(BytesIO(await one.last_file())).paragraphs)
    assert TEXT in paper
    assert silence in paper
    assert "eotinish.kz" in await one.window()


async def test_complaint_is_passed_to_an_unconnected_body_by_name(live_bot: RunningBot):
    one = await sent(live_bot, "ru")
    await official(live_bot, TakeComplaint, OFFICER, FIRST)
    words = MessageContent(text="Решает акимат")
    await official(live_bot, PassOnComplaint, OFFICER, FIRST, "akimat-almaty", words)
    notice = await hears(one, "Решает акимат")
    assert "Акимат города Алматы" in notice


async def test_complaint_is_passed_to_the_competent_body(live_bot: RunningBot):
    await connect(live_bot, "akimat-almaty", officer=AGENT)
    one = await sent(live_bot, "en")
    await official(live_bot, TakeComplaint, OFFICER, FIRST)
    await at(live_bot, "2026-11-25T12:00")
    await official(
        live_bot, PassOnComplaint, OFFICER, FIRST, "akimat-almaty", MessageContent(text="It is theirs")
    )
    notice = await hears(one, "passed on to the body")
    for words in ("26-00000002-", "2 December 2026", "30 November 2026", "It is theirs"):
        assert words in notice


async def test_complaint_is_withdrawn(live_bot: RunningBot):
    one = await sent(live_bot, "kk")
    await one.says("/complaints")
    await one.press(f"open:{FIRST}")
    await one.press("withdraw")
    await one.press("yes")
    assert "өзіңіз қайтарып алдыңыз" in await one.window()
    await at(live_bot, "2026-12-01T09:05")
    assert "мерзімінде жауап болмады" not in await one.sees()


async def test_unsolved_complaint_goes_to_agency_then_court(live_bot: RunningBot):
    await connect(live_bot, AGENCY_BODY, inspector=AGENT, head=HEAD)
    one = await sent(live_bot, "ru")
    await official(live_bot, TakeComplaint, OFFICER, FIRST)
    await official(live_bot, ExceptHearing, OFFICER, FIRST, HearingGround.REQUEST)
    await official(live_bot, AnswerComplaint, OFFICER, FIRST, REFUSED)
    await hears(one, "в жалобе отказано")
    await one.press(f"mc:n:{FIRST}")
    await one.says("Ничего не сделали")
    assert "15 рабочих дней" in await one.window()
    await one.press("yes")
    assert "26-00000002-" in await one.window()
    await official(live_bot, TakeComplaint, AGENT, FIRST + 1)
    await official(live_bot, ExceptHearing, AGENT, FIRST + 1, HearingGround.REQUEST)
    await official(live_bot, AnswerComplaint, AGENT, FIRST + 1, REFUSED)
    await hears(one, "№ 26-00000002-8: пришёл ответ")
    await one.press(f"mc:n:{FIRST + 1}")
    await one.press("yes")
    assert "Дальше – суд" in await one.window()


NOT_CONNECTED = {
    "kk": ("Шағым тіркелген жоқ", "shagym", date(2026, 11, 30), "өзіңіз"),
    "ru": ("Жалоба не зарегистрирована", "zhaloba", date(2026, 11, 30), "подали сами"),
    "en": ("Nothing was registered", "zhaloba", date(2026, 11, 30), "filed yourself"),
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_unconnected_body_gets_a_prepared_text_and_stored_dates(live_bot: RunningBot, language: str):
    nothing, file, due, reminded = NOT_CONNECTED[language]
    one = await citizen(live_bot, language)
    await complain(one)
    await one.press("send")
    await one.press("skip")  # the address is written by hand
    assert nothing in await one.window()
    assert await one.documents() == [f"{file}.pdf", f"{file}.docx"]
    await one.press("filed")
    await one.press("today")
    assert through(due, Language(language)) in await one.window()
    await at(live_bot, "2026-12-01T09:05")
    await hears(one, reminded)
    await one.says("/complaints")
    assert day(due, Language(language)) in await one.window()
    await one.press("kept:1")
    await one.press("stop")
    assert day(due, Language(language)) not in await one.window()
