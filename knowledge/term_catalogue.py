"""The terms available in the calculator, in the order of the registry's file."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from deadlines.terms import Term
from notifications.deadline_data import term_of
from registry_data.terms import TermRecord, own_terms


class TermGroup(StrEnum):
    """The topic of a term, for choosing one."""

    COMPLAINT = "complaint"
    SERVICE = "service"
    ACT = "act"
    CONTROL = "control"
    INSPECTION = "inspection"
    REPEALED = "repealed"


_GROUPS = {
    "complaint": TermGroup.COMPLAINT,
    "result": TermGroup.SERVICE,
    "service": TermGroup.SERVICE,
    "discussion": TermGroup.ACT,
    "info": TermGroup.ACT,
    "control": TermGroup.CONTROL,
    "inspection": TermGroup.INSPECTION,
    "monitoring": TermGroup.INSPECTION,
    "assessment": TermGroup.REPEALED,
    "standard": TermGroup.REPEALED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCatalogue:
    """Each term as described in the registry, and as the engine counts it."""

    records: Mapping[str, TermRecord]
    terms: Mapping[str, Term]

    @classmethod
    def load(cls) -> Self:
        """Raises FaultsError."""
        records = own_terms()
        return cls(records=records, terms={rule: term_of(record) for rule, record in records.items()})

    def of_group(self, group: TermGroup) -> list[TermRecord]:
        return [record for record in self.records.values() if _GROUPS[record.rule.partition(".")[0]] is group]
