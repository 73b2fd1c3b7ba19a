"""A complaint's number typed alone opens it over whatever is open, which comes back as it was."""

import pytest

from accounts.roles import Role
from complaints.numbers import ComplaintNumber
from tests.bot.complaint_dialog import CitizenChat, citizen, complain
from tests.bot.complaints_official.officials import official
from tests.bot.complaints_official.test_inbox import complained, opened
from tests.bot.live_bot import RunningBot

pytestmark = pytest.mark.http

NUMBER = str(ComplaintNumber(year=2026, serial=1))
NONE = str(ComplaintNumber(year=2026, serial=999))


async def begun_reply(officer: CitizenChat) -> None:
    await opened(officer)
    await officer.press("take")
    await officer.press("answer")
    await officer.press("outcome:rejected")
    await officer.says("Срок соблюдён")


async def test_official_reads_another_complaint_and_goes_on_writing(live_bot: RunningBot):
    await complained(live_bot)
    other = await citizen(live_bot)
    await complain(other)
    await other.press("send")
    officer = await official(live_bot)
    await begun_reply(officer)
    second = str(ComplaintNumber(year=2026, serial=2))
    await officer.says(f"№ {second}")
    assert f"Жалоба № {second}" in await officer.window()
    await officer.press("page")  # back
    window = await officer.window()
    assert NUMBER in window
    assert "Срок соблюдён" in window
    assert second not in window


async def test_strangers_number_is_answered_like_one_that_does_not_exist(live_bot: RunningBot):
    await complained(live_bot)
    stranger = await official(live_bot, "ru", Role.OFFICER, "police-abai")
    for start in ("/menu", "/inbox", "/register", "/complaint"):
        await stranger.says(start)
        said = []
        for number in (NONE, NUMBER):
            before = len(await stranger.person.messages())
            await stranger.says(number)
            said.append([one["text"] for one in (await stranger.person.messages())[before + 1 :]])
        assert said[0] == said[1], start
        assert "с таким номером" in said[0][0], start


async def test_citizen_looks_at_the_first_while_writing_the_second(live_bot: RunningBot):
    one = await complained(live_bot)
    await complain(one, text="Опять не приняли документы")
    summary = await one.window()
    await one.says(NUMBER)
    assert NUMBER in await one.window()
    await one.press("list")  # back
    assert await one.window() == summary


async def test_number_after_number_does_not_pile_up(live_bot: RunningBot):
    await complained(live_bot)
    officer = await official(live_bot)
    await officer.says("/inbox")
    lists = await officer.window()
    for _ in range(3):
        await officer.says(NUMBER)
    await officer.press("page")
    assert await officer.window() == lists


async def test_link_leads_back_to_the_list(live_bot: RunningBot):
    await complained(live_bot)
    officer = await official(live_bot)
    await officer.says(f"/start {ComplaintNumber(year=2026, serial=1).link}")
    assert NUMBER in await officer.window()
    await officer.press("page")
    assert "Все открытые жалобы" in await officer.window()
