"""Whose figures a report holds: the organisation, those below it, and who reports for himself; pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry_data.obligations import ObligationRecord
from registry_data.organisations import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScope:
    """`own`: the codes whose complaints stand in the organisation's own part; `below`: who hands in to it."""

    own: frozenset[str]
    below: tuple[str, ...]


def obligation_of(
    form: str, one: Organisation, obligations: Iterable[ObligationRecord]
) -> ObligationRecord | None:
    """The obligation by which the organisation owes that form; None where it does not."""
    owed = (record for record in obligations if record.form == form and not record.repealed)
    return next((record for record in owed if record.binding_of(one.kind, one.code) is not None), None)


def scope_of(
    form: str,
    code: str,
    organisations: Mapping[str, Organisation],
    obligations: Iterable[ObligationRecord],
) -> ReportScope:
    """A report covers what stands under its organisation (Order 78 ¶60-61); whoever under it owes the form
    himself hands in his own, which is added when all are summed up.
    """
    records = tuple(obligations)
    children: defaultdict[str, list[str]] = defaultdict(list)
    for one in organisations.values():
        if one.parent is not None:
            children[one.parent].append(one.code)
    own, below, waiting = {code}, [], sorted(children[code])
    while waiting:
        current = waiting.pop(0)
        if current in own or current in below:
            continue
        if obligation_of(form, organisations[current], records) is not None:
            below.append(current)
        else:
            own.add(current)
            waiting += sorted(children[current])
    return ReportScope(own=frozenset(own), below=tuple(below))
