"""A citizen complains from a card or by the command and gets a receipt."""

import pytest

from tests.bot.complaint_dialog import (
    CARD,
    HEAD,
    NAME,
    OFFICER,
    POLICE,
    REGION,
    TEXT,
    citizen,
    complain,
    connect,
)
from tests.bot.live_bot import RunningBot

MOST_PRESSES, MOST_FOR_A_NEW_PERSON = 6, 11


async def test_known_person_complains_in_six_callbacks(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot, name=NAME, number="010101200014", telephone="+77010000042", region=REGION)
    await one.says(f"/start svc_{CARD}")
    await one.press(f"cp:{CARD}")
    await one.press("agree")
    await one.says(TEXT)
    for data in ("yes", "delivery:office", "none", "send"):
        await one.press(data)
    assert "Жалоба зарегистрирована" in await one.window()
    assert one.presses <= MOST_PRESSES


async def test_new_person_complains_in_eleven_callbacks_and_two_values(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await complain(one)
    assert "Срок рассмотрения – 5 рабочих дней" in await one.window()
    await one.press("send")
    assert one.presses <= MOST_FOR_A_NEW_PERSON
    receipt = await one.window()
    for expected in (
        "26-00000001-",
        "23.11.2026 10:",
        "Департамент полиции",
        "до 30.11.2026",
        "считая с 24.11.2026",
    ):
        assert expected in receipt
    assert await one.documents() == [f"raspiska-{receipt.split('Номер: ')[1].split()[0]}.docx"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("kk", "Шағым тіркелді"), ("ru", "Жалоба зарегистрирована"), ("en", "Your complaint is registered")],
)
async def test_receipt_is_in_the_citizens_language(live_bot: RunningBot, language: str, expected: str):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot, language)
    await complain(one)
    await one.press("send")
    assert expected in await one.window()
