"""What a complaint or a draft says of itself, in the reader's words: for screens, notices and papers."""

from dataclasses import dataclass
from datetime import date

from bot.talk import Talk
from bot.views.numbers import day
from bot.views.when import moment
from complaints.case import Case
from complaints.draft import Draft
from complaints.facts import Behalf, Complainant, Delivery
from complaints.kinds.kind import Kind
from complaints.queries.own import Own
from deadlines.due import Certainty, Due
from registry_data.complaint_kinds import load_kinds
from registry_data.schema import Language, ServiceCard, TermUnit

Line = tuple[str, str]  # label, value


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """`days` is the length of the term in working days."""

    lines: tuple[Line, ...]
    days: int


def kind_name(language: Language, kind: Kind) -> str:
    """The kind in plain words; what a citizen never chooses is counted with the others."""
    records = {record.code: record for record in load_kinds()}
    return records.get(kind.value, records[Kind.OTHER.value]).plain.in_language(language)


def service_name(talk: Talk, slug: str | None) -> str:
    card = talk.catalogue.cards.get(slug or "")
    return card.names.in_language(talk.language) if card else talk.plain("complaint.no_service")


def organisation_name(talk: Talk, code: str) -> str:
    found = talk.catalogue.organisations.get(code)
    return found.names.in_language(talk.language) if found else code


def place_name(talk: Talk, region: str | None, district: str | None) -> str:
    """The region and the district as the reader calls them; empty where neither was told."""
    found = talk.catalogue.regions.get(region or "")
    if found is None:
        return ""
    part = found.district(district or "")
    names = [found.names, *([part.names] if part is not None else [])]
    return ", ".join(name.in_language(talk.language) for name in names)


def delivery_name(talk: Talk, delivery: Delivery) -> str:
    return plain_label(talk.plain(f"complaint.delivery_{delivery.value}"))


def who_key(complainant: Complainant | None, behalf: Behalf) -> str:
    return "legal" if complainant is Complainant.LEGAL else behalf.value


def who_name(talk: Talk, complainant: Complainant | None, behalf: Behalf, represented: str | None) -> str:
    who = plain_label(talk.plain(f"complaint.who_{who_key(complainant, behalf)}"))
    return talk.plain("complaint.who_with", who=who, name=represented) if represented else who


def day_name(talk: Talk, happened_on: date | None, applied_on: date | None) -> str:
    if applied_on is not None:
        return talk.plain("complaint.applied_day", day=day(applied_on, talk.language))
    return day(happened_on, talk.language) if happened_on else talk.plain("complaint.not_told")


def longest_term(talk: Talk, card: ServiceCard | None) -> str:
    """The card's longest term in words; empty where it has none, or terms of several units."""
    terms = card.term or () if card is not None else ()
    if len({term.unit for term in terms}) != 1:
        return ""
    return amount(talk, max(term.amount for term in terms), terms[0].unit)


def amount(talk: Talk, number: int, unit: TermUnit) -> str:
    return talk.plain(f"card.{unit.value}", amount=number)


def plain_label(label: str) -> str:
    """A button's words without the sign before them."""
    sign, _, words = label.partition(" ")
    return words if words and not any(letter.isalnum() for letter in sign) else label


def case_facts(talk: Talk, case: Case, own: Own, due: Due) -> CaseFacts:
    """The lines of a receipt; what was not told is left out."""
    expected = talk.plain("my_complaints.expected") if due.certainty is Certainty.EXPECTED else ""
    lines = (
        _line(talk, "number", str(case.number)),
        _line(talk, "at", moment(case.registered_at)),
        _line(talk, "organisation", organisation_name(talk, case.organisation)),
        _line(talk, "due", f"{day(case.due_on, talk.language)}{expected}"),
        _line(talk, "service", service_name(talk, case.service)),
        _line(talk, "kind", kind_name(talk.language, case.kind)),
        _line(talk, "place", place_name(talk, case.region, case.district)),
        _line(talk, "delivery", delivery_name(talk, case.delivery)),
        _line(talk, "day", day(case.happened_on, talk.language) if case.happened_on else ""),
        _line(talk, "files", str(own.files or "")),
        *_people(talk, own.name, own.number, own.phone, own.represented),
    )
    return CaseFacts(lines=_told(lines), days=due.term.amount or 0)


def draft_facts(talk: Talk, draft: Draft) -> tuple[Line, ...]:
    """The lines of a finished complaint; what was not told is left out."""
    told = draft.happened_on or draft.applied_on
    lines = (
        _line(talk, "service", service_name(talk, draft.service)),
        _line(talk, "kind", kind_name(talk.language, draft.kind) if draft.kind else ""),
        _line(talk, "place", place_name(talk, draft.region, draft.district)),
        _line(talk, "delivery", delivery_name(talk, draft.delivery) if draft.delivery else ""),
        _line(talk, "day", day_name(talk, draft.happened_on, draft.applied_on) if told else ""),
        *_people(talk, draft.name, None, draft.phone, draft.represented),
        (talk.plain("complaint.line_number"), draft.number or ""),
    )
    return _told(lines)


def _people(
    talk: Talk, name: str | None, number: str | None, phone: str | None, represented: str | None
) -> tuple[Line, ...]:
    values = {"name": name, "iin": number, "phone": phone, "represented": represented}
    return tuple(_line(talk, key, value or "") for key, value in values.items())


def _line(talk: Talk, key: str, value: str) -> Line:
    return talk.plain(f"complaint.paper_{key}"), value


def _told(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple((label, value) for label, value in lines if value)
