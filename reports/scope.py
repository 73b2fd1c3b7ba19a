"""Which organisations a report covers. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry_data.obligations import ObligationRecord
from registry_data.organisations import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScope:
    """`own`: codes counted in the organisation's own part. `below`: organisations that hand in to it."""

    own: frozenset[str]
    below: tuple[str, ...]


def obligation_of(
    form: str, one: Organisation, obligations: Iterable[ObligationRecord]
) -> ObligationRecord | None:
    """The obligation behind that form; None if the organisation does not owe it."""
    owed = (record for record in obligations if record.form == form and not record.repealed)
    return next((record for record in owed if record.binding_of(one.kind, one.code) is not None), None)


def scope_of(
    form: str,
    code: str,
    organisations: Mapping[str, Organisation],
    obligations: Iterable[ObligationRecord],
) -> ReportScope:
    """A report covers its organisation and all below it (Order 78 ¶60-61). One below that owes the form
    itself hands in its own, which is added when reports are summed.
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
