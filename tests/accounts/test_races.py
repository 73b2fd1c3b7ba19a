"""Concurrent actions: a link admits one person, and an organisation keeps a head."""

import asyncio

from accounts.cipher import Cipher
from accounts.officials.invitation import InvitationOverError
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from database.engine import Database
from kernel.errors import DomainError
from tests.accounts.people import POLICE, AccountsScenario, found_organisations


async def test_concurrent_openings_of_a_link_admit_one_person(database: Database, cipher: Cipher):
    async with database.unit_of_work() as unit:
        await found_organisations(unit)
        issued = await AccountsScenario(unit=unit, cipher=cipher).invite(None, POLICE, Role.HEAD)

    async def follow(person: int) -> int | DomainError:
        async with database.unit_of_work() as unit:
            try:
                await AccountsScenario(unit=unit, cipher=cipher).open(person, issued.token)
            except DomainError as error:
                return error
            return person

    answers = await asyncio.gather(*map(follow, range(1, 9)))
    assert len([answer for answer in answers if isinstance(answer, int)]) == 1
    assert len([answer for answer in answers if isinstance(answer, InvitationOverError)]) == 7


async def test_concurrent_revocations_leave_one_head(database: Database, cipher: Cipher):
    async with database.unit_of_work() as unit:
        await found_organisations(unit)
        scenario = AccountsScenario(unit=unit, cipher=cipher)
        memberships = {person: await scenario.membership(person, Role.HEAD) for person in (1, 2)}
        await unit.commit()

    async def remove(by: int, whom: int) -> DomainError | None:
        async with database.unit_of_work() as unit:
            try:
                await AccountsScenario(unit=unit, cipher=cipher).revoke(by, memberships[whom], None)
            except DomainError as error:
                return error
            return None

    answers = await asyncio.gather(remove(1, 2), remove(2, 1))
    refused = [answer for answer in answers if answer is not None]
    assert len(refused) == 1
    async with database.session() as session:
        heads = await MembershipStore(session).of_organisation(POLICE)
    assert [one.role for one in heads] == [Role.HEAD]
