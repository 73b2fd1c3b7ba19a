"""Every right to complaints, tried by every role through buttons that were never shown."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count

import pytest
from sqlalchemy import select

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.permissions import RIGHTS, Action
from accounts.roles import Role
from complaints.actions.desk import citizen as by_citizen
from complaints.actions.registration import Content, New, register
from complaints.desk_drafts.drafts import EntryDraft, about_entry
from complaints.desk_drafts.store import DeskDraftStore
from complaints.desk_drafts.tables import DeskDraftRow
from complaints.facts import Complainant, Delivery, Origin, Source
from complaints.kinds.kind import Kind
from complaints.numbers import Number
from complaints.tables import ComplaintRow
from complaints.terms import Rule
from tests.accounts.forging import newest_window
from tests.bot.complaining import Citizen, citizen
from tests.bot.complaints_official.officials import official, plain_desk
from tests.bot.town import Town

OWN, ELSEWHERE = "police-shymkent", "police-almaty"
OF_COMPLAINTS = {action for action in Action if action.value.endswith("_complaints")}
_people = count(60_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A complaint that nobody has taken, and a member who could be given it."""

    organisation: str
    complaint: int
    number: str
    member: int


async def set_scene(town: Town, organisation: str) -> Scene:
    now, member = town.clock.now(), next(_people)
    async with plain_desk(town) as desk:
        seat = Membership(
            number=0, telegram_id=member, organisation=organisation, role=Role.OFFICER, joined_at=now
        )
        await MembershipStore(desk.session).add(seat, None)
        new = New(
            organisation=organisation,
            rule=Rule.PROVIDER,
            at=now,
            origin=Origin.CITIZEN,
            complainant=Complainant.NATURAL,
            delivery=Delivery.OFFICE,
            kind=Kind.TERM,
            source=Source.NATURAL_PERSONS,
            content=Content(),
            person=next(_people),
        )
        row = await register(desk, new, by_citizen(new.person or 0))
        return Scene(
            organisation=organisation, complaint=row.id, number=str(Number.of(row.number)), member=member
        )


async def forge(one: Citizen, command: str, *presses: str) -> None:
    """The command, and then everything on the way, shown or not."""
    await one.says(command)
    for press in presses:
        message, intent = await newest_window(one.person)
        await one.person.send_callback(press if ":" in press[:3] else f"{intent}\x1d{press}", message)


async def row_of(town: Town, scene: Scene) -> ComplaintRow:
    async with town.database.session() as session:
        found = await session.get(ComplaintRow, scene.complaint)
        assert found is not None
        return found


async def see(one: Citizen, scene: Scene) -> bool:
    await forge(one, "/inbox", "list:all", f"open:{scene.complaint}", f"oc:{scene.complaint}")
    return scene.number in await one.sees()


async def work(one: Citizen, scene: Scene) -> bool:
    await forge(one, "/inbox", "list:all", f"open:{scene.complaint}", "take")
    return (await row_of(one.town, scene)).assignee == one.person.number


async def lead(one: Citizen, scene: Scene) -> bool:
    opened = ("list:all", f"open:{scene.complaint}")
    await forge(one, "/inbox", *opened, "assign", f"person:{scene.member}")
    return (await row_of(one.town, scene)).assignee == scene.member


async def enter(one: Citizen, scene: Scene) -> bool:
    """An entry that lies ready, as if his right had been taken away while he typed."""
    entry = EntryDraft(
        source=Source.MEDIA,
        received_on=one.town.clock.now().date(),
        delivery=Delivery.OFFICE,
        service_known=True,
        kind=Kind.OTHER,
        complainant=Complainant.LEGAL,
    )
    async with plain_desk(one.town) as desk:
        drafts = DeskDraftStore(desk.session, desk.cipher)
        await drafts.keep(one.person.number, about_entry(scene.organisation), entry, desk.now())
    await forge(one, "/register", "go_on", "send")
    entered = select(ComplaintRow.organisation).where(ComplaintRow.entered_by == one.person.number)
    async with one.town.database.session() as session:
        return scene.organisation in (await session.scalars(entered)).all()


ATTEMPTS: dict[Action, Callable[[Citizen, Scene], Awaitable[bool]]] = {
    Action.SEE_COMPLAINTS: see,
    Action.WORK_ON_COMPLAINTS: work,
    Action.LEAD_COMPLAINTS: lead,
    Action.REGISTER_COMPLAINTS: enter,
}


def test_every_right_to_complaints_is_tried():
    assert set(ATTEMPTS) == OF_COMPLAINTS


@pytest.mark.parametrize("role", [*Role, None])
async def test_a_role_does_what_it_may_and_nothing_else(town: Town, role: Role | None):
    happened = {}
    for organisation in (OWN, ELSEWHERE):
        for action, attempt in ATTEMPTS.items():
            scene = await set_scene(town, organisation)  # he is seated later: no notice comes between
            one = await citizen(town) if role is None else await official(town, "ru", role, OWN)
            happened[organisation, action] = await attempt(one, scene)
    assert {deed for deed, done in happened.items() if done} == {
        (OWN, action) for action in ATTEMPTS if (action, role) in RIGHTS
    }


async def test_a_place_that_was_not_offered_is_none(town: Town):
    one = await official(town, "ru", Role.OFFICER, OWN, ELSEWHERE)
    await forge(one, "/register", "place:police-abai")
    assert "На это у вас нет права" in str(await one.town.door.calls("answerCallbackQuery"))
    await forge(one, "/register", "place:<b>", f"place:{OWN}")
    assert "От кого поступила жалоба?" in await one.window()


@pytest.mark.parametrize("forged", ["source:<b>", "line:summary"])
async def test_an_answer_that_was_not_offered_changes_nothing(town: Town, forged: str):
    one = await official(town, "ru", Role.OFFICER, OWN)
    await forge(one, "/register", forged)
    async with town.database.session() as session:
        assert (await session.scalars(select(DeskDraftRow))).all() == []
