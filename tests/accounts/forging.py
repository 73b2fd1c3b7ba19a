"""Every action, tried by pressing its buttons whether they were shown or not, and what each would change."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select

from accounts.kept.fields import Field
from accounts.kept.store import KeptStore
from accounts.looks.tables import LookRow
from accounts.officials.connecting import ConnectionStore
from accounts.officials.invitation import VALID_FOR, digest_of
from accounts.officials.tables import ConnectionRow, InvitationRow, LeaveRow, MembershipRow
from accounts.permissions import Action
from accounts.roles import Role
from accounts.switches.tables import SwitchRow
from deadlines.clock import ALMATY
from knowledge.journal.entries import Outcome
from knowledge.journal.tables import QuestionRow
from simulator.client import SimulatedPerson, labels
from tests.bot.town import Town

_people = count(50_000)
HEAD = 40_000
NAME = "Данияр Омаров"
JOINING = "Ерлан Нұрланов"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where it is tried, and on what: a member, a keeper, a question, a join that waits."""

    town: Town
    organisation: str
    member: int
    member_seat: int
    keeper_seat: int
    question: int
    join: int
    joining: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """`presses` are the widgets on the way, the last one the deed itself; `words` follow them."""

    presses: tuple[str, ...]
    happened: Callable[[Scene, SimulatedPerson], Awaitable[bool]]
    command: str = "/organisation {organisation}"
    words: str = ""
    raw: tuple[str, ...] = field(default=())  # callback data of no dialog


async def set_scene(town: Town, organisation: str) -> Scene:
    now, member, joining = town.clock.now(), next(_people), next(_people)
    async with town.database.unit_of_work() as unit:
        seat = _seat(member, organisation, Role.OFFICER, now)
        keeper = _seat(next(_people), organisation, Role.EDITOR, now)
        question = QuestionRow(asked_at=now, text=f"q{member}", language="ru", outcome=Outcome.OFFERED.value)
        join = InvitationRow(
            digest=digest_of(str(member)),
            organisation=organisation,
            role=Role.OFFICER.value,
            invited_by=HEAD,
            made_at=now,
            expires_at=now + VALID_FOR,
            taken_by=joining,
            introduced_at=now,
        )
        unit.session.add_all([seat, keeper, question, join])
        kept = KeptStore(unit.session, town.cipher)
        await kept.keep(member, Field.OFFICIAL_NAME, NAME, now)
        await kept.keep(joining, Field.OFFICIAL_NAME, JOINING, now)
        await unit.commit()
        return Scene(
            town=town,
            organisation=organisation,
            member=member,
            member_seat=seat.id,
            keeper_seat=keeper.id,
            question=question.id,
            join=join.id,
            joining=joining,
        )


async def seat(town: Town, person: int, organisation: str, role: Role) -> None:
    async with town.database.unit_of_work() as unit:
        unit.session.add(_seat(person, organisation, role, town.clock.now()))
        await unit.commit()


async def set_connected(town: Town, organisation: str, *, connected: bool) -> None:
    """So that there is something to connect, or to disconnect."""
    async with town.database.unit_of_work() as unit:
        store = ConnectionStore(unit.session)
        await store.end(organisation, HEAD, town.clock.now())
        if connected:
            at = town.clock.now()
            await store.add(
                ConnectionRow(organisation=organisation, accepted_by=HEAD, accepted_at=at, text="t")
            )
        await unit.commit()


async def carry_out(attempt: Attempt, scene: Scene, person: SimulatedPerson) -> bool:
    """Press everything on the way, shown or not; answers whether it came to pass.

    Whoever waits for the first reply alone may get a notice that was under way: of an earlier attempt's
    member, who is nobody at the local Telegram, every head hears that he cannot be reached.
    """
    places = {name: getattr(scene, name) for name in Scene.__dataclass_fields__}
    await set_connected(scene.town, scene.organisation, connected="disconnect" in attempt.presses)
    await _write(person, scene, attempt.command.format(**places))
    for widget in attempt.presses:
        message, intent = await newest_window(person)
        await person.send_callback(f"{intent}\x1d{widget.format(**places)}", message)
    for data in attempt.raw:
        await person.send_callback(data.format(**places), (await newest_window(person))[0])
    if attempt.words:
        day = scene.town.clock.now().astimezone(ALMATY) + timedelta(days=1)
        await _write(person, scene, attempt.words.format(day=f"{day:%d.%m.%Y}"))
    return await attempt.happened(scene, person)


async def _write(person: SimulatedPerson, scene: Scene, text: str) -> None:
    await person.ask(text)
    await scene.town.door.settle()


async def newest_window(person: SimulatedPerson) -> tuple[int, str]:
    """The newest message with a dialog's buttons and its intent; without any, the menu's."""
    for message in reversed(await person.messages()):
        for data in labels(message):
            if "\x1d" in data:
                return message["message_id"], data.partition("\x1d")[0]
    await person.ask("/menu")
    return await newest_window(person)


def _seat(person: int, organisation: str, role: Role, at: Any) -> MembershipRow:
    return MembershipRow(telegram_id=person, organisation=organisation, role=role.value, joined_at=at)


async def _count(scene: Scene, *conditions: Any) -> int:
    async with scene.town.database.session() as session:
        return await session.scalar(select(func.count()).where(*conditions)) or 0


def _invited(role: Role) -> Callable[[Scene, SimulatedPerson], Awaitable[bool]]:
    async def happened(scene: Scene, person: SimulatedPerson) -> bool:
        mine = InvitationRow.invited_by == person.number
        here = InvitationRow.organisation == scene.organisation
        return bool(await _count(scene, mine, here, InvitationRow.role == role.value))

    return happened


def _revoked(which: str) -> Callable[[Scene, SimulatedPerson], Awaitable[bool]]:
    async def happened(scene: Scene, _: SimulatedPerson) -> bool:
        number = getattr(scene, which)
        return bool(await _count(scene, MembershipRow.id == number, MembershipRow.ended_at.is_not(None)))

    return happened


async def _saw(_: Scene, person: SimulatedPerson) -> bool:
    return any(NAME in message.get("text", "") for message in await person.messages())


async def _looked(scene: Scene, person: SimulatedPerson) -> bool:
    """Whether the name of the one who waits to join is on the screen; each look is in the trail."""
    seen = any(f"\n{JOINING}\n" in message.get("text", "") for message in await person.messages())
    looks = await _count(
        scene, LookRow.viewer == person.number, LookRow.subject == f"invitation/{scene.join}"
    )
    assert bool(looks) is seen
    return seen


async def _went_on_leave(scene: Scene, person: SimulatedPerson) -> bool:
    here = LeaveRow.organisation == scene.organisation
    return bool(await _count(scene, LeaveRow.telegram_id == person.number, here))


async def _connected(scene: Scene, person: SimulatedPerson) -> bool:
    async with scene.town.database.session() as session:
        found = await ConnectionStore(session).of(scene.organisation)
    return found is not None and found.accepted_by == person.number


async def _disconnected(scene: Scene, _: SimulatedPerson) -> bool:
    async with scene.town.database.session() as session:
        return await ConnectionStore(session).of(scene.organisation) is None


async def _finished(scene: Scene, _: SimulatedPerson) -> bool:
    return bool(await _count(scene, QuestionRow.id == scene.question, QuestionRow.done_at.is_not(None)))


async def _decided(scene: Scene, _: SimulatedPerson) -> bool:
    return bool(await _count(scene, InvitationRow.id == scene.join, InvitationRow.decided_at.is_not(None)))


async def _switched(scene: Scene, person: SimulatedPerson) -> bool:
    return bool(await _count(scene, SwitchRow.by == person.number))


REVOKING = ("revoke", "to_the_list", "yes")
ATTEMPTS = {
    Action.INVITE: Attempt(presses=("invite", "role:officer"), happened=_invited(Role.OFFICER)),
    Action.INVITE_KEEPER: Attempt(
        presses=("invite", "role:administrator"), happened=_invited(Role.ADMINISTRATOR)
    ),
    Action.REVOKE: Attempt(
        presses=("members", "member:{member_seat}", *REVOKING), happened=_revoked("member_seat")
    ),
    Action.REVOKE_KEEPER: Attempt(
        presses=("members", "member:{keeper_seat}", *REVOKING), happened=_revoked("keeper_seat")
    ),
    Action.SEE_MEMBERS: Attempt(presses=("members",), happened=_saw),
    Action.TAKE_LEAVE: Attempt(
        presses=("leave", "leave_new", "deputy:{member}"), words="{day}", happened=_went_on_leave
    ),
    Action.CONNECT: Attempt(presses=("connect", "yes"), happened=_connected),
    Action.DISCONNECT: Attempt(presses=("disconnect", "yes"), happened=_disconnected),
    Action.EDIT: Attempt(
        command="/editor", presses=("questions", "item:{question}", "done"), happened=_finished
    ),
    Action.SWITCH_JOBS: Attempt(
        command="/switches", presses=("job:reminders", "off"), words="Есть причина", happened=_switched
    ),
}
LOOK = Attempt(presses=("joins",), raw=("jn:1:{join}",), happened=_looked)
CONFIRM = Attempt(presses=("joins", "join:{join}"), raw=("j:1:{join}",), happened=_decided)
