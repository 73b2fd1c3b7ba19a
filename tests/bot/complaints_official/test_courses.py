"""Complete complaints with a moving clock, as officials see them: late, extended, passed on."""

from accounts.officials.store import ConnectionStore
from accounts.officials.tables import ConnectionRow
from accounts.roles import Role
from complaints.actions.context import citizen as by_citizen
from complaints.actions.registration import NewComplaint, register
from complaints.facts import Complainant, ComplaintSource, Origin, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.store import ComplaintContent
from complaints.terms import Rule
from tests.bot.complaint_dialog import CitizenChat, citizen
from tests.bot.complaints_official.officials import at, hears, official, plain_context
from tests.bot.live_bot import RunningBot

POLICE, MINISTRY, AKIMAT = "police-almaty", "ministry-internal-affairs", "akimat-almaty"
TEXT = "Куәлігім үш апта дайын болмады"


async def sent(live_bot: RunningBot, organisation: str, one: CitizenChat) -> int:
    """The citizen's complaint, registered on Monday 23 November 2026 at ten; returns its id."""
    async with plain_context(live_bot) as context:
        accepted = ConnectionRow(
            organisation=organisation, accepted_by=1, accepted_at=context.now(), text="…"
        )
        await ConnectionStore(context.session).add(accepted)
        new = NewComplaint(
            organisation=organisation,
            rule=Rule.PROVIDER,
            at=context.now(),
            origin=Origin.CITIZEN,
            complainant=Complainant.NATURAL,
            delivery=ServiceDelivery.OFFICE,
            kind=ComplaintKind.TERM,
            source=ComplaintSource.NATURAL_PERSONS,
            content=ComplaintContent(text=TEXT),
            person=one.person.number,
            service="driving-licence",
            region="almaty",
        )
        return (await register(context, new, by_citizen(one.person.number))).id


async def test_overdue_complaint_is_escalated_to_head_then_coordinator(live_bot: RunningBot):
    complaint = await sent(live_bot, POLICE, await citizen(live_bot, "kk"))
    officer = await official(live_bot, "kk", Role.OFFICER, POLICE)
    head = await official(live_bot, "ru", Role.HEAD, POLICE)
    coordinator = await official(live_bot, "en", Role.COORDINATOR, MINISTRY)
    await greet(head, coordinator)
    await officer.says("/inbox")
    await officer.press("list:unassigned")
    await officer.press(f"open:{complaint}")
    await officer.press("take")
    await officer.press("read")
    assert TEXT in await officer.sees()
    for day, words in (
        ("2026-11-26", "екі жұмыс күні қалды"),
        ("2026-11-27", "бір жұмыс күні қалды"),
        ("2026-11-30", "мерзімі бүгін бітеді"),
        ("2026-12-01", "мерзімі 30.11.2026 күні өтті"),
    ):
        await at(live_bot, f"{day}T09:05")
        assert TEXT not in await hears(officer, words)
    await hears(head, "прошёл 30.11.2026")
    await at(live_bot, "2026-12-02T09:05")
    await at(live_bot, "2026-12-03T09:05")
    await hears(coordinator, "was due 30 November 2026")
    assert (await coordinator.sees()).count("was due 30 November 2026") == 1
    await coordinator.press(f"oc:{complaint}")
    assert TEXT not in await coordinator.sees()
    await coordinator.press("read")
    await coordinator.press("reason:supervision")
    assert TEXT in await coordinator.sees()
    await officer.says("/inbox")
    assert "Мерзімі өткен: 1" in str(await officer.labels(await newest(officer)))
    await officer.press("list:overdue")
    assert "3 жұмыс күніне кешікті" in await officer.window()


async def greet(*people: CitizenChat) -> None:
    """Write to the bot once: Telegram lets it write to nobody else."""
    for one in people:
        await one.says("/language")


async def newest(one: CitizenChat) -> int:
    return int((await one.person.messages())[-1]["message_id"])


async def test_approved_extension_notifies_the_citizen_at_once(live_bot: RunningBot):
    one = await citizen(live_bot, "kk")
    complaint = await sent(live_bot, AKIMAT, one)
    officer = await official(live_bot, "ru", Role.OFFICER, AKIMAT)
    head = await official(live_bot, "ru", Role.HEAD, AKIMAT)
    await greet(one, head)
    await officer.says("/inbox")
    for data in ("list:all", f"open:{complaint}", "take", "extend", "days:10", "reason:study"):
        await officer.press(data)
    assert "Решает руководитель" in await officer.window()
    await hears(head, "Просят продлить срок")
    await head.press(f"oc:{complaint}")
    await head.press("approve")
    notice = await hears(one, "10 жұмыс күніне ұзартылды")
    assert "2026 жылғы 14 желтоқсанды қоса алғанда" in notice
    assert "продлён на 10 рабочих дней" in await hears(officer, "Новый срок – по 14 декабря 2026")
    await at(live_bot, "2026-12-01T09:05")  # the original due date
    assert "прошёл" not in await officer.sees()


async def test_passed_complaint_shows_both_due_dates(live_bot: RunningBot):
    one = await citizen(live_bot, "en")
    complaint = await sent(live_bot, POLICE, one)
    officer = await official(live_bot, "en", Role.OFFICER, POLICE)
    await at(live_bot, "2026-11-25T12:00")
    async with plain_context(live_bot) as context:
        accepted = ConnectionRow(organisation=AKIMAT, accepted_by=1, accepted_at=context.now(), text="…")
        await ConnectionStore(context.session).add(accepted)
    other = await official(live_bot, "en", Role.HEAD, AKIMAT)
    await greet(one, other)
    await officer.says("/inbox")
    for data in ("list:all", f"open:{complaint}", "take", "pass_on", f"body:{AKIMAT}"):
        await officer.press(data)
    await officer.says("It is theirs")
    await officer.press("confirm")
    await officer.press("send")
    assert "passed on" in await officer.window()
    assert "It is theirs" in await hears(one, "passed on to the body")
    await hears(other, "New complaint No. 26-00000002-")
    await other.press(f"oc:{complaint + 1}")
    seen = await other.window()
    for words in ("26-00000001-", "30 November 2026", "2 December 2026"):
        assert words in seen
    await other.press("take")
    await other.press("read")
    assert TEXT in await other.sees()
