"""One table's facts, in its own language, and the rows that could not be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from registry_data.reading.fees import FeesRead, fees_of
from registry_data.reading.further import help_of, site_of
from registry_data.reading.labels import FACTS, Requirement
from registry_data.reading.listing import ItemRead, ItemsRead, items_of
from registry_data.reading.names import name_of
from registry_data.reading.prose import provider_of, result_of, schedule_of
from registry_data.reading.tables import RequirementRow, RequirementTable
from registry_data.reading.terms import TermsRead, terms_of
from registry_data.reading.ways import channels_of, forms_of
from registry_data.schema import ServiceChannel, ServiceForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A row, or a part of it, that was not read: in whose words, and why."""

    field: str
    language: str
    row: str
    text: str
    reason: str

    def document(self) -> dict[str, str]:
        return {
            "row": self.row,
            "field": self.field,
            "language": self.language,
            "reason": self.reason,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one language's table says; an empty value is not read, a None list has no row."""

    language: str
    name: str = ""
    provider: str = ""
    channels: tuple[ServiceChannel, ...] = ()
    terms: TermsRead | None = None
    forms: tuple[ServiceForm, ...] = ()
    result: str = ""
    fees: FeesRead | None = None
    schedule: str = ""
    documents: ItemsRead | None = None
    refusal: ItemsRead | None = None
    disability: tuple[ItemRead, ...] = ()
    site: str = ""
    unread: tuple[Unread, ...] = field(default=())


def facts_of(table: RequirementTable) -> Facts:
    """The table's facts."""
    language = "kk" if table.kazakh else "ru"
    rows: dict[Requirement, RequirementRow] = {
        one: row for one in FACTS if (row := table.row(one)) is not None
    }

    def lines(wanted: Requirement) -> tuple[str, ...]:
        return rows[wanted].lines if wanted in rows else ()

    provider = provider_of(lines(Requirement.PROVIDER))
    other = table.row(Requirement.OTHER)
    further = other.lines if other is not None else ()
    facts = Facts(
        language=language,
        name=name_of(table),
        provider=provider,
        channels=channels_of(lines(Requirement.CHANNELS), provider).found,
        terms=terms_of(lines(Requirement.TERM)) if Requirement.TERM in rows else None,
        forms=forms_of(lines(Requirement.FORMS)).found,
        result=result_of(lines(Requirement.RESULT)),
        fees=fees_of(lines(Requirement.FEE)) if Requirement.FEE in rows else None,
        schedule=schedule_of(lines(Requirement.SCHEDULE)),
        documents=items_of(lines(Requirement.DOCUMENTS)) if Requirement.DOCUMENTS in rows else None,
        refusal=items_of(lines(Requirement.REFUSAL)) if Requirement.REFUSAL in rows else None,
        disability=help_of(further),
        site=site_of((*lines(Requirement.SCHEDULE), *further), ways=lines(Requirement.CHANNELS)),
    )
    return _with_unread(facts, table, rows)


def _with_unread(facts: Facts, table: RequirementTable, rows: dict[Requirement, RequirementRow]) -> Facts:
    return replace(facts, unread=tuple(_unread(facts, table, rows)))


def _unread(
    facts: Facts, table: RequirementTable, rows: dict[Requirement, RequirementRow]
) -> Iterator[Unread]:
    for wanted in FACTS:
        if wanted not in rows:
            yield Unread(field=wanted.value, language=facts.language, row="", text="", reason="no such row")
    for wanted, row in rows.items():
        for text, reason in _missed(facts, wanted, row):
            yield Unread(field=wanted.value, language=facts.language, row=row.label, text=text, reason=reason)
    for label, values in table.unknown:
        yield Unread(
            field="",
            language=facts.language,
            row=label,
            text=" ".join(values),
            reason="the label is not known",
        )


def _missed(facts: Facts, wanted: Requirement, row: RequirementRow) -> Iterator[tuple[str, str]]:
    held = facts
    read: dict[Requirement, object] = {
        Requirement.PROVIDER: held.provider, Requirement.CHANNELS: held.channels,
        Requirement.FORMS: held.forms, Requirement.RESULT: held.result, Requirement.SCHEDULE: held.schedule,
        Requirement.TERM: held.terms and held.terms.terms,
        Requirement.DOCUMENTS: held.documents and held.documents.items,
        Requirement.REFUSAL: held.refusal and held.refusal.items,
        Requirement.FEE: held.fees is not None and held.fees.fees is not None,
    }  # fmt: skip
    parts = {
        Requirement.TERM: held.terms.unread if held.terms else (),
        Requirement.FEE: held.fees.unread if held.fees else (),
        Requirement.DOCUMENTS: held.documents.unread if held.documents else (),
        Requirement.REFUSAL: held.refusal.unread if held.refusal else (),
        Requirement.CHANNELS: channels_of(row.lines, held.provider).unread,
        Requirement.FORMS: forms_of(row.lines).unread,
    }.get(wanted, ())
    for text in parts:
        yield text, "not understood"
    if not read[wanted] and not parts:
        yield row.text, "empty" if not row.text else "not understood"
