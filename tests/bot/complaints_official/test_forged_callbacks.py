"""Every right on complaints tried by every role through buttons never shown."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count

import pytest
from sqlalchemy import select

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.permissions import RIGHTS, Action
from accounts.roles import Role
from complaints.actions.context import citizen as by_citizen
from complaints.actions.registration import NewComplaint, register
from complaints.facts import Complainant, ComplaintSource, Origin, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.numbers import ComplaintNumber
from complaints.staff_drafts.drafts import EntryDraft, about_entry
from complaints.staff_drafts.store import StaffDraftStore
from complaints.staff_drafts.tables import StaffDraftRow
from complaints.store import ComplaintContent
from complaints.tables import ComplaintRow
from complaints.terms import Rule
from tests.accounts.forged_callbacks import newest_window
from tests.bot.complaint_dialog import CitizenChat, citizen
from tests.bot.complaints_official.officials import official, plain_context
from tests.bot.live_bot import RunningBot

OWN, ELSEWHERE = "police-shymkent", "police-almaty"
OF_COMPLAINTS = {action for action in Action if action.value.endswith("_complaints")}
_people = count(60_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgedComplaintScenario:
    """An unassigned complaint and a possible assignee."""

    organisation: str
    complaint: int
    number: str
    member: int


async def seed_scenario(live_bot: RunningBot, organisation: str) -> ForgedComplaintScenario:
    now, member = live_bot.clock.now(), next(_people)
    async with plain_context(live_bot) as context:
        membership = Membership(
            number=0, telegram_id=member, organisation=organisation, role=Role.OFFICER, joined_at=now
        )
        await MembershipStore(context.session).add(membership, None)
        new = NewComplaint(
            organisation=organisation,
            rule=Rule.PROVIDER,
            at=now,
            origin=Origin.CITIZEN,
            complainant=Complainant.NATURAL,
            delivery=ServiceDelivery.OFFICE,
            kind=ComplaintKind.TERM,
            source=ComplaintSource.NATURAL_PERSONS,
            content=ComplaintContent(),
            person=next(_people),
        )
        row = await register(context, new, by_citizen(new.person or 0))
        return ForgedComplaintScenario(
            organisation=organisation,
            complaint=row.id,
            number=str(ComplaintNumber.of(row.number)),
            member=member,
        )


async def forge(one: CitizenChat, command: str, *presses: str) -> None:
    """Send the command, then every callback on the way, shown or not."""
    await one.says(command)
    for press in presses:
        message, intent = await newest_window(one.person)
        await one.person.send_callback(press if ":" in press[:3] else f"{intent}\x1d{press}", message)


async def row_of(live_bot: RunningBot, scenario: ForgedComplaintScenario) -> ComplaintRow:
    async with live_bot.database.session() as session:
        found = await session.get(ComplaintRow, scenario.complaint)
        assert found is not None
        return found


async def see(one: CitizenChat, scenario: ForgedComplaintScenario) -> bool:
    await forge(one, "/inbox", "list:all", f"open:{scenario.complaint}", f"oc:{scenario.complaint}")
    return scenario.number in await one.sees()


async def work(one: CitizenChat, scenario: ForgedComplaintScenario) -> bool:
    await forge(one, "/inbox", "list:all", f"open:{scenario.complaint}", "take")
    return (await row_of(one.live_bot, scenario)).assignee == one.person.number


async def lead(one: CitizenChat, scenario: ForgedComplaintScenario) -> bool:
    opened = ("list:all", f"open:{scenario.complaint}")
    await forge(one, "/inbox", *opened, "assign", f"person:{scenario.member}")
    return (await row_of(one.live_bot, scenario)).assignee == scenario.member


async def enter(one: CitizenChat, scenario: ForgedComplaintScenario) -> bool:
    """An entry ready to send, as if the right were revoked while typing."""
    entry = EntryDraft(
        source=ComplaintSource.MEDIA,
        received_on=one.live_bot.clock.now().date(),
        delivery=ServiceDelivery.OFFICE,
        service_known=True,
        kind=ComplaintKind.OTHER,
        complainant=Complainant.LEGAL,
    )
    async with plain_context(one.live_bot) as context:
        drafts = StaffDraftStore(context.session, context.cipher)
        await drafts.keep(one.person.number, about_entry(scenario.organisation), entry, context.now())
    await forge(one, "/register", "go_on", "send")
    entered = select(ComplaintRow.organisation).where(ComplaintRow.entered_by == one.person.number)
    async with one.live_bot.database.session() as session:
        return scenario.organisation in (await session.scalars(entered)).all()


ATTEMPTS: dict[Action, Callable[[CitizenChat, ForgedComplaintScenario], Awaitable[bool]]] = {
    Action.SEE_COMPLAINTS: see,
    Action.WORK_ON_COMPLAINTS: work,
    Action.LEAD_COMPLAINTS: lead,
    Action.REGISTER_COMPLAINTS: enter,
}


def test_every_complaint_right_has_an_attempt():
    assert set(ATTEMPTS) == OF_COMPLAINTS


@pytest.mark.parametrize("role", [*Role, None])
async def test_role_performs_only_permitted_actions(live_bot: RunningBot, role: Role | None):
    happened = {}
    for organisation in (OWN, ELSEWHERE):
        for action, attempt in ATTEMPTS.items():
            scenario = await seed_scenario(
                live_bot, organisation
            )  # the role is given later: no notice comes between
            one = await citizen(live_bot) if role is None else await official(live_bot, "ru", role, OWN)
            happened[organisation, action] = await attempt(one, scenario)
    assert {action for action, done in happened.items() if done} == {
        (OWN, action) for action in ATTEMPTS if (action, role) in RIGHTS
    }


async def test_forged_place_is_rejected(live_bot: RunningBot):
    one = await official(live_bot, "ru", Role.OFFICER, OWN, ELSEWHERE)
    await forge(one, "/register", "place:police-abai")
    assert "На это у вас нет права" in str(await one.live_bot.client.calls("answerCallbackQuery"))
    await forge(one, "/register", "place:<b>", f"place:{OWN}")
    assert "От кого поступила жалоба?" in await one.window()


@pytest.mark.parametrize("forged", ["source:<b>", "line:summary"])
async def test_forged_answer_changes_nothing(live_bot: RunningBot, forged: str):
    one = await official(live_bot, "ru", Role.OFFICER, OWN)
    await forge(one, "/register", forged)
    async with live_bot.database.session() as session:
        assert (await session.scalars(select(StaffDraftRow))).all() == []
