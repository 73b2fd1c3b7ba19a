"""The windows of what the Code lets one ask: to complete a complaint, to see the materials of its case."""

from io import BytesIO

import pytest
from docx import Document

from complaints.actions.entering import ComplaintEntry, EnterComplaint
from complaints.facts import ComplaintSource, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.lifecycle import ComplaintState
from kernel.clock import almaty_date
from tests.bot.complaint_dialog import POLICE, CitizenChat, connect
from tests.bot.complaints_official.officials import at, official, plain_context
from tests.bot.complaints_official.test_inbox import FIRST, complained, hears, opened, row
from tests.bot.live_bot import RunningBot

pytestmark = pytest.mark.http


async def asked_to_complete(live_bot: RunningBot) -> tuple[CitizenChat, CitizenChat]:
    """On Monday, 23 November, a citizen is asked to sign, and for the address, by the end of Tuesday."""
    person = await complained(live_bot, "kk")
    officer = await official(live_bot, "kk")
    await opened(officer)
    await officer.press("take")
    await officer.press("lacking")
    await officer.press("lack:signature")
    await officer.press("lack:address")
    await officer.press("lack:date")
    await officer.press("lack:date")  # not that one after all
    assert "☑ Қолы" in await _labels(officer)
    await officer.press("next")
    await officer.press("24.11.2026")
    return person, officer


async def _labels(one: CitizenChat) -> list[str]:
    await one.live_bot.client.settle()
    number = (await one.person.messages())[-1]["message_id"]
    return await one.labels(number)


async def test_incomplete_complaint_is_returned_after_its_term(live_bot: RunningBot):
    person, officer = await asked_to_complete(live_bot)
    told = await hears(person, "мыналар жетіспейді")
    assert "• қолы не электрондық цифрлық қолтаңбасы" in told
    assert "• шағым берілген күн" not in told
    assert "2026 жылғы 24 қарашаны қоса алғанда" in told
    assert "Толықтыру мерзімі: 2026 жылғы 24 қарашаны қоса алғанда" in await officer.window()
    await at(live_bot, "2026-11-25T10:00")
    await opened(officer)
    await officer.press("give_back")
    await officer.says("Қолы мен мекенжайы жоқ")
    await officer.press("confirm")
    await officer.press("send")
    returned = await hears(person, "шағымыңыз қайтарылды")
    assert "Қолы мен мекенжайы жоқ" in returned
    assert "64-бап 8-бөл." in returned
    assert (await row(live_bot)).state == ComplaintState.RETURNED


async def test_completed_complaint_goes_on(live_bot: RunningBot):
    person, officer = await asked_to_complete(live_bot)
    await hears(person, "мыналар жетіспейді")
    await person.press(f"mc:a:{FIRST}")
    await person.says("Абай көшесі, 1")
    await opened(officer)
    await officer.press("completed")
    window = await officer.window()
    assert "Толықтыру мерзімі" not in window
    assert (await row(live_bot)).state == ComplaintState.IN_WORK
    for data in ("hearing", "except", "ground:request", "case"):  # a refusal needs a hearing or an exception
        await officer.press(data)
    await officer.press("answer")
    await officer.press("outcome:rejected")
    await officer.says("Мерзім сақталған")
    await officer.press("confirm")
    appeal = "2027 жылғы 23 ақпанды қоса алғанда"  # three months, Art. 92 ¶1
    assert appeal in await officer.window()
    await officer.press("send")
    assert appeal in await hears(person, "жауап келді")
    await person.press(f"mc:o:{FIRST}")
    assert appeal in await person.window()


async def test_materials_are_asked_for_and_shown(live_bot: RunningBot):
    person = await complained(live_bot, "kk")
    officer = await official(live_bot, "kk")
    await opened(officer)
    await officer.press("take")
    await person.says("/complaints")
    await person.press(f"open:{FIRST}")
    alert = await person.press("materials")
    assert "2026 жылғы 26 қарашаны қоса алғанда" in str(alert)
    assert "2026 жылғы 26 қарашаны қоса алғанда" in await person.window()
    assert "Көрсететін соңғы күн – 26.11.2026" in await hears(officer, "іс материалдарымен танысуды сұрады")
    await opened(officer)
    await officer.press("materials")
    await officer.press("way:at_office")
    await hears(person, "таныстырдық деп белгіледі")
    await person.says("/complaints")
    await person.press(f"open:{FIRST}")
    await person.press("materials")  # once more: this time they are sent
    await opened(officer)
    await officer.press("materials")
    await officer.press("send")
    await officer.says("Іс парақтары осында")
    await officer.press("confirm")
    await officer.press("send")
    assert "Іс парақтары осында" in await hears(person, "іс материалдарын жіберді")


async def test_who_complained_on_paper_gets_a_letter(live_bot: RunningBot):
    await connect(live_bot, POLICE)
    officer = await official(live_bot, "kk")
    async with plain_context(live_bot) as context:
        entry = ComplaintEntry(
            organisation=POLICE,
            received_on=almaty_date(live_bot.clock.now()),
            source=ComplaintSource.NATURAL_PERSONS,
            delivery=ServiceDelivery.OFFICE,
            kind=ComplaintKind.OTHER,
        )
        await EnterComplaint(context)(officer.person.number, entry)
    await opened(officer)
    await officer.press("take")
    await officer.press("lacking")
    await officer.press("lack:signature")
    await officer.press("next")
    await officer.press("24.11.2026")
    (name,) = await officer.documents()
    assert name.startswith("tolyqtyru-26-")
    letter = "\n".join(one.text for one in Document(BytesIO(await officer.last_file())).paragraphs)
    assert "• қолы не электрондық цифрлық қолтаңбасы" in letter
    assert "2026 жылғы 24 қарашаны қоса алғанда" in letter
