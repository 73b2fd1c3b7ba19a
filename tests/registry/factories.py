"""Small registries for the tests."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from registry_data.acts import Act
from registry_data.contents import Registry
from registry_data.indices import MonthlyIndex
from registry_data.organisations import Organisation, OrganisationKind
from registry_data.regions import District, DistrictKind, Region, RegionKind
from registry_data.schema import ServiceCard, Text

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)

CARD: dict[str, Any] = {
    "slug": "id-card",
    "names": {"kk": "Жеке куәлік беру", "ru": "Выдача удостоверения"},
    "aliases": {"kk": ["куәлік алу"], "ru": ["удостак", "паспорт"]},
    "life_situation": "documents",
    "recipients": ["individual"],
    "provider_kind": "territorial_police",
    "term": [{"amount": 15}, {"amount": 1, "when": {"kk": "жедел", "ru": "срочно"}}],
    "fee": [{"mrp": 0.2, "what": {"kk": "жеке куәлік", "ru": "удостоверение"}}, {"kzt": 500}],
    "documents": [
        {"kk": "Түбіртек", "ru": "Квитанция"},
        {"kk": "Өтініш", "ru": "Заявление", "when": {"kk": "жоғалтқанда", "ru": "при утере"}},
    ],
    "refusal_grounds": [],
    "act": "order-267",
    "version": "2025-11-27",
    "source": "https://example.kz/card",
    "checked": "2026-11-20",
}

CARD_FILE = """\
slug: id-card
names: {kk: Жеке куәлік беру, ru: Выдача удостоверения}
life_situation: documents
recipients: [individual]
source: https://example.kz/card
checked: 2026-11-20
"""


def card(**fields: Any) -> ServiceCard:
    """The sample card with some fields changed; None removes a field."""
    merged = {name: value for name, value in (CARD | fields).items() if value is not None}
    return ServiceCard.model_validate(merged)


def act(key: str = "order-267", **fields: Any) -> Act:
    given = {"title": {"kk": "Қағидалар", "ru": "Правила"}, "number": "№ 267", "date": "2020-03-30"} | fields
    return Act.model_validate({"key": key, **given})


def organisation(code: str, kind: OrganisationKind, **fields: Any) -> Organisation:
    return Organisation(code=code, kind=kind, names=Text(kk=code, ru=code), **fields)


def region(code: str = "akmola", *districts: str, kind: RegionKind = RegionKind.REGION) -> Region:
    return Region(
        code=code,
        kind=kind,
        names=Text(kk=code, ru=code),
        districts=tuple(
            District(code=one, kind=DistrictKind.DISTRICT, names=Text(kk=one, ru=one)) for one in districts
        ),
    )


def index(since: date = date(2026, 1, 1), kzt: int = 4325) -> MonthlyIndex:
    return MonthlyIndex.model_validate({"from": since, "kzt": kzt, "source": "https://example.kz"})


def registry(*cards: ServiceCard, **parts: Any) -> Registry:
    """A consistent registry with some parts changed."""
    return Registry(**({"cards": cards or (card(),), "acts": (act(),), "indices": (index(),)} | parts))


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
