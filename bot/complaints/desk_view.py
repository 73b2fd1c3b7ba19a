"""A complaint as the official's screens tell it: what, by when, whose it is; never who complains."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.complaints.reading import kind_name, organisation_name, service_name
from bot.talk import Talk
from bot.views.numbers import day
from bot.views.screen import shorten
from bot.views.when import moment
from complaints.case import Case
from complaints.lifecycle import Step, may
from complaints.queries.cases import FullCase
from complaints.talk import Said
from deadlines.calendar import WorkCalendar
from deadlines.clock import ALMATY
from deadlines.due import Certainty

TEXT_SHOWN = 1500  # characters on the first screen; the whole text is a press away
SAID_SHOWN = 600
MESSAGES_SHOWN = 5


def left(talk: Talk, case: Case, calendar: WorkCalendar) -> str:
    """How many working days are left, or by how many it is over; empty for what is no longer open."""
    if not case.is_open:
        return ""
    today = today_of(talk)
    if today > case.due_on:
        return talk.plain("cases.over", days=calendar.working_between(case.due_on, today))
    if today == case.due_on:
        return talk.plain("cases.today")
    return talk.plain("cases.left", days=calendar.working_between(today, case.due_on))


def in_list(talk: Talk, case: Case, calendar: WorkCalendar) -> dict[str, str]:
    return {
        "number": str(case.number),
        "service": shorten(service_name(talk, case.service), 90),
        "kind": kind_name(talk.language, case.kind),
        "due": due_of(talk, case),
        "left": left(talk, case, calendar),
    }


def label(talk: Talk, case: Case) -> str:
    """What a button calls it."""
    due = day(case.due_on, talk.language)
    return shorten(f"№ {case.number} · {due} · {service_name(talk, case.service)}")


def due_of(talk: Talk, case: Case) -> str:
    expected = talk.plain("my_complaints.expected") if case.certainty is Certainty.EXPECTED else ""
    return f"{day(case.due_on, talk.language)}{expected}"


def facts(talk: Talk, full: FullCase, calendar: WorkCalendar, names: Mapping[int, str]) -> dict[str, Any]:
    """The values of the window `cases.case`."""
    case = full.case
    return {
        "number": str(case.number),
        "state": state_of(talk, case),
        "service": service_name(talk, case.service),
        "kind": kind_name(talk.language, case.kind),
        "delivery": talk.plain(f"cases.delivery_{case.delivery.value}"),
        "source": talk.plain(f"cases.source_{case.source.value}"),
        "who": talk.plain(f"cases.complainant_{case.complainant.value}"),
        "entered": case.origin.value == "official",
        "registered": day(case.registered_on, talk.language),
        "happened": day(case.happened_on, talk.language) if case.happened_on else "",
        "due": due_of(talk, case),
        "left": left(talk, case, calendar),
        "extended": case.extended_by,
        "pending": _pending(talk, full),
        "holder": holder_of(talk, full, names),
        "chain": [_other(talk, one) for one in full.chain if one.id != case.id],
        "text": shorten(full.text, TEXT_SHOWN) if full.text else "",
        "files": len(full.files),
        "said": len(full.talk),
        "stars": full.stars or 0,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the reader is to the complaint: its holder, one who may take it, the head; and whether the law
    lets his body extend the term.
    """

    holds: bool
    takes: bool
    leads: bool
    extends: bool


def doors(full: FullCase, reader: Standing) -> dict[str, bool]:
    """Which buttons are shown; each action asks again."""
    case, leads = full.case, reader.leads
    works = reader.holds or leads
    free = leads or full.holder is None
    pending = any(one.approved is None for one in full.extensions)
    untold = any(one.approved and one.told_at is None for one in full.extensions)
    return {
        "may_take": reader.takes and not reader.holds and free and may(case.state, Step.TAKE),
        "may_assign": leads and may(case.state, Step.ASSIGN),
        "may_ask": works and case.person is not None and may(case.state, Step.ASK),
        "may_hear": works and may(case.state, Step.HEAR),
        "may_pass": works and may(case.state, Step.PASS_ON),
        "may_extend": works
        and reader.extends
        and not pending
        and not case.extended_by
        and may(case.state, Step.ASK_EXTENSION),
        "may_decide": leads and pending and may(case.state, Step.EXTEND),
        "may_tell": works and untold,
        "may_answer": works and may(case.state, Step.ANSWER),
        "may_close": works and may(case.state, Step.CLOSE),
        "may_correct": works and may(case.state, Step.CORRECT),
        "may_look": works and not case.forgotten,
        "has_files": bool(full.files) or any(one.files for one in full.talk),
        "has_talk": bool(full.talk),
        "is_long": len(full.text or "") > TEXT_SHOWN,
    }


def state_of(talk: Talk, case: Case) -> str:
    if case.outcome is not None and not case.is_open:
        outcome = talk.plain(f"cases.outcome_{case.outcome.value}")
        return f"{talk.plain(f'cases.state_{case.state.value}')} · {outcome}"
    return talk.plain(f"cases.state_{case.state.value}")


def holder_of(talk: Talk, full: FullCase, names: Mapping[int, str]) -> str:
    if full.holder is None:
        return talk.plain("cases.nobody")
    if full.holder == talk.person.telegram_id:
        return talk.plain("cases.you")
    return names.get(full.holder) or talk.plain("officials.no_name")


def said(talk: Talk, one: Said) -> dict[str, Any]:
    return {
        "at": moment(one.at),
        "who": talk.plain(f"cases.said_{one.saying.value}"),
        "text": shorten(one.text, SAID_SHOWN) if one.text else talk.plain("my_complaints.no_text"),
        "files": len(one.files),
    }


def today_of(talk: Talk) -> date:
    return talk.now.astimezone(ALMATY).date()


def _pending(talk: Talk, full: FullCase) -> str:
    asked = next((one for one in full.extensions if one.approved is None), None)
    if asked is None:
        return ""
    return talk.plain("cases.pending", days=asked.days, reason=talk.plain(f"cases.reason_{asked.reason}"))


def _other(talk: Talk, case: Case) -> str:
    """Another complaint of the same chain, with its own dates."""
    return talk.plain(
        "cases.other",
        organisation=organisation_name(talk, case.organisation),
        number=str(case.number),
        registered=day(case.registered_on, talk.language),
        due=day(case.due_on, talk.language),
        state=state_of(talk, case),
    )
