"""The digest of a morning in the chat: its buttons open a complaint and lead to the rest."""

from datetime import date

from sqlalchemy import insert, update

from accounts.roles import Role
from complaints.tables import ComplaintRow
from tests.bot.complaint_dialog import POLICE
from tests.bot.complaints_official.officials import at, hears, official
from tests.bot.live_bot import RunningBot
from tests.complaints.factories import made


async def test_buttons_of_a_digest_lead_to_each_complaint(live_bot: RunningBot):
    late = [made(serial, date(2026, 11, 2), organisation=POLICE) for serial in range(1, 13)]
    async with live_bot.database.unit_of_work() as unit:
        await unit.session.execute(insert(ComplaintRow), late)
        await unit.commit()
    head = await official(live_bot, "ru", Role.HEAD, POLICE)
    await head.says("/language")
    await at(live_bot, "2026-12-01T09:05")
    assert "1–10 из 12" in await hears(head, "требуют внимания: 12")
    await head.press("cd:due:20261201:10")
    assert "11–12 из 12" in await head.window()
    await at(live_bot, "2026-12-02T08:00")  # an old message shows what is due now
    await head.press("cd:due:20261201:0")
    assert "1–10 из 12" in await head.window()
    await head.press("oc:3")
    assert "26-00000003-1" in await head.window()
    closed = {"closed_at": live_bot.clock.now(), "closed_on": date(2026, 12, 2)}
    async with live_bot.database.unit_of_work() as unit:
        await unit.session.execute(update(ComplaintRow).values(**closed))
        await unit.commit()
    pressed = await head.press("cd:due:20261201:10")
    assert "не подходят" in pressed["answer"]["text"]
    newest = (await head.person.messages())[-1]["message_id"]
    forged = await head.person.send_callback("cd:due:20261399:0", newest)
    assert "устарел" in forged["answer"]["text"]
