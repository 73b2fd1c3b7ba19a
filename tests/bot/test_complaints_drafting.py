"""Drafting a complaint: text and files in any order, edits, changes, duplicates, forged callbacks."""

import asyncio

import pytest
from localgram.client import labels
from sqlalchemy import func, select

from complaints.drafts import DraftStore
from complaints.tables import ComplaintRow, DraftRow, MessageRow
from kernel.identity_numbers import check_digit
from tests.bot.complaint_dialog import (
    HEAD,
    OFFICER,
    POLICE,
    REGION,
    TEXT,
    CitizenChat,
    citizen,
    connect,
    to_the_story,
)
from tests.bot.drafting import at_the_text, count, to_the_summary
from tests.bot.live_bot import RunningBot

SEPARATOR = "\x1d"
BIN = "01014000001" + str(check_digit("01014000001"))


async def test_summary_line_is_changed_without_retyping_others(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await one.says(TEXT)
    await to_the_summary(one)
    for line, answer, expected in (
        ("delivery", "delivery:electronic", "Через интернет"),
        ("kind", "kind:3.10", "Очередь, грубость, другое"),
        ("day", "yesterday", "22.11.2026"),
        ("who", "who:self", "За себя"),
        ("region", "region:abai", "Абай"),
    ):
        await one.press("change")
        await one.press(f"line:{line}")
        await one.press(answer)
        window = await one.window()
        assert expected in window
        assert "три недели назад" in window
    await one.press("change")
    await one.press("line:name")
    await one.says("Ахметов Ерлан")
    assert "Ахметов Ерлан" in await one.window()


async def test_text_that_the_app_cut_in_two_is_one_text(live_bot: RunningBot):
    whole = " ".join(f"дело{number}" for number in range(650))  # over 5,000 characters
    cut = whole.rindex(" ", 0, 4096)
    one = await at_the_text(live_bot)
    await one.says(whole[:cut])
    await one.says(whole[cut + 1 :])
    assert f"Записано: {len(whole)}" in (await one.window()).replace("\u00a0", "")
    async with live_bot.database.session() as session:
        row = (await session.scalars(select(DraftRow))).one()
        assert DraftStore(session, live_bot.cipher).read(row).text == whole


async def test_back_retraces_and_cancel_stores_or_drops_the_draft(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await one.says(TEXT)
    await one.press("no")
    await one.press("back")
    assert "Записано" in await one.window()
    await one.press("cancel")
    await one.press("keep")
    await one.says("/complaint")
    assert "неоконченная жалоба" in await one.window()
    await one.press("go_on")
    await one.press("cancel")
    await one.press("drop")
    assert await count(live_bot, DraftRow) == 0


async def test_without_consent_nothing_is_stored(live_bot: RunningBot):
    one = await citizen(live_bot)
    await one.says("/complaint")
    await one.press("disagree")
    assert "ничего не сохранено" in await one.window()
    await one.says(TEXT)
    assert await count(live_bot, DraftRow) == 0


async def test_double_tap_creates_one_complaint(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await one.says(TEXT)
    await to_the_summary(one)
    await one.live_bot.client.settle()
    number = (await one.person.messages())[-1]["message_id"]
    send = next(label for label in await one.labels(number) if label.endswith("send"))
    await asyncio.gather(
        one.person.send_callback(send, number), one.person.send_callback(send, number), return_exceptions=True
    )
    await one.live_bot.client.settle()
    assert await count(live_bot, ComplaintRow) == 1


async def test_repeated_complaint_within_a_month_shows_the_first(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await one.says(TEXT)
    await to_the_summary(one)
    await one.press("send")
    await to_the_story(one, region=None)
    await one.says("И снова отказали")
    await to_the_summary(one)
    await one.press("send")
    window = await one.window()
    assert "Такая жалоба у вас уже есть" in window
    assert "26-00000001-" in window
    await one.press("add")
    assert "Добавлено к № 26-00000001-" in await one.window()
    assert await count(live_bot, ComplaintRow) == 1
    assert await count(live_bot, MessageRow) == 1
    assert await count(live_bot, DraftRow) == 0


async def test_complain_command_searches_service_then_organisation(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await one.says("/complaint")
    await one.press("agree:office")
    await one.says("замена прав, нагрубили в окне")
    await one.press("other")
    assert "Какая из этих?" in await one.window()
    await one.press("none")
    for data in (f"region:{REGION}", f"whom:{POLICE}", "yes"):
        await one.press(data)
    assert "фамилию, имя" in await one.window()


async def shown(one: CitizenChat) -> list[str]:
    """What the newest window's buttons say."""
    await one.window()
    return [label for label in labels((await one.person.messages())[-1]) if SEPARATOR not in label]


async def test_organisation_is_named_by_its_abbreviation(live_bot: RunningBot):
    one = await citizen(live_bot)
    await one.says("/complaint")
    await one.press("agree:office")
    await one.says(TEXT)
    for data in ("yes", "none", "region:abai"):
        await one.press(data)
    every = await shown(one)
    assert len(set(every)) == len(every)
    await one.says("шмурдяк")
    assert "Такой организации в этой области нет" in await one.window()
    await one.says("цон семей")
    assert (await shown(one))[0] == "ЦОН – Семей, обл. Абай"
    await one.says("ИИБ")
    assert (await shown(one))[0] == "Полиция – обл. Абай"
    await one.press("whom:police-abai")
    assert "фамилию, имя" in await one.window()


@pytest.mark.parametrize(
    "data",
    [
        "region:atlantis",
        "kind:3.3",
        "delivery:pigeon",
        "who:king",
        "whom:nobody",
        "line:summary2",
        "concern:x",
    ],
)
async def test_forged_choice_changes_nothing(live_bot: RunningBot, data: str):
    one = await at_the_text(live_bot)
    await one.says(TEXT)
    await one.press("yes")
    await one.live_bot.client.settle()
    shown = (await one.person.messages())[-1]
    intent = next(label for label in await one.labels(shown["message_id"]) if "\x1d" in label).split("\x1d")[
        0
    ]
    await one.person.send_callback(f"{intent}\x1d{data}", shown["message_id"])
    await one.live_bot.client.settle()
    async with live_bot.database.session() as session:
        assert await session.scalar(select(func.count()).select_from(ComplaintRow)) == 0


async def test_complaint_of_another_person_cannot_be_opened(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await one.says(TEXT)
    await to_the_summary(one)
    await one.press("send")
    async with live_bot.database.session() as session:
        number = await session.scalar(select(ComplaintRow.number))
    thief = await citizen(live_bot)
    for link in (f"/start c{number:011}", "/start c26000000021", "/start c26000000179"):
        await thief.says(link)
    assert "Выдача водительских" not in await thief.sees()
    shown = (await thief.person.messages())[-1]
    for data in ("mc:o:1", "mc:g:1", "mc:a:1", "mk:1"):
        await thief.person.send_callback(data, shown["message_id"])
    assert "Выдача водительских" not in await thief.sees()


async def test_organisation_gives_name_and_bin_and_own_contact_only(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await to_the_story(one)
    await one.says(TEXT)
    for data in ("yes", "who:legal"):
        await one.press(data)
    await one.says("ТОО «Береке-2»")
    await one.says("123456789012")
    assert "не ИИН и не БИН" in await one.sees()
    await one.says(one.iin)
    assert "нужен БИН организации" in await one.sees()
    await one.says(BIN)
    await one.press("change")
    await one.press("line:phone")
    await one.person.share_contact("+77010000042", user_id=one.person.number + 1)
    assert "другого человека" in await one.sees()
    await one.person.share_contact("77010000042")
    window = await one.window()
    for expected in ("ТОО «Береке-2»", "От организации", "+77010000042"):
        assert expected in window


async def test_service_is_late_only_after_its_term(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await one.press("cancel")
    await one.press("drop")
    await one.says("/start svc_advocate-licence")
    await one.press("cp:advocate-licence")
    await one.says("Подал документы, до сих пор ничего не готово")
    assert "в какой день подали заявление" in await one.window()
    await one.says("подавал 2 ноября")
    assert "заявление подано 02.11.2026" in await one.window()
    await one.press("yes")
    assert "Заявление подано 02.11.2026: сегодня 15-й рабочий день" in await one.window()
