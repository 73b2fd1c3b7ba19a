"""An official enters a complaint received outside the bot: three languages, changes, resuming, refusals."""

from datetime import date

import pytest
from sqlalchemy import func, select

from accounts.roles import Role
from complaints.facts import Complainant, ComplaintSource, Origin, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.store import ComplaintContent, ComplaintKeys
from complaints.tables import ComplaintRow
from tests.bot.complaint_dialog import CARD, CitizenChat, citizen
from tests.bot.complaints_official.officials import official
from tests.bot.live_bot import RunningBot

OTHER = "police-shymkent"
TEXT = "Подал документы три недели назад, до сих пор ничего не готово"
NAME = "Серикова Айгуль"


async def to_text(one: CitizenChat, source: str = "natural_persons") -> None:
    """From the command to the text window, choosing the first service found."""
    await one.says("/register")
    for data in (f"source:{source}", "yesterday", "skip", "delivery:office"):
        await one.press(data)
    await one.says("водительское удостоверение")
    await one.press(f"service:{CARD}")


async def to_summary(one: CitizenChat, source: str = "natural_persons") -> None:
    await to_text(one, source)
    await one.press("skip")
    await one.press("kind:3.9")
    await one.press("skip_all")


async def complaints(live_bot: RunningBot) -> list[ComplaintRow]:
    async with live_bot.database.session() as session:
        return list((await session.scalars(select(ComplaintRow).order_by(ComplaintRow.id))).all())


@pytest.mark.parametrize(
    ("language", "title"),
    [("kk", "Шағым тіркелді"), ("ru", "Жалоба зарегистрирована"), ("en", "The complaint is registered")],
)
async def test_entered_complaint_is_registered_with_all_its_fields(
    live_bot: RunningBot, language: str, title: str
):
    one = await official(live_bot, language)
    await to_text(one)
    await one.says(TEXT)
    await one.press("yes")
    await one.says(NAME)
    await one.says(one.iin)
    await one.says("+7 701 000 00 42")
    summary = await one.window()
    assert all(value in summary for value in (TEXT, NAME, one.iin, "+77010000042"))
    await one.press("send")
    receipt = await one.window()
    (row,) = await complaints(live_bot)
    assert title in receipt
    assert str(row.number)[:2] in receipt
    assert (row.source, row.registered_on) == (ComplaintSource.NATURAL_PERSONS.value, date(2026, 11, 23))
    assert (row.service, row.kind, row.delivery) == (
        CARD,
        ComplaintKind.TERM.value,
        ServiceDelivery.OFFICE.value,
    )
    assert (row.origin, row.entered_by, row.person) == (Origin.OFFICIAL.value, one.person.number, None)
    content = await content_of(live_bot, row)
    assert (content.text, content.iin) == (TEXT, one.iin)
    for value in (TEXT, NAME, one.iin, "+77010000042"):
        assert value not in receipt


async def content_of(live_bot: RunningBot, row: ComplaintRow) -> ComplaintContent:
    async with live_bot.database.session() as session:
        return await ComplaintKeys(session, live_bot.cipher).content(row)


async def test_repeated_send_registers_once_and_due_date_is_explained(live_bot: RunningBot):
    one = await official(live_bot)
    await to_summary(one)
    number, send = await one._find("send")
    await one.person.press(send, number)
    await one.person.send_callback(send, number)
    await one.press("why")
    assert "Жалоба № 26-00000001-" in await one.sees()
    assert len(await complaints(live_bot)) == 1


async def test_past_receipt_date_shows_the_expired_term(live_bot: RunningBot):
    one = await official(live_bot)
    await one.says("/register")
    await one.press("source:media")
    await one.says("30.11.2026")
    assert "Не понимаю этот день" in await one.sees()
    await one.says("02.11.2026")
    await one.says("№ ЖТ-15")
    await one.press("delivery:electronic")
    await one.press("none")
    await one.press("skip")
    await one.press("kind:3.10")
    await one.press("complainant:legal")
    for _ in range(3):
        await one.press("skip")
    assert "Срок ответа истёк 09.11.2026" in await one.window()
    await one.press("send")
    (row,) = await complaints(live_bot)
    assert (row.complainant, row.service, row.due_on) == (Complainant.LEGAL.value, None, date(2026, 11, 9))
    assert row.incoming_number == "ЖТ-15"


async def test_changing_one_line_keeps_the_others(live_bot: RunningBot):
    one = await official(live_bot)
    await to_summary(one)
    for line, answers in (
        ("source", ["source:akim", "complainant:natural"]),
        ("received", ["today"]),
        ("delivery", ["delivery:corporation"]),
        ("service", ["none"]),
        ("kind", ["kind:3.4"]),
    ):
        await one.press("change")
        await one.press(f"line:{line}")
        for answer in answers:
            await one.press(answer)
    await one.press("change")
    await one.press("line:name")
    await one.says("1")
    assert "Напишите имя буквами" in await one.sees()
    await one.says(NAME)
    await one.press("change")
    await one.press("line:phone")
    await one.press("back")
    await one.press("send")
    (row,) = await complaints(live_bot)
    assert (row.source, row.registered_on) == ("akim", date(2026, 11, 23))
    assert (row.delivery, row.service, row.kind) == ("corporation", None, "3.4")
    assert (await content_of(live_bot, row)).name == NAME


async def test_unfinished_entry_is_stored_and_resumed(live_bot: RunningBot):
    one = await official(live_bot)
    await to_text(one)
    await one.says("Первая часть")
    await one.says("и вторая")
    await one.press("cancel")
    await one.press("keep")
    await one.says("/register")
    assert "незаконченная запись" in await one.window()
    await one.press("go_on")
    await one.press("skip")  # the incoming number, skipped before it was left
    await one.press("kind:3.10")
    for _ in range(3):
        await one.press("skip")
    assert "Первая часть\n\nи вторая" in await one.window()
    await one.press("cancel")
    await one.press("drop")
    await one.says("/register")
    assert "От кого поступила жалоба?" in await one.window()
    assert await complaints(live_bot) == []


async def test_too_long_text_is_rejected_and_stored_part_stays(live_bot: RunningBot):
    one = await official(live_bot)
    await to_text(one)
    for _ in range(5):
        await one.says("д" * 3999 + ".")
    assert "20000" in (await one.sees()).replace("\u00a0", "")
    assert "Записано: 16006" in (await one.window()).replace("\u00a0", "")


async def test_official_of_several_organisations_chooses_one(live_bot: RunningBot):
    one = await official(live_bot, "ru", Role.COORDINATOR, "police-almaty", OTHER)
    await one.says("/register")
    await one.press(f"place:{OTHER}")
    for data in ("source:other", "today", "skip", "delivery:office", "none", "skip", "kind:3.10"):
        await one.press(data)
    await one.press("complainant:natural")
    await one.press("skip_all")
    await one.press("send")
    assert [row.organisation for row in await complaints(live_bot)] == [OTHER]


async def test_missing_organisation_is_not_offered(live_bot: RunningBot):
    one = await official(live_bot, "ru", Role.OFFICER, "gone", OTHER)
    await one.says("/register")
    assert "Шымкент" in await one.window()


async def test_organisation_window_opens_registration(live_bot: RunningBot):
    one = await official(live_bot)
    await one.says("/organisation")
    await one.press("register")
    assert "От кого поступила жалоба?" in await one.window()


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.ADMINISTRATOR])
async def test_person_without_right_is_refused(live_bot: RunningBot, role: Role | None):
    one = await official(live_bot, "ru", role) if role else await citizen(live_bot)
    await one.says("/register")
    assert "На это у вас нет права" in await one.sees()
    async with live_bot.database.session() as session:
        assert await session.scalar(select(func.count()).select_from(ComplaintRow)) == 0
