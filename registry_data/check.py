"""Check the registry's records against each other and the calendar."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kernel.language import Language
from registry_data.acts import Act
from registry_data.contents import Registry
from registry_data.faults import Fault
from registry_data.indices import mrp_on
from registry_data.organisations import Organisation
from registry_data.regions import Region
from registry_data.schema import ServiceCard
from registry_data.staleness import act_has_lapsed

OLD_AFTER_MONTHS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """`faults` must be fixed; `warnings` need an editor's attention, which `accepted` ones have had."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    accepted: tuple[Fault, ...] = ()


def check(registry: Registry, today: date) -> CheckReport:
    """Faults and warnings as of `today`."""
    return CheckReport(
        faults=(*disagreements(registry, today), *_index_is_known(registry, today)),
        warnings=tuple(fault for rule in WARNINGS for fault in rule(registry, today)),
    )


def disagreements(registry: Registry, today: date) -> tuple[Fault, ...]:
    """Faults in the records themselves; an import with any of these is rejected."""
    return tuple(fault for rule in AGREEMENT for fault in rule(registry, today))


def wording_is_old(version: date, today: date) -> bool:
    """Whether the wording of `version` was read more than eighteen months ago."""
    months = (today.year - version.year) * 12 + today.month - version.month
    return months > OLD_AFTER_MONTHS or (months == OLD_AFTER_MONTHS and today.day > version.day)


def _of_card(card: ServiceCard, key: str, reason: str) -> Fault:
    return Fault(file=f"{card.slug}.yaml", key=key, reason=reason)


def _slugs_are_unique(registry: Registry, _today: date) -> Iterator[Fault]:
    for slug, times in Counter(card.slug for card in registry.cards).items():
        if times > 1:
            yield Fault(file=f"{slug}.yaml", key="slug", reason=f"this slug occurs {times} times")


def _acts_are_known(registry: Registry, _today: date) -> Iterator[Fault]:
    known = {act.key for act in registry.acts}
    for card in registry.cards:
        if card.act is not None and card.act not in known:
            yield _of_card(card, "act", f"no act {card.act!r} in acts.yaml")
        for part in ("amount", "age", "eligibility"):
            for number, one in enumerate(getattr(card, part) or ()):
                if one.act is not None and one.act not in known:
                    yield _of_card(card, f"{part}.{number}.act", f"no act {one.act!r} in acts.yaml")


def _providers_are_known(registry: Registry, _today: date) -> Iterator[Fault]:
    known = {organisation.code for organisation in registry.organisations}
    for card in registry.cards:
        code = card.provider_organisation
        if code is not None and code not in known:
            yield _of_card(card, "provider_organisation", f"no organisation {code!r} in organisations.yaml")


def _card_dates_agree(registry: Registry, today: date) -> Iterator[Fault]:
    dates = {act.key: act.date for act in registry.acts}
    for card in registry.cards:
        if card.checked > today:
            yield _of_card(card, "checked", f"{card.checked} is still to come")
        if card.version is not None and card.version > card.checked:
            yield _of_card(card, "version", f"a wording of {card.version} was not there on {card.checked}")
        if card.version is not None and card.act in dates and card.version < dates[card.act]:
            yield _of_card(card, "version", f"the act itself is of {dates[card.act]}")


def _act_dates_agree(registry: Registry, _today: date) -> Iterator[Fault]:
    for act in registry.acts:
        for name, day in (("version", act.version), ("repealed", act.repealed)):
            if day is not None and day < act.date:
                yield _of_act(act, name, f"{day} is before the act itself, {act.date}")


def _of_act(act: Act, key: str, reason: str) -> Fault:
    return Fault(file="acts.yaml", key=f"{act.key}.{key}", reason=reason)


def _organisations_agree(registry: Registry, _today: date) -> Iterator[Fault]:
    parents = {organisation.code: organisation.parent for organisation in registry.organisations}
    regions = {region.code: region for region in registry.regions}
    for one in registry.organisations:
        if one.parent is not None and one.parent not in parents:
            yield _of_organisation(one, "parent", f"no organisation {one.parent!r} in this file")
        if one.region is not None and one.region not in regions:
            yield _of_organisation(one, "region", f"no region {one.region!r} in regions.yaml")
        if one.district is not None and not _is_district(regions, one):
            yield _of_organisation(one, "district", f"no district {one.district!r} in its region")
        if _is_its_own_parent(one.code, parents):
            yield _of_organisation(one, "parent", "it is its own superior")


def _of_organisation(organisation: Organisation, key: str, reason: str) -> Fault:
    return Fault(file="organisations.yaml", key=f"{organisation.code}.{key}", reason=reason)


def _is_district(regions: dict[str, Region], one: Organisation) -> bool:
    region = regions.get(one.region or "")
    return region is not None and region.district(one.district or "") is not None


def _is_its_own_parent(code: str, parents: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    above = parents[code]
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return code in seen


def _places_are_unique(registry: Registry, _today: date) -> Iterator[Fault]:
    codes: list[str | None] = [region.kato for region in registry.regions]
    for region in registry.regions:
        codes += [district.kato for district in region.districts]
        for code, times in Counter(district.code for district in region.districts).items():
            if times > 1:
                yield Fault(
                    file="regions.yaml", key=f"{region.code}.{code}", reason="this district occurs twice"
                )
    for kato, times in Counter(code for code in codes if code is not None).items():
        if times > 1:
            yield Fault(file="regions.yaml", key=kato, reason="two places have this KATO code")


def _index_is_known(registry: Registry, today: date) -> Iterator[Fault]:
    if mrp_on(today, registry.indices) is None:
        yield Fault(
            file="indices.yaml", key=str(today.year), reason="no monthly calculation index of this year"
        )


def _wordings_are_fresh(registry: Registry, today: date) -> Iterator[Fault]:
    for card in registry.cards:
        if card.version is not None and wording_is_old(card.version, today):
            yield _of_card(
                card, "version", f"the wording of {card.version} is over {OLD_AFTER_MONTHS} months old"
            )


def _acts_are_in_force(registry: Registry, today: date) -> Iterator[Fault]:
    acts = {act.key: act for act in registry.acts}
    for card in registry.cards:
        act = acts.get(card.act or "")
        if act is not None and act_has_lapsed(act, today):
            since = f" on {act.repealed}" if act.repealed is not None else ", says its heading"
            yield _of_card(card, "act", f"{act.key} was repealed{since}")


def _aliases_are_ones_own(registry: Registry, _today: date) -> Iterator[Fault]:
    for language in Language:
        owners: defaultdict[str, list[str]] = defaultdict(list)
        for card in registry.cards:
            for alias in {alias.casefold() for alias in card.aliases.in_language(language)}:
                owners[alias].append(card.slug)
        for alias, slugs in owners.items():
            if len(slugs) > 1:
                key = f"aliases.{language}"
                yield Fault(file=f"{slugs[0]}.yaml", key=key, reason=f"{alias!r} is also of {_others(slugs)}")


def _others(slugs: Iterable[str]) -> str:
    _, *others = slugs
    return ", ".join(others)


Rule = Callable[[Registry, date], Iterator[Fault]]
AGREEMENT: tuple[Rule, ...] = (
    _slugs_are_unique,
    _acts_are_known,
    _providers_are_known,
    _card_dates_agree,
    _act_dates_agree,
    _organisations_agree,
    _places_are_unique,
)
WARNINGS: tuple[Rule, ...] = (
    _wordings_are_fresh,
    _acts_are_in_force,
    _aliases_are_ones_own,
)
