"""Read the registry's files into typed values, reporting all faults, not just the first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from registry_data.acts import Act, with_reference
from registry_data.damage import faults_of_texts
from registry_data.english import with_english
from registry_data.faults import Fault, FaultCollector, FaultsError
from registry_data.indices import MonthlyIndex
from registry_data.organisations import Organisation
from registry_data.provider_sites import with_site
from registry_data.regions import Region
from registry_data.schema import Model, ServiceCard
from registry_data.yaml_file import read_yaml

DATA = Path(__file__).parent
SERVICES = DATA / "services"

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsRead:
    """Cards by file name, and every act they may cite: the given ones, and those inlined in cards."""

    cards: tuple[ServiceCard, ...]
    acts: tuple[Act, ...]


def load_acts(path: Path = DATA / "acts.yaml") -> tuple[Act, ...]:
    """The acts. Raises FaultsError."""
    return load_records(path, Act, "key")


def load_regions(path: Path = DATA / "regions.yaml") -> tuple[Region, ...]:
    """The regions with their districts. Raises FaultsError."""
    return load_records(path, Region, "code")


def load_organisations(path: Path = DATA / "organisations.yaml") -> tuple[Organisation, ...]:
    """The organisations. Raises FaultsError."""
    return load_records(path, Organisation, "code")


def load_indices(path: Path = DATA / "indices.yaml") -> tuple[MonthlyIndex, ...]:
    """The values of the monthly calculation index. Raises FaultsError."""
    return load_records(path, MonthlyIndex, "from")


def load_cards(folder: Path = SERVICES, acts: Iterable[Act] | None = None) -> tuple[ServiceCard, ...]:
    """The cards of `folder`, by slug. Raises FaultsError with the faults of all files."""
    return read_cards(folder, load_acts() if acts is None else acts).cards


def read_cards(folder: Path, acts: Iterable[Act], present: Iterable[ServiceCard] = ()) -> CardsRead:
    """The cards of `folder` with the acts they cite; `present` are those that they replace.

    Raises FaultsError with the faults of all files.
    """
    known = {act.key: act for act in acts}
    replaced = {card.slug: card for card in present}
    cards: list[ServiceCard] = []

    with FaultCollector() as collector:
        for path in sorted(folder.glob("*.yaml"), key=lambda path: path.stem):
            with collector.part():
                cards.append(_read_card(path, known, replaced.get(path.stem)))
    return CardsRead(cards=tuple(cards), acts=tuple(known.values()))


def card_of(
    place: str, raw: Mapping[str, object], acts: dict[str, Act], old: ServiceCard | None = None
) -> ServiceCard:
    """A card from its raw fields, with its English filled in; an inlined act is added to `acts`.

    `place` names the source in faults; `old` is the card that it replaces. Raises FaultsError.
    """
    try:
        fields, act = with_reference(raw, acts.values())
        card = with_site(with_english(ServiceCard.model_validate(fields)))
    except ValidationError as error:
        raise FaultsError.of_model(place, error) from error
    inlined = {"legal_basis": body_of(act)} if act is not None else {}
    if damage := faults_of_texts(place, {**(body_of(card) or {}), **inlined}, body_of(old)):
        raise FaultsError(damage)
    if act is not None:
        acts.setdefault(act.key, act)
    if card.act is not None and card.act not in acts:
        raise FaultsError((Fault(file=place, key="act", reason=f"no act {card.act!r} in acts.yaml"),))
    return card


def body_of(record: Model | None) -> dict[str, object] | None:
    """The record's fields without the absent ones; None for None."""
    return None if record is None else record.model_dump(mode="json", exclude_none=True)


def _read_card(path: Path, acts: dict[str, Act], old: ServiceCard | None) -> ServiceCard:
    card = card_of(path.name, as_mapping(path.name, "", read_yaml(path)), acts, old)
    if card.slug != path.stem:
        reason = f"the file's name asks for {path.stem}, not {card.slug}"
        raise FaultsError((Fault(file=path.name, key="slug", reason=reason),))
    return card


def as_mapping(place: str, key: str, raw: object) -> Mapping[str, object]:
    """`raw` if it is a mapping with string keys. Raises FaultsError otherwise."""
    if isinstance(raw, dict) and all(isinstance(name, str) for name in raw):
        return raw
    raise FaultsError((Fault(file=place, key=key, reason="a mapping of names to values is wanted here"),))


def load_records(path: Path, model: type[M], key: str) -> tuple[M, ...]:
    """Every record of a file that is a list of records, or a mapping by key."""
    records: dict[str, M] = {}
    with FaultCollector() as collector:
        for name, raw in _records(path.name, read_yaml(path), key):
            with collector.part():
                if name in records:
                    raise FaultsError((Fault(file=path.name, key=name, reason=f"this {key} occurs twice"),))
                records[name] = _record(path.name, name, raw, model)
    return tuple(records.values())


def _records(place: str, raw: object, key: str) -> Iterator[tuple[str, object]]:
    if isinstance(raw, dict):
        yield from ((str(name), _with_key(one, key, name)) for name, one in raw.items())
    elif isinstance(raw, list):
        yield from ((_name(one, key, number), one) for number, one in enumerate(raw, start=1))
    else:
        raise FaultsError((Fault(file=place, key="", reason="a list or a mapping is wanted here"),))


def _with_key(record: object, key: str, name: object) -> object:
    return {key: name, **record} if isinstance(record, dict) else record


def _name(record: object, key: str, number: int) -> str:
    return str(record[key]) if isinstance(record, dict) and key in record else f"record {number}"


def _record(place: str, name: str, raw: object, model: type[M]) -> M:
    try:
        return model.model_validate(as_mapping(place, name, raw))
    except ValidationError as error:
        raise FaultsError.of_model(place, error, under=name) from error
