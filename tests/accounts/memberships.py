"""A person with every role in an organisation and data for all its windows."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.officials.invitation import VALID_FOR, digest_of
from accounts.officials.tables import InvitationRow, LeaveRow, MembershipRow
from accounts.profile.actions import CONSENT_VERSION
from accounts.profile.fields import Field
from accounts.profile.store import ProfileStore
from accounts.roles import Role
from knowledge.journal.entries import AnswerOutcome, Verdict
from knowledge.journal.tables import QuestionRow, VerdictRow

ORGANISATION = "agency-civil-service"
COLLEAGUE = 1002
MEMBERSHIPS = {"person": 1, "colleague": 2}  # numbers of memberships
TAKEN, WAITING = 1, 2  # numbers of invitations


async def seed(session: AsyncSession, cipher: Cipher, person: int, now: datetime) -> None:
    """Every role for `person`, a colleague, two invitations, a leave, and items for an editor."""
    profiles = ProfileStore(session, cipher)
    await profiles.keep_consent(person, CONSENT_VERSION, now)
    for field, value in ((Field.NAME, "Айгүл <Серікова>"), (Field.REGION, "abai")):
        await profiles.keep(person, field, value, now)
    await profiles.keep(COLLEAGUE, Field.OFFICIAL_NAME, "Серік & Ахметов", now)
    session.add(_membership(MEMBERSHIPS["person"], person, Role.HEAD, now))
    session.add(_membership(MEMBERSHIPS["colleague"], COLLEAGUE, Role.OFFICER, now))
    for number, role in enumerate((Role.EDITOR, Role.ADMINISTRATOR), start=3):
        session.add(_membership(number, person, role, now))
    session.add(_invitation(TAKEN, person, None, now))
    session.add(_invitation(WAITING, COLLEAGUE, now, now))
    session.add(
        LeaveRow(
            telegram_id=person,
            organisation=ORGANISATION,
            deputy=COLLEAGUE,
            first_day=now.date(),
            last_day=now.date() + timedelta(days=7),
            made_at=now,
        )
    )
    session.add(
        QuestionRow(id=1, asked_at=now, text="<q>", language="ru", outcome=AnswerOutcome.OFFERED.value)
    )
    session.add(VerdictRow(id=1, given_at=now, slug="apostille", verdict=Verdict.WRONG.value, text="<w>"))
    await session.flush()


def _membership(number: int, person: int, role: Role, now: datetime) -> MembershipRow:
    return MembershipRow(
        id=number, telegram_id=person, organisation=ORGANISATION, role=role.value, joined_at=now
    )


def _invitation(number: int, taken_by: int, introduced_at: datetime | None, now: datetime) -> InvitationRow:
    return InvitationRow(
        id=number,
        digest=digest_of(str(number)),
        organisation=ORGANISATION,
        role=Role.OFFICER.value,
        made_at=now,
        expires_at=now + VALID_FOR,
        taken_by=taken_by,
        introduced_at=introduced_at,
    )
