"""A complaint that is handed in elsewhere: the paper, its dates, its answer or silence, and the next body."""

from io import BytesIO

from docx import Document

from bot.views.callbacks import SelfFiledAction, SelfFiledStepCallback
from tests.bot.complaint_dialog import CitizenChat, citizen, complain
from tests.bot.live_bot import RunningBot
from tests.bot.test_complaints_courses import at, hears

ADDRESS = "Алматы, ул. Абая 1, кв. 2"


def text_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


async def handed_out(live_bot: RunningBot, language: str = "ru") -> CitizenChat:
    """A citizen who has the paper for a body that is not connected."""
    one = await citizen(live_bot, language)
    await complain(one)
    await one.press("send")
    await one.says(f"{ADDRESS}, aigul@example.kz")
    return one


async def test_paper_holds_what_the_code_asks_in_three_forms(live_bot: RunningBot):
    one = await handed_out(live_bot)
    assert await one.documents() == ["zhaloba.pdf", "zhaloba.docx"]
    asked = ("Серикова Айгуль", one.iin, ADDRESS, "aigul@example.kz", "Подпись", "Приложения", "полиции")
    for form in (text_of(await one.last_file()), await one.sees()):
        assert [words for words in asked if words not in form] == []
    await one.press("text:kk")
    await one.person.wait_until(lambda seen: any("ШАҒЫМ" in each.get("text", "") for each in seen), wait=60)
    assert (await one.documents())[-2:] == ["shagym.pdf", "shagym.docx"]
    kazakh = text_of(await one.last_file())
    for words in ("ШАҒЫМ", ADDRESS, "Қосымшалар", "Алматы қаласының полиция департаменті"):
        assert words in kazakh


async def test_silence_beyond_the_term_leads_to_the_agencys_text(live_bot: RunningBot):
    one = await handed_out(live_bot)
    await one.press("filed")
    await one.press("today")
    await one.says("/complaints")
    await one.press("kept:1")
    early = (await one.press("no_answer"))["answer"]
    assert "последний день – 30.11.2026" in early["text"]
    await at(live_bot, "2026-12-01T09:05")
    await hears(one, "прошёл 30.11.2026")
    await one.press(SelfFiledStepCallback(action=SelfFiledAction.NO_ANSWER, self_filed=1).pack())
    await one.press("no_answer")
    await hears(one, "Подайте её сами")
    text = text_of(await one.last_file())
    for words in (
        "Департамент Агентства",
        "три недели назад",
        "Ответа в срок нет",
        "Жалоба подана 23.11.2026",
        ADDRESS,
    ):
        assert words in text


async def test_answer_from_elsewhere_stands_in_the_agencys_text(live_bot: RunningBot):
    one = await handed_out(live_bot, "kk")
    await one.press("filed")
    await one.press("today")
    await at(live_bot, "2026-11-30T09:05")
    await hears(one, "жауап мерзімі бүгін бітеді")
    await one.press(SelfFiledStepCallback(action=SelfFiledAction.ANSWERED, self_filed=1).pack())
    await one.says("кеше")
    await one.says("Бас тарттық: құжат толық емес")
    assert "29.11.2026" in await one.window()
    await at(live_bot, "2026-12-02T09:05")
    assert "Бүгін" not in (await one.sees()).split("Бас тарттық")[1]  # answered: nothing is reminded
    await one.press("agency")
    await hears(one, "Өзіңіз беріңіз")
    text = text_of(await one.last_file())
    for words in ("Жауап берілген күн: 29.11.2026", "Бас тарттық: құжат толық емес", "23.11.2026"):
        assert words in text


async def test_dates_of_another_person_stay_closed(live_bot: RunningBot):
    one = await handed_out(live_bot)
    await one.press("filed")
    await one.press("today")
    thief = await citizen(live_bot)
    await thief.says("/menu")
    shown = (await thief.person.messages())[-1]
    for action in SelfFiledAction:
        data = SelfFiledStepCallback(action=action, self_filed=1).pack()
        await thief.person.send_callback(data, shown["message_id"])
        await thief.says("вчера")
    assert "23.11.2026" not in await thief.sees()
