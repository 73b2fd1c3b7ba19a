"""What a draft lacks and its story, or its service's card, already says; pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from bot.request_context import RequestContext
from complaints.draft import Draft
from complaints.facts import ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.story import read_story
from kernel.clock import almaty_date
from knowledge.catalogue import Catalogue
from registry_data.schema import ServiceCard, ServiceChannel

MOST_OFFERED = 5
_WAYS: Final = {
    ServiceChannel.PROVIDER: ServiceDelivery.OFFICE,
    ServiceChannel.ABROAD_MISSION: ServiceDelivery.OFFICE,
    ServiceChannel.GOV_CORPORATION: ServiceDelivery.CORPORATION,
    ServiceChannel.SELF_SERVICE_TERMINAL: ServiceDelivery.ELECTRONIC,
    ServiceChannel.EGOV_PORTAL: ServiceDelivery.ELECTRONIC,
    ServiceChannel.ELICENSE_PORTAL: ServiceDelivery.ELECTRONIC,
    ServiceChannel.EGOV_MOBILE: ServiceDelivery.ELECTRONIC,
    ServiceChannel.OTHER_SYSTEM: ServiceDelivery.ELECTRONIC,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """To be confirmed by the person. `services` are slugs, the likeliest first; `service` is sure."""

    service: str | None = None
    services: tuple[str, ...] = ()
    kind: ComplaintKind | None = None
    day: date | None = None
    delivery: ServiceDelivery | None = None


def proposals_for(context: RequestContext, draft: Draft) -> Proposals:
    """What the person has answered is not proposed."""
    text = draft.text
    if not text.strip():
        return Proposals()
    said = read_story(text, almaty_date(context.now))
    has_day = draft.applied_on is not None or draft.happened_on is not None
    service, services = _services(context.catalogue, text) if not draft.service_known else (None, ())
    return Proposals(
        service=service,
        services=services,
        kind=said.kind if draft.kind is None else None,
        day=None if has_day else said.day,
        delivery=said.delivery if draft.delivery is None else None,
    )


def accepted(draft: Draft, found: Proposals) -> Draft:
    """The draft with what was proposed and it lacked."""
    if found.service is not None and not draft.service_known:
        draft = replace(draft, service=found.service, service_known=True)
    draft = replace(draft, kind=draft.kind or found.kind, delivery=draft.delivery or found.delivery)
    return draft if found.day is None else with_day(draft, found.day)


def with_day(draft: Draft, day: date | None) -> Draft:
    """For a late service it is the day of the application, else the day it went wrong."""
    if asks_application(draft):
        return replace(draft, applied_on=day, happened_on=None)
    return replace(draft, applied_on=None, happened_on=day)


def asks_application(draft: Draft) -> bool:
    return draft.kind is ComplaintKind.TERM and draft.service is not None


def delivery_told(card: ServiceCard | None, story: str, now: datetime) -> ServiceDelivery | None:
    """The way that the story names, or the only one that the card has."""
    told = read_story(story, almaty_date(now)).delivery if story else None
    ways = {_WAYS[channel] for channel in (card.channels or ())} if card is not None else set()
    return told or (next(iter(ways)) if len(ways) == 1 else None)


def _services(catalogue: Catalogue, text: str) -> tuple[str | None, tuple[str, ...]]:
    reply = catalogue.knowledge.ask(text)
    found = tuple(one.slug for one in reply.found if one.kind == "service")[:MOST_OFFERED]
    is_sure = reply.confident and bool(found) and reply.found[0].slug == found[0]
    return (found[0] if is_sure else None), found
