"""Documents for the card shown last, requested in the chat."""

import io
import zipfile

import pytest

from tests.bot.complaint_dialog import citizen
from tests.bot.live_bot import RunningBot

CARD = "driving-licence"


@pytest.mark.parametrize("kind", ["memo", "requirements"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_document_command_uses_the_last_shown_card(live_bot: RunningBot, kind: str, language: str):
    one = await citizen(live_bot, language)
    await one.says(f"/start svc_{CARD}")
    await one.says(f"/{kind}")
    assert await one.documents() == [f"{kind}_{CARD}.docx"]
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(await one.last_file())).namelist()


async def test_document_command_without_a_card_sends_no_document(live_bot: RunningBot):
    one = await citizen(live_bot)
    await one.says("/memo")
    assert await one.documents() == []
    assert "/memo" in (await one.person.messages())[-1]["text"]


async def test_refusal_receipt_asks_for_the_missing_documents(live_bot: RunningBot):
    one = await citizen(live_bot)
    await one.says(f"/start svc_{CARD}")
    await one.says("/receipt")
    assert "1" in (await one.person.messages())[-1]["text"]
    await one.says("/receipt 999")
    assert await one.documents() == []
    await one.says("/receipt 1")
    assert await one.documents() == [f"receipt_{CARD}.docx"]
