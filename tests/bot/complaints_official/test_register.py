"""An official enters a complaint that came elsewhere: in three languages, changed, left, resumed, refused."""

from datetime import date

import pytest
from sqlalchemy import func, select

from accounts.roles import Role
from complaints.facts import Complainant, Delivery, Origin, Source
from complaints.kinds.kind import Kind
from complaints.tables import ComplaintRow
from tests.bot.complaining import CARD, Citizen, citizen
from tests.bot.complaints_official.officials import official
from tests.bot.town import Town

OTHER = "police-shymkent"
TEXT = "Подал документы три недели назад, до сих пор ничего не готово"
NAME = "Серикова Айгуль"


async def to_text(one: Citizen, source: str = "natural_persons") -> None:
    """From the command to the window of the text; the service is the one found first."""
    await one.says("/register")
    for data in (f"source:{source}", "yesterday", "delivery:office"):
        await one.press(data)
    await one.says("водительское удостоверение")
    await one.press(f"service:{CARD}")


async def to_summary(one: Citizen, source: str = "natural_persons") -> None:
    await to_text(one, source)
    await one.press("skip")
    await one.press("kind:3.9")
    await one.press("skip_all")


async def complaints(town: Town) -> list[ComplaintRow]:
    async with town.database.session() as session:
        return list((await session.scalars(select(ComplaintRow).order_by(ComplaintRow.id))).all())


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "Шағым тіркелді"), ("ru", "Жалоба зарегистрирована"), ("en", "The complaint is registered")],
)
async def test_what_is_told_is_registered_with_its_source_day_service_and_kind(
    town: Town, language: str, said: str
):
    one = await official(town, language)
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
    (row,) = await complaints(town)
    assert said in receipt
    assert str(row.number)[:2] in receipt
    assert (row.source, row.registered_on) == (Source.NATURAL_PERSONS.value, date(2026, 11, 23))
    assert (row.service, row.kind, row.delivery) == (CARD, Kind.TERM.value, Delivery.OFFICE.value)
    assert (row.origin, row.entered_by, row.person) == (Origin.OFFICIAL.value, one.person.number, None)
    assert town.cipher.open(row.text_cipher or "") == TEXT
    assert town.cipher.open(row.iin_cipher or "") == one.iin
    for value in (TEXT, NAME, one.iin, "+77010000042"):
        assert value not in receipt


async def test_the_due_date_is_explained_and_a_second_press_registers_nothing(town: Town):
    one = await official(town)
    await to_summary(one)
    number, send = await one._find("send")
    await one.person.press(send, number)
    await one.person.send_callback(send, number)
    await one.press("why")
    assert "Жалоба № 26-00000001-" in await one.sees()
    assert len(await complaints(town)) == 1


async def test_a_day_that_is_past_shows_that_the_term_is_over(town: Town):
    one = await official(town)
    await one.says("/register")
    await one.press("source:media")
    await one.says("30.11.2026")
    assert "Не понимаю этот день" in await one.sees()
    await one.says("02.11.2026")
    await one.press("delivery:electronic")
    await one.press("none")
    await one.press("skip")
    await one.press("kind:3.10")
    await one.press("complainant:legal")
    for _ in range(3):
        await one.press("skip")
    assert "Срок ответа истёк 09.11.2026" in await one.window()
    await one.press("send")
    (row,) = await complaints(town)
    assert (row.complainant, row.service, row.due_on) == (Complainant.LEGAL.value, None, date(2026, 11, 9))


async def test_each_line_is_changed_and_the_others_stay(town: Town):
    one = await official(town)
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
    (row,) = await complaints(town)
    assert (row.source, row.registered_on) == ("akim", date(2026, 11, 23))
    assert (row.delivery, row.service, row.kind) == ("corporation", None, "3.4")
    assert town.cipher.open(row.name_cipher or "") == NAME


async def test_what_was_typed_is_kept_and_gone_on_with(town: Town):
    one = await official(town)
    await to_text(one)
    await one.says("Первая часть")
    await one.says("и вторая")
    await one.press("cancel")
    await one.press("keep")
    await one.says("/register")
    assert "незаконченная запись" in await one.window()
    await one.press("go_on")
    await one.press("kind:3.10")
    for _ in range(3):
        await one.press("skip")
    assert "Первая часть и вторая" in await one.window()
    await one.press("cancel")
    await one.press("drop")
    await one.says("/register")
    assert "От кого поступила жалоба?" in await one.window()
    assert await complaints(town) == []


async def test_a_text_that_is_too_long_is_refused_and_what_was_kept_stays(town: Town):
    one = await official(town)
    await to_text(one)
    await one.says("д" * 3000)
    await one.says("д" * 1500)
    assert "4000" in await one.sees()
    assert "Записано: 3000" in await one.window()


async def test_of_several_organisations_one_is_chosen(town: Town):
    one = await official(town, "ru", Role.COORDINATOR, "police-almaty", OTHER)
    await one.says("/register")
    await one.press(f"place:{OTHER}")
    for data in ("source:other", "today", "delivery:office", "none", "skip", "kind:3.10"):
        await one.press(data)
    await one.press("complainant:natural")
    await one.press("skip_all")
    await one.press("send")
    assert [row.organisation for row in await complaints(town)] == [OTHER]


async def test_an_organisation_that_is_gone_is_none_to_choose(town: Town):
    one = await official(town, "ru", Role.OFFICER, "gone", OTHER)
    await one.says("/register")
    assert "Шымкент" in await one.window()


async def test_the_organisation_s_window_leads_there(town: Town):
    one = await official(town)
    await one.says("/organisation")
    await one.press("register")
    assert "От кого поступила жалоба?" in await one.window()


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.ADMINISTRATOR])
async def test_whoever_has_no_right_is_told_so(town: Town, role: Role | None):
    one = await official(town, "ru", role) if role else await citizen(town)
    await one.says("/register")
    assert "На это у вас нет права" in await one.sees()
    async with town.database.session() as session:
        assert await session.scalar(select(func.count()).select_from(ComplaintRow)) == 0
