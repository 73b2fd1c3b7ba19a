"""One forged attempt per action: its callbacks, sent whether shown or not, and what it would change."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from localgram.client import SimulatedPerson, labels
from sqlalchemy import func, select

from accounts.access_log.tables import AccessLogRow, LogActorRow
from accounts.officials.invitation import VALID_FOR, digest_of
from accounts.officials.store import ConnectionStore
from accounts.officials.tables import ConnectionRow, InvitationRow, LeaveRow, MembershipRow
from accounts.permissions import Action
from accounts.profile.fields import Field
from accounts.profile.store import ProfileStore
from accounts.roles import Role
from accounts.switches.tables import SwitchRow
from kernel.clock import ALMATY
from knowledge.journal.entries import AnswerOutcome
from knowledge.journal.tables import QuestionRow
from tests.bot.live_bot import RunningBot

_people = count(50_000)
HEAD = 40_000
NAME = "Данияр Омаров"
JOINING = "Ерлан Нұрланов"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgedCallbackScenario:
    """Where an attempt is made and on what: a member, an editor, a question, a pending join."""

    live_bot: RunningBot
    organisation: str
    member: int
    member_membership: int
    keeper_membership: int
    question: int
    join: int
    joining: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """`presses` are the widget ids on the way, the action's last; `words` are typed after them."""

    presses: tuple[str, ...]
    happened: Callable[[ForgedCallbackScenario, SimulatedPerson], Awaitable[bool]]
    command: str = "/organisation {organisation}"
    words: str = ""
    raw: tuple[str, ...] = field(default=())  # callback data of no dialog


async def seed_scenario(live_bot: RunningBot, organisation: str) -> ForgedCallbackScenario:
    now, member, joining = live_bot.clock.now(), next(_people), next(_people)
    async with live_bot.database.unit_of_work() as unit:
        add_membership = _membership(member, organisation, Role.OFFICER, now)
        keeper = _membership(next(_people), organisation, Role.EDITOR, now)
        question = QuestionRow(
            asked_at=now, text=f"q{member}", language="ru", outcome=AnswerOutcome.OFFERED.value
        )
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
        unit.session.add_all([add_membership, keeper, question, join])
        profiles = ProfileStore(unit.session, live_bot.cipher)
        await profiles.keep(member, Field.OFFICIAL_NAME, NAME, now)
        await profiles.keep(joining, Field.OFFICIAL_NAME, JOINING, now)
        await unit.commit()
        return ForgedCallbackScenario(
            live_bot=live_bot,
            organisation=organisation,
            member=member,
            member_membership=add_membership.id,
            keeper_membership=keeper.id,
            question=question.id,
            join=join.id,
            joining=joining,
        )


async def add_membership(live_bot: RunningBot, person: int, organisation: str, role: Role) -> None:
    async with live_bot.database.unit_of_work() as unit:
        unit.session.add(_membership(person, organisation, role, live_bot.clock.now()))
        await unit.commit()


async def set_connected(live_bot: RunningBot, organisation: str, *, connected: bool) -> None:
    """Set up something to connect or to disconnect."""
    async with live_bot.database.unit_of_work() as unit:
        store = ConnectionStore(unit.session)
        await store.end(organisation, HEAD, live_bot.clock.now())
        if connected:
            at = live_bot.clock.now()
            await store.add(
                ConnectionRow(organisation=organisation, accepted_by=HEAD, accepted_at=at, text="t")
            )
        await unit.commit()


async def carry_out(attempt: Attempt, scenario: ForgedCallbackScenario, person: SimulatedPerson) -> bool:
    """Send all callbacks, shown or not; return whether the action happened.

    Settle after each message: waiting for the first reply alone could return a delayed notice, such as the
    one telling heads that a member of an earlier attempt cannot be reached.
    """
    places = {name: getattr(scenario, name) for name in ForgedCallbackScenario.__dataclass_fields__}
    await set_connected(scenario.live_bot, scenario.organisation, connected="disconnect" in attempt.presses)
    await _write(person, scenario, attempt.command.format(**places))
    for widget in attempt.presses:
        message, intent = await newest_window(person)
        await person.send_callback(f"{intent}\x1d{widget.format(**places)}", message)
    for data in attempt.raw:
        await person.send_callback(data.format(**places), (await newest_window(person))[0])
    if attempt.words:
        day = scenario.live_bot.clock.now().astimezone(ALMATY) + timedelta(days=1)
        await _write(person, scenario, attempt.words.format(day=f"{day:%d.%m.%Y}"))
    return await attempt.happened(scenario, person)


async def _write(person: SimulatedPerson, scenario: ForgedCallbackScenario, text: str) -> None:
    await person.ask(text)
    await scenario.live_bot.client.settle()


async def newest_window(person: SimulatedPerson) -> tuple[int, str]:
    """The newest message with dialog buttons and its intent id; opens the menu if there is none."""
    for message in reversed(await person.messages()):
        for data in labels(message):
            if "\x1d" in data:
                return message["message_id"], data.partition("\x1d")[0]
    await person.ask("/menu")
    return await newest_window(person)


def _membership(person: int, organisation: str, role: Role, at: Any) -> MembershipRow:
    return MembershipRow(telegram_id=person, organisation=organisation, role=role.value, joined_at=at)


async def _count(scenario: ForgedCallbackScenario, *conditions: Any) -> int:
    async with scenario.live_bot.database.session() as session:
        return await session.scalar(select(func.count()).where(*conditions)) or 0


def _invited(role: Role) -> Callable[[ForgedCallbackScenario, SimulatedPerson], Awaitable[bool]]:
    async def happened(scenario: ForgedCallbackScenario, person: SimulatedPerson) -> bool:
        by_person = InvitationRow.invited_by == person.number
        in_organisation = InvitationRow.organisation == scenario.organisation
        return bool(await _count(scenario, by_person, in_organisation, InvitationRow.role == role.value))

    return happened


def _revoked(which: str) -> Callable[[ForgedCallbackScenario, SimulatedPerson], Awaitable[bool]]:
    async def happened(scenario: ForgedCallbackScenario, _: SimulatedPerson) -> bool:
        number = getattr(scenario, which)
        return bool(await _count(scenario, MembershipRow.id == number, MembershipRow.ended_at.is_not(None)))

    return happened


async def _saw(_: ForgedCallbackScenario, person: SimulatedPerson) -> bool:
    return any(NAME in message.get("text", "") for message in await person.messages())


async def _saw_logged_name(scenario: ForgedCallbackScenario, person: SimulatedPerson) -> bool:
    """Whether the applicant's name is on the screen; each look must be in the access log."""
    shown = any(f"\n{JOINING}\n" in message.get("text", "") for message in await person.messages())
    subject = f"invitation/{scenario.join}"
    log_entries = await _count(
        scenario,
        AccessLogRow.subject == subject,
        AccessLogRow.viewer == LogActorRow.alias,
        LogActorRow.subject == subject,
        LogActorRow.person == person.number,
    )
    assert bool(log_entries) is shown
    return shown


async def _went_on_leave(scenario: ForgedCallbackScenario, person: SimulatedPerson) -> bool:
    in_organisation = LeaveRow.organisation == scenario.organisation
    return bool(await _count(scenario, LeaveRow.telegram_id == person.number, in_organisation))


async def _connected(scenario: ForgedCallbackScenario, person: SimulatedPerson) -> bool:
    async with scenario.live_bot.database.session() as session:
        found = await ConnectionStore(session).of(scenario.organisation)
    return found is not None and found.accepted_by == person.number


async def _disconnected(scenario: ForgedCallbackScenario, _: SimulatedPerson) -> bool:
    async with scenario.live_bot.database.session() as session:
        return await ConnectionStore(session).of(scenario.organisation) is None


async def _finished(scenario: ForgedCallbackScenario, _: SimulatedPerson) -> bool:
    return bool(await _count(scenario, QuestionRow.id == scenario.question, QuestionRow.done_at.is_not(None)))


async def _decided(scenario: ForgedCallbackScenario, _: SimulatedPerson) -> bool:
    return bool(
        await _count(scenario, InvitationRow.id == scenario.join, InvitationRow.decided_at.is_not(None))
    )


async def _switched(scenario: ForgedCallbackScenario, person: SimulatedPerson) -> bool:
    return bool(await _count(scenario, SwitchRow.by == person.number))


REVOKING = ("revoke", "to_the_list", "yes")
ATTEMPTS = {
    Action.INVITE: Attempt(presses=("invite", "role:officer"), happened=_invited(Role.OFFICER)),
    Action.INVITE_KEEPER: Attempt(
        presses=("invite", "role:administrator"), happened=_invited(Role.ADMINISTRATOR)
    ),
    Action.REVOKE: Attempt(
        presses=("members", "member:{member_membership}", *REVOKING), happened=_revoked("member_membership")
    ),
    Action.REVOKE_KEEPER: Attempt(
        presses=("members", "member:{keeper_membership}", *REVOKING), happened=_revoked("keeper_membership")
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
SEE_NAME = Attempt(presses=("joins",), raw=("jn:1:{join}",), happened=_saw_logged_name)
CONFIRM = Attempt(presses=("joins", "join:{join}"), raw=("j:1:{join}",), happened=_decided)
