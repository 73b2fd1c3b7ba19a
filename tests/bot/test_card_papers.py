"""The papers of the card shown last, asked for in the talk."""

import io
import zipfile

import pytest

from tests.bot.complaining import citizen
from tests.bot.town import Town

CARD = "driving-licence"


@pytest.mark.parametrize("kind", ["memo", "requirements"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_paper_of_the_card_shown_last_comes_as_a_document(town: Town, kind: str, language: str):
    one = await citizen(town, language)
    await one.says(f"/start svc_{CARD}")
    await one.says(f"/{kind}")
    assert await one.documents() == [f"{kind}_{CARD}.docx"]
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(await one.last_file())).namelist()


async def test_a_paper_is_not_given_where_no_card_was_shown(town: Town):
    one = await citizen(town)
    await one.says("/memo")
    assert await one.documents() == []
    assert "/memo" in (await one.person.messages())[-1]["text"]


async def test_the_receipt_of_refusal_asks_which_papers_are_missing_and_names_them(town: Town):
    one = await citizen(town)
    await one.says(f"/start svc_{CARD}")
    await one.says("/receipt")
    assert "1" in (await one.person.messages())[-1]["text"]
    await one.says("/receipt 999")
    assert await one.documents() == []
    await one.says("/receipt 1")
    assert await one.documents() == [f"receipt_{CARD}.docx"]
