"""The whole registry as typed values, read from files or the database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from registry_data.acts import Act
from registry_data.faults import FaultCollector
from registry_data.generated_bodies import with_generated
from registry_data.guide import Guide, load_guides
from registry_data.indices import MonthlyIndex
from registry_data.load import (
    DATA,
    load_acts,
    load_indices,
    load_organisations,
    load_regions,
    read_cards,
)
from registry_data.organisations import Organisation
from registry_data.regions import Region
from registry_data.schema import ServiceCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    cards: tuple[ServiceCard, ...] = ()
    acts: tuple[Act, ...] = ()
    guides: tuple[Guide, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    regions: tuple[Region, ...] = ()
    indices: tuple[MonthlyIndex, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Keys of the records an import adds, changes and removes, each sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)

    def __iter__(self) -> Iterator[str]:
        yield from (*self.added, *self.changed, *self.gone)


def load_registry(data: Path = DATA) -> Registry:
    """Everything in the files of `data`. Raises FaultsError with the faults of all of them."""
    registry = Registry()
    with FaultCollector() as faults:
        with faults.part():
            registry = replace(registry, regions=load_regions(data / "regions.yaml"))
        with faults.part():
            listed = load_organisations(data / "organisations.yaml")
            registry = replace(registry, organisations=with_generated(listed, registry.regions))
        with faults.part():
            registry = replace(registry, indices=load_indices(data / "indices.yaml"))
        with faults.part():
            acts = load_acts(data / "acts.yaml")
            with faults.part():
                read = read_cards(data / "services", acts)
                registry = replace(registry, cards=read.cards, acts=read.acts)
            with faults.part():
                registry = replace(registry, guides=load_guides(data / "guides", acts))
    return registry
