"""Whole complaints with the clock moved, as officials see them: late, extended, passed on."""

from accounts.officials.connecting import ConnectionStore
from accounts.officials.tables import ConnectionRow
from accounts.roles import Role
from complaints.actions.desk import citizen as by_citizen
from complaints.actions.registration import Content, New, register
from complaints.facts import Complainant, Delivery, Origin, Source
from complaints.kinds.kind import Kind
from complaints.terms import Rule
from tests.bot.complaining import Citizen, citizen
from tests.bot.complaints_official.officials import at, hears, official, plain_desk
from tests.bot.town import Town

POLICE, MINISTRY, AKIMAT = "police-almaty", "ministry-internal-affairs", "akimat-almaty"
SAID = "Куәлігім үш апта дайын болмады"


async def sent(town: Town, organisation: str, one: Citizen) -> int:
    """The citizen's complaint, registered there on Monday 23 November 2026 at ten; its id."""
    async with plain_desk(town) as desk:
        accepted = ConnectionRow(organisation=organisation, accepted_by=1, accepted_at=desk.now(), text="…")
        await ConnectionStore(desk.session).add(accepted)
        new = New(
            organisation=organisation,
            rule=Rule.PROVIDER,
            at=desk.now(),
            origin=Origin.CITIZEN,
            complainant=Complainant.NATURAL,
            delivery=Delivery.OFFICE,
            kind=Kind.TERM,
            source=Source.NATURAL_PERSONS,
            content=Content(text=town.cipher.close(SAID)),
            person=one.person.number,
            service="driving-licence",
            region="almaty",
        )
        return (await register(desk, new, by_citizen(one.person.number))).id


async def test_a_late_complaint_comes_to_the_head_at_once_and_to_the_coordinator_on_the_third_day(town: Town):
    complaint = await sent(town, POLICE, await citizen(town, "kk"))
    officer = await official(town, "kk", Role.OFFICER, POLICE)
    head = await official(town, "ru", Role.HEAD, POLICE)
    coordinator = await official(town, "en", Role.COORDINATOR, MINISTRY)
    await greet(head, coordinator)
    await officer.says("/inbox")
    await officer.press("list:unassigned")
    await officer.press(f"open:{complaint}")
    assert SAID in await officer.window()
    await officer.press("take")
    for day, words in (
        ("2026-11-26", "екі жұмыс күні қалды"),
        ("2026-11-27", "бір жұмыс күні қалды"),
        ("2026-11-30", "мерзімі бүгін бітеді"),
        ("2026-12-01", "мерзімі 30.11.2026 күні өтті"),
    ):
        await at(town, f"{day}T09:05")
        assert SAID not in await hears(officer, words)
    await hears(head, "прошёл 30.11.2026")
    await at(town, "2026-12-02T09:05")
    await at(town, "2026-12-03T09:05")
    await hears(coordinator, "was due 30 November 2026")
    assert (await coordinator.sees()).count("was due 30 November 2026") == 1
    await coordinator.press(f"oc:{complaint}")
    assert SAID in await coordinator.window()
    await officer.says("/inbox")
    assert "Мерзімі өткен: 1" in str(await officer.labels(await newest(officer)))
    await officer.press("list:overdue")
    assert "3 жұмыс күні кешікті" in await officer.window()


async def greet(*people: Citizen) -> None:
    """They have written to the bot once: Telegram lets it write to nobody else."""
    for one in people:
        await one.says("/language")


async def newest(one: Citizen) -> int:
    return int((await one.person.messages())[-1]["message_id"])


async def test_an_extension_that_the_head_approves_is_told_to_the_citizen_at_once(town: Town):
    one = await citizen(town, "kk")
    complaint = await sent(town, AKIMAT, one)
    officer = await official(town, "ru", Role.OFFICER, AKIMAT)
    head = await official(town, "ru", Role.HEAD, AKIMAT)
    await greet(one, head)
    await officer.says("/inbox")
    for data in ("list:all", f"open:{complaint}", "take", "extend", "days:10", "reason:study"):
        await officer.press(data)
    assert "Решает руководитель" in await officer.window()
    await hears(head, "Просят продлить срок")
    await head.press(f"oc:{complaint}")
    await head.press("approve")
    told = await hears(one, "10 жұмыс күніне ұзартылды")
    assert "14.12.2026" in told
    assert "продлён на 10 рабочих дней" in await hears(officer, "Новый срок – 14.12.2026")
    await at(town, "2026-12-01T09:05")  # the old date
    assert "прошёл" not in await officer.sees()


async def test_what_is_passed_on_starts_anew_at_the_other_body_and_both_dates_stay(town: Town):
    one = await citizen(town, "en")
    complaint = await sent(town, POLICE, one)
    officer = await official(town, "en", Role.OFFICER, POLICE)
    await at(town, "2026-11-25T12:00")
    async with plain_desk(town) as desk:
        accepted = ConnectionRow(organisation=AKIMAT, accepted_by=1, accepted_at=desk.now(), text="…")
        await ConnectionStore(desk.session).add(accepted)
    other = await official(town, "en", Role.HEAD, AKIMAT)
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
    for words in (SAID, "26-00000001-", "30 November 2026", "2 December 2026"):
        assert words in seen
