"""The three working days of Law 88-V Art. 23 ¶2: once for an act, never for corrections of our own."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.cipher import Cipher, make_key
from accounts.errors import NotAllowedError
from accounts.roles import Role
from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import FixedClock
from oversight.contact_centre.changes import (
    ApprovalDayError,
    changed_facts,
    check_approval,
    may_follow_from_act,
)
from oversight.contact_centre.store import ActNotice, ActNoticeStore
from registry_data.contents import load_registry
from registry_data.proposals import Proposal, ProposalStore
from registry_data.schema import ServiceCard
from reminders.event_store import EventStore
from reminders.store import FilingStore
from tests.actions.officials_world import EDITOR, accepting_change
from tests.actions.world import World
from tests.complaints.scenario import AKIMAT
from tests.each import each_case

NOW = datetime(2026, 10, 14, 5, 0, tzinfo=UTC)
APPROVED = date(2026, 10, 12)
CARDS = load_registry().cards
CARD = next(card for card in CARDS if card.slug == "apostille")


def changed(card: ServiceCard = CARD, **values: Any) -> ServiceCard:
    return card.model_copy(update=values)


def test_only_a_fact_read_in_another_wording_may_follow_from_an_act():
    other = changed(max_queue_minutes=99)
    cases = {
        "another wording": (CARD, changed(other, version=APPROVED), True),
        "the same wording: we had read it wrongly": (CARD, other, False),
        "another act": (CARD, changed(other, act="order-78"), True),
        "no wording known": (CARD, changed(other, version=None), True),
        "a new card": (None, CARD, True),
        "a page behind the card": (CARD, changed(other, act=None, version=None), False),
        "only the wording, no fact": (CARD, changed(version=APPROVED), False),
    }
    with each_case() as each:
        for name, (present, accepted, asked) in cases.items():
            with each.case(name):
                assert may_follow_from_act(present, accepted) is asked
    assert changed_facts(CARD, changed(other, version=APPROVED)) == ("max_queue_minutes",)


def test_an_act_is_approved_between_its_own_date_and_today():
    check_approval(date(2020, 5, 27), date(2020, 5, 27), NOW.date())
    check_approval(NOW.date(), date(2020, 5, 27), NOW.date())
    for day in (date(2020, 5, 26), date(2026, 10, 15)):
        with pytest.raises(ApprovalDayError):
            check_approval(day, date(2020, 5, 27), NOW.date())


def world_of(database: Database) -> World:
    clock = FixedClock(NOW)
    return World(cipher=Cipher.of(make_key()), calendar=LiveCalendar(clock), clock=clock)


async def propose(world: World, slug: str, version: date) -> int:
    store = ProposalStore(world.unit.session)
    card, digest = await store.standing(slug)
    assert card is not None
    minutes = (card.max_queue_minutes or 0) + 1
    new = card.model_copy(update={"act": CARD.act, "max_queue_minutes": minutes, "version": version})
    await store.propose(Proposal(card=new, based_on=digest), NOW)
    return next(one.number for one in await store.waiting() if one.card.slug == slug)


async def test_one_act_reminds_once_however_many_cards_it_changes(registry_database: Database):
    async with registry_database.unit_of_work() as unit:
        world = world_of(registry_database).on(unit)
        await world.scenario.add_membership(EDITOR, Role.EDITOR, AKIMAT)
        owner = CARD.provider_organisation
        others = [c for c in CARDS if c.provider_organisation == owner and c != CARD]
        first = await accepting_change(world)(EDITOR, await propose(world, CARD.slug, APPROVED), APPROVED)
        second = await accepting_change(world)(
            EDITOR, await propose(world, others[0].slug, APPROVED), APPROVED
        )
        assert first is not None
        assert second is not None
        assert first.event == second.event
        assert set(second.changes) == {CARD.slug, others[0].slug}
        [step] = await FilingStore(unit.session).of_event(first.event)
        assert step.organisation == (owner or AKIMAT)
        assert step.obligation == "info.contact_centre"
        assert step.dates.named_on == date(2026, 10, 15)  # Monday, then three working days
        later = await accepting_change(world)(
            EDITOR, await propose(world, CARD.slug, date(2026, 10, 13)), date(2026, 10, 13)
        )
        assert later is not None
        assert later.event != first.event  # the act was changed again


async def test_a_correction_of_ours_starts_nothing(registry_database: Database):
    async with registry_database.unit_of_work() as unit:
        world = world_of(registry_database).on(unit)
        await world.scenario.add_membership(EDITOR, Role.EDITOR, AKIMAT)
        assert CARD.version is not None
        number = await propose(world, CARD.slug, CARD.version)
        assert await accepting_change(world)(EDITOR, number, APPROVED) is None
        assert await EventStore(unit.session).open() == []


async def test_every_role_but_the_editor_is_refused(registry_database: Database):
    async with registry_database.unit_of_work() as unit:
        world = world_of(registry_database).on(unit)
        number = await propose(world, CARD.slug, APPROVED)
        with each_case() as each:
            for person, role in enumerate([one for one in Role if one is not Role.EDITOR], start=500):
                await world.scenario.add_membership(person, role, AKIMAT)
                with each.case(role), pytest.raises(NotAllowedError):
                    await accepting_change(world)(person, number, APPROVED)
        assert await EventStore(unit.session).open() == []


async def test_a_notice_is_kept_as_it_was_written(registry_database: Database):
    async with registry_database.unit_of_work() as unit:
        world = world_of(registry_database).on(unit)
        await world.scenario.add_membership(EDITOR, Role.EDITOR, AKIMAT)
        number = await propose(world, CARD.slug, APPROVED)
        made = await accepting_change(world)(EDITOR, number, APPROVED)
        assert isinstance(made, ActNotice)
        assert await ActNoticeStore(unit.session).get(made.event) == made
        assert await ActNoticeStore(unit.session).get(made.event + 1) is None
