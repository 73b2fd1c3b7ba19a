"""Officials' dialogs: reminders and their buttons; the calendar, its file and picture; a control event."""

from datetime import datetime
from typing import Any

import pytest
from localgram.client import SimulatedPerson, labels
from sqlalchemy import select

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.person import PersonStore
from accounts.roles import Role
from kernel.clock import ALMATY
from kernel.language import Language
from reminders.store import filing_of
from reminders.tables import WAIVED, FilingRow
from tests.bot.live_bot import RunningBot

POLICE = "police-almaty"
WORDS = {
    "kk": {
        "told": "Соңғы жұмыс күні – 08.01.2027, жұма",
        "submit": "✅ Тапсырылды",
        "today": "Бүгін, 08.01.2027",
        "done": "Жазылды, уақытында тапсырылған.",
        "state": "тапсырылды",
        "number": "Нөмірі: 12-3/45",
    },
    "ru": {
        "told": "Последний рабочий день – 08.01.2027, пятница",
        "submit": "✅ Сдано",
        "today": "Сегодня, 08.01.2027",
        "done": "Записано, сдано вовремя.",
        "state": "сдано",
        "number": "Номер: 12-3/45",
    },
    "en": {
        "told": "The last working day is Friday, 8 January 2027",
        "submit": "✅ Submitted",
        "today": "Today, 8 January 2027",
        "done": "Recorded: submitted on time.",
        "state": "submitted",
        "number": "Number: 12-3/45",
    },
}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


async def official(live_bot: RunningBot, role: Role = Role.OFFICER, language: str = "ru") -> SimulatedPerson:
    person = await live_bot.person(language)
    await person.start()
    await person.wait_for_reply()
    member = Membership(
        number=0, telegram_id=person.number, organisation=POLICE, role=role, joined_at=live_bot.clock.now()
    )
    async with live_bot.database.unit_of_work() as unit:
        await MembershipStore(unit.session).add(member, None)
        await PersonStore(unit.session).keep_language(person.number, Language(language), live_bot.clock.now())
        await unit.commit()
    return person


async def remind(
    live_bot: RunningBot, person: SimulatedPerson, at: str = "2027-01-08 09:00"
) -> dict[str, Any]:
    """Everything but the fourth quarter's 1-мқ is done; returns the reminder of its last day."""
    await live_bot.tick.run()
    async with live_bot.database.unit_of_work() as unit:
        for row in await unit.session.scalars(select(FilingRow)):
            wanted = (row.obligation, row.occasion) == ("form.1-mq", "2026Q4")
            if not wanted:
                row.state, row.remind_at = WAIVED, None
        await unit.commit()
    before = await person.messages()
    live_bot.clock.set(moment(at))
    await live_bot.tick.run()
    return await person.wait_for_reply(after=before[-1]["message_id"])


async def q4(live_bot: RunningBot) -> Any:
    async with live_bot.database.session() as session:
        query = select(FilingRow).where(
            FilingRow.organisation == POLICE,
            FilingRow.obligation == "form.1-mq",
            FilingRow.occasion == "2026Q4",
        )
        return filing_of((await session.scalars(query)).one())


async def window(person: SimulatedPerson, words: str) -> dict[str, Any]:
    """The newest message, once it contains the text."""
    found = await person.wait_until(lambda seen: bool(seen) and words in _text(seen[-1]))
    return found[-1]


def _text(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")


@pytest.mark.parametrize("language", Language)
async def test_reminder_leads_to_submission(live_bot: RunningBot, language: Language):
    words = WORDS[language.value]
    person = await official(live_bot, language=language.value)
    reminder = await remind(live_bot, person)
    assert words["told"] in reminder["text"]
    await person.press(words["submit"], reminder["message_id"])
    await person.wait_until(lambda seen: words["today"] in labels(seen[-1]))
    await person.press(words["today"])
    await person.wait_until(lambda seen: words["today"] not in labels(seen[-1]))
    await person.ask("12-3/45")
    card = await window(person, words["number"])
    assert words["done"] in " ".join(_text(one) for one in await person.messages())
    assert words["state"] in card["text"]
    filing = await q4(live_bot)
    assert (filing.is_open, filing.on_time, filing.document.number) == (False, True, "12-3/45")


async def test_submission_file_is_stored_and_shown(live_bot: RunningBot):
    person = await official(live_bot)
    reminder = await remind(live_bot, person)
    await person.press("✅ Сдано", reminder["message_id"])
    await person.wait_until(lambda seen: any("Сегодня" in label for label in labels(seen[-1])))
    assert "Не понимаю эту дату" in (await person.ask("скоро"))["text"]
    await person.ask("08.01.2027")
    await person.upload(b"PK", name="1-mq.xlsx")
    card = await window(person, "Файл: 1-mq.xlsx")
    assert "✅ сдано" in card["text"]
    await person.press("📎 Показать файл")
    found = await person.wait_until(lambda seen: "document" in seen[-1])
    assert found[-1]["document"]["file_name"] == "1-mq.xlsx"


async def test_snoozed_reminder_comes_again(live_bot: RunningBot):
    person = await official(live_bot)
    reminder = await remind(live_bot, person, "2026-12-29 09:00")
    answer = await person.press("⏰ Напомнить завтра", reminder["message_id"])
    assert answer["answer"]["text"] == "Напомню утром 30.12.2026."
    live_bot.clock.set(moment("2026-12-30 09:00"))
    await live_bot.tick.run()
    await person.wait_until(lambda seen: sum("Приближается срок" in _text(one) for one in seen) == 2)


async def test_waiver_request_is_decided_by_the_head(live_bot: RunningBot):
    person, head = await official(live_bot), await official(live_bot, Role.HEAD, "kk")
    reminder = await remind(live_bot, person)
    await person.press("🚫 Это не для нас", reminder["message_id"])
    await window(person, "Почему эта обязанность не для вашей организации?")
    await person.ask("Мы услуг не оказываем")
    await window(person, "Просьба «это не для нас»: Мы услуг не оказываем")
    request = await window(head, "«Бізге қатысы жоқ» деген сұрау")
    assert "Мы услуг" not in request["text"]
    await head.press("Қарау")
    await window(head, "Мы услуг не оказываем")
    await head.press("✅ Келісемін, қатысы жоқ")
    await window(head, "алып тасталды")
    await window(person, "Руководитель согласился")
    assert (await q4(live_bot)).is_waived


async def test_calendar_is_shown_with_file_and_picture(live_bot: RunningBot):
    person = await official(live_bot, Role.HEAD, "kk")
    await live_bot.tick.run()
    calendar = await person.ask("/calendar")
    assert "2026 жылғы 4-тоқсан" in calendar["text"]
    assert "31.12.2026 – Мемлекеттік қызметтер көрсету сапасының ішкі мониторингі" in calendar["text"]
    await person.press("Жыл")
    await person.wait_until(lambda seen: "2026 жыл\n" in _text(seen[-1]))
    await person.press("📎 Күнтізбе файлы (.ics)")
    found = await person.wait_until(lambda seen: "document" in seen[-1])
    assert found[-1]["document"]["file_name"] == f"{POLICE}.ics"
    await person.press("🖼 Жылдың суреті")
    await person.wait_until(lambda seen: "photo" in seen[-1])


async def test_heads_view_comes_as_sheet_and_picture(live_bot: RunningBot):
    person = await official(live_bot, Role.HEAD)
    await live_bot.tick.run()
    await person.ask("/calendar")
    await person.press("👥 Подведомственные")
    view = await window(person, "подведомственные")
    assert "Организаций: 1" in view["text"]
    await person.press("📊 Таблица (XLSX)")
    await person.wait_until(lambda seen: "document" in seen[-1])
    await person.press("🖼 Картина")
    await person.wait_until(lambda seen: "photo" in seen[-1])


async def entering_an_event(live_bot: RunningBot) -> SimulatedPerson:
    """An official who is asked what kind of event it is."""
    person = await official(live_bot)
    await live_bot.tick.run()
    await person.ask("/calendar")
    await person.press("🔎 Контрольные мероприятия")
    await window(person, "Пока нет.")
    await person.press("➕ Новое")
    await window(person, "Что внести?")
    return person


async def test_control_event_is_entered_and_completed(live_bot: RunningBot):
    person = await entering_an_event(live_bot)
    await person.press("🔎 Контрольное мероприятие")
    await window(person, "Напишите день начала")
    await person.ask("30.11.2026")
    await window(person, "по 11 декабря 2026 года включительно")
    assert "не сходятся" in (await person.ask("14.12.2026"))["text"]
    await person.ask("11.12.2026")
    await window(person, "годовом плане")
    await person.press("Да, по плану")
    await window(person, "Напишите объект контроля")
    assert "имя организации" in (await person.ask("Касымов, +7 701 123 45 67"))["text"]
    await person.ask("Управление миграционной службы")
    card = await window(person, "Управление миграционной службы")
    assert "25.11.2026 – Письменно известить объект контроля" in card["text"]
    assert "30.11.2026 – Вручить приказ" in card["text"]
    assert "11.12.2026 – Закончить контрольное мероприятие" in card["text"]
    assert "Представить материалы и акт руководителю органа: день станет известен" in card["text"]
    live_bot.clock.set(moment("2026-11-25 10:00"))
    await person.press("Письменно известить объект контроля")
    await window(person, "мероприятие № 1")
    await person.press("✅ Сдано")
    await person.wait_until(lambda seen: any("Сегодня" in label for label in labels(seen[-1])))
    await person.press("Сегодня, 25.11.2026")
    await person.wait_until(lambda seen: "Без документа" in labels(seen[-1]))
    await person.press("Без документа")
    await window(person, "День сдачи: 25.11.2026")


async def test_inspection_is_entered_and_followed_to_its_representation(live_bot: RunningBot):
    person = await entering_an_event(live_bot)
    await person.press("🗂 Проверка Агентства")
    await window(person, "день начала проверки")
    await person.ask("30.11.2026")
    await window(person, "срок – по 28 декабря 2026 года включительно")
    await person.ask("14.12.2026")
    await window(person, "годовом плане")
    refused = await person.press("Нет, внеплановое")
    assert "не сходятся" in str(refused)  # an unplanned one lasts ten working days
    await person.press("Да, по плану")
    await window(person, "название проверяемой организации")
    await person.ask("Управление миграционной службы")
    card = await window(person, "Управление миграционной службы")
    assert "09.12.2026 – Направление проекта справки" in card["text"]
    assert "14.12.2026 – Завершение проверки" in card["text"]
    assert "Возражения к проекту справки: день станет известен" in card["text"]


async def test_forged_buttons_are_refused_to_strangers(live_bot: RunningBot):
    person, stranger = await official(live_bot), await live_bot.person("ru")
    reminder = await remind(live_bot, person)
    await stranger.ask("/calendar")
    messages = await stranger.messages()
    number = (await q4(live_bot)).number
    for data in (f"fl:o:{number}", f"fl:s:{number}", f"fl:1:{number}", f"fl:w:{number}", f"fl:f:{number}"):
        answer = await stranger.send_callback(data, messages[-1]["message_id"])
        assert answer["answer"]["text"] == "На это у вас нет права.", data
    for data in ("fl:o:99999", "fl:o:-1"):
        assert (await person.send_callback(data, reminder["message_id"]))["answer"]["show_alert"]
    assert (await q4(live_bot)).is_open


async def test_person_without_role_is_refused(live_bot: RunningBot):
    stranger = await live_bot.person("kk")
    assert "ұйым қызметкерлеріне арналған" in (await stranger.ask("/calendar"))["text"]
