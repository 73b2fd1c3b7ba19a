"""Complaint rows inserted directly, for counting many of them."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from complaints.facts import CameBy, Complainant, ComplaintOutcome, ComplaintSource, Origin, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.lifecycle import ComplaintState
from complaints.numbers import ComplaintNumber
from complaints.terms import Rule
from deadlines.due import Certainty
from kernel.clock import ALMATY

PLAIN = {
    "state": ComplaintState.REGISTERED.value,
    "steps": 1,
    "came_by": CameBy.FIRST.value,
    "origin": Origin.CITIZEN.value,
    "complainant": Complainant.NATURAL.value,
    "behalf": "self",
    "organisation": "police-abai",
    "delivery": ServiceDelivery.OFFICE.value,
    "kind": ComplaintKind.TERM.value,
    "source": ComplaintSource.NATURAL_PERSONS.value,
    "rule": Rule.PROVIDER.value,
    "due_version": 1,
    "certainty": Certainty.DECIDED.value,
    "extended_by": 0,
    "service": None,
    "person": None,
    "assignee": None,
    "text_cipher": None,
    "closed_at": None,
    "closed_on": None,
    "answered_on": None,
    "outcome": None,
    "restored": None,
    "passed_to": None,
}


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), ALMATY).astimezone(UTC) + timedelta(hours=12)


def made(serial: int, registered_on: date, **changes: Any) -> dict[str, Any]:
    """The values of one row; its term is seven calendar days, since counting ignores the real one."""
    due_on = registered_on + timedelta(days=7)
    return {
        **PLAIN,
        "number": ComplaintNumber(year=2026, serial=serial).stored,
        "registered_at": noon(registered_on),
        "came_on": registered_on,
        "after_hours": False,
        "entered_at": noon(registered_on),
        "registered_on": registered_on,
        "due_on": due_on,
        "late_after": due_on,
        **changes,
    }


def many(
    count: int, first: date, days: int, organisations: list[str], seed: int = 1
) -> Iterator[dict[str, Any]]:
    """`count` assorted complaints, registered within `days` from `first`."""
    chance = random.Random(seed)
    for serial in range(1, count + 1):
        registered_on = first + timedelta(days=chance.randrange(days))
        yield made(serial, registered_on, **_sort(chance, organisations), **_end(chance, registered_on))


def _sort(chance: random.Random, organisations: list[str]) -> dict[str, Any]:
    return {
        "organisation": chance.choice(organisations),
        "delivery": chance.choice(list(ServiceDelivery)).value,
        "source": chance.choice(list(ComplaintSource)).value,
        "origin": chance.choice(list(Origin)).value,
        "kind": chance.choice(list(ComplaintKind)).value,
        "service": chance.choice([None, *(f"service-{number}" for number in range(40))]),
    }


def _end(chance: random.Random, registered_on: date) -> dict[str, Any]:
    roll = chance.random()
    if roll < 0.2:
        return {}
    closed_on = registered_on + timedelta(days=chance.randrange(12))
    ended = {"closed_on": closed_on, "closed_at": noon(closed_on)}
    if roll < 0.3:
        return {**ended, "state": ComplaintState.WITHDRAWN.value}
    if roll < 0.4:
        return {**ended, "state": ComplaintState.PASSED_ON.value, "passed_to": "akimat-abai"}
    return {
        **ended,
        "state": ComplaintState.ANSWERED.value,
        "answered_on": closed_on,
        "outcome": chance.choice(list(ComplaintOutcome)).value,
        "restored": chance.random() < 0.5,
    }
