"""Officials who have chosen their language and hold a role; what they press, they read."""

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from tests.bot.complaining import POLICE, Citizen, citizen
from tests.bot.conftest import Town


async def official(
    town: Town, language: str = "ru", role: Role = Role.OFFICER, *organisations: str
) -> Citizen:
    """Somebody with the role in each of the organisations; the police where none is named."""
    one = await citizen(town, language)
    async with town.database.unit_of_work() as unit:
        for code in organisations or (POLICE,):
            seat = Membership(
                number=0,
                telegram_id=one.person.number,
                organisation=code,
                role=role,
                joined_at=town.clock.now(),
            )
            await MembershipStore(unit.session).add(seat, None)
        await unit.commit()
    return one
