"""Passing a complaint on to the body that is competent: its term starts with its own registration."""

from dataclasses import dataclass

from accounts.errors import GoneError
from complaints.actions.citizens import say
from complaints.actions.desk import Desk, Worked
from complaints.actions.registration import copied, follow, register
from complaints.case import Case, case_of
from complaints.errors import PassedToItselfError
from complaints.facts import CameBy
from complaints.lifecycle import Step
from complaints.queries.routes import RouteQueries
from complaints.routing import Routing
from complaints.talk import Saying, Words
from complaints.telling import Told
from complaints.terms import rule_of
from complaints.trail import BY_SYSTEM
from database.atomic import atomic
from registry_data.organisations import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """`following` is the complaint at the new body; None where it is not connected, and the official has to
    send it there by his own ways.
    """

    case: Case
    following: Case | None


@dataclass(frozen=True, slots=True)
class PassOn:
    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int, to: str, words: Words) -> Passed:
        """`words` tell the citizen why.

        Raises GoneError, NotAllowedError, NotHolderError, IllegalMoveError, PassedToItselfError, what
        Words.check raises.
        """
        worked = await self.desk.worked(by, complaint)
        self.desk.check(worked.row, Step.PASS_ON)
        if to == worked.row.organisation:
            raise PassedToItselfError
        routing = await RouteQueries.stored(self.desk.session).routing()
        body = routing.get(to)
        if body is None:
            raise GoneError
        message = await say(self.desk, worked.row, Saying.PASSED_ON, by, words)
        return await self._pass(worked, body, routing, message)

    async def _pass(self, worked: Worked, body: Organisation, routing: Routing, message: int) -> Passed:
        row = worked.row
        row.passed_to = body.code
        following = None
        if body.code in routing.connected:
            new = copied(row, body.code, rule_of(body.kind), self.desk.now())
            following = await register(self.desk, follow(row, new, CameBy.PASSED), BY_SYSTEM)
        to = following.id if following is not None else None
        await self.desk.step(
            row, Step.PASS_ON, worked.actor, body=body.code, to=to, message=message, due_on=row.due_on
        )
        told = Told.PASSED_OUT if following is None else Told.PASSED_ON
        await (await self.desk.teller()).citizen(row, told, message)
        return Passed(case=case_of(row), following=None if following is None else case_of(following))
