"""Register a complaint that arrived outside the bot, so that its term runs and the forms count it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from accounts.errors import GoneError
from accounts.permissions import Action
from accounts.profile.fields import read_name, read_organisation_name, read_telephone
from complaints.actions.context import ComplaintContext
from complaints.actions.registration import NewComplaint, register
from complaints.case import ComplaintCase, case_of
from complaints.draft import LONGEST_TEXT
from complaints.errors import ReceivedDayError, TextTooLongError
from complaints.facts import Complainant, ComplaintSource, Origin, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.paper import read_register_number
from complaints.store import ComplaintContent
from complaints.terms import moment_of, rule_of
from database.engine import atomic
from kernel.identity_numbers import read_number
from registry_data.store import CARDS, OrganisationRepository, RegistryRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintEntry:
    """What an official enters; name, number, telephone and text only where known.

    `service` is a slug, or None; `received_on` is a day in Asia/Almaty.
    """

    organisation: str
    received_on: date
    source: ComplaintSource
    delivery: ServiceDelivery
    kind: ComplaintKind
    service: str | None = None
    complainant: Complainant = Complainant.NATURAL
    region: str | None = None
    district: str | None = None
    name: str | None = None
    number: str | None = None
    phone: str | None = None
    text: str | None = None
    incoming_number: str | None = None

    def read(self) -> "ComplaintEntry":
        """The entry with normalised values. Raises what their readers raise, TextTooLongError."""
        if self.text is not None and len(self.text) > LONGEST_TEXT:
            raise TextTooLongError(longest=LONGEST_TEXT, length=len(self.text))
        return replace(
            self,
            name=name_reader(self.complainant)(self.name) if self.name else None,
            number=read_number(self.number) if self.number else None,
            phone=read_telephone(self.phone) if self.phone else None,
            incoming_number=read_register_number(self.incoming_number) if self.incoming_number else None,
        )


def name_reader(complainant: Complainant) -> Callable[[str], str]:
    """What reads the complainant's name: a person's, or an organisation's."""
    return read_organisation_name if complainant is Complainant.LEGAL else read_name


@dataclass(frozen=True, slots=True)
class EnterComplaint:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, entry: ComplaintEntry) -> ComplaintCase:
        """Raises NotAllowedError, GoneError (organisation or service), ReceivedDayError,
        OutsideCalendarError, and what ComplaintEntry.read raises.
        """
        actor, _ = await self.context.right(by, Action.REGISTER_COMPLAINTS, entry.organisation)
        new = await self._new(by, entry.read())
        row = await register(self.context, new, actor)
        return case_of(row)

    async def _new(self, by: int, entry: ComplaintEntry) -> NewComplaint:
        organisation = await OrganisationRepository(self.context.session).get(entry.organisation)
        if organisation is None or not await self._is_service(entry.service):
            raise GoneError
        return NewComplaint(
            organisation=entry.organisation,
            rule=rule_of(organisation.kind),
            at=received_at(self.context, entry.received_on),
            origin=Origin.OFFICIAL,
            complainant=entry.complainant,
            delivery=entry.delivery,
            kind=entry.kind,
            source=entry.source,
            content=ComplaintContent(
                name=entry.name or None,
                iin=entry.number or None,
                phone=entry.phone or None,
                text=entry.text or None,
            ),
            service=entry.service,
            region=entry.region or organisation.region,
            district=entry.district or organisation.district,
            entered_by=by,
            incoming_number=entry.incoming_number,
        )

    async def _is_service(self, slug: str | None) -> bool:
        return slug is None or await RegistryRepository(self.context.session, CARDS).get(slug) is not None


def received_at(context: ComplaintContext, received_on: date) -> datetime:
    """An instant within the day's working hours, never after now. Raises ReceivedDayError."""
    if received_on > context.today():
        raise ReceivedDayError
    return min(context.now(), moment_of(received_on))
