"""The published figures as rows: one of the country, one of each body and one of each of its services."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kernel.language import Language
from oversight.open_data.counts import WHOLE_OF, Figure, Published
from oversight.open_data.store import QuarterFigures
from oversight.satisfaction.ratings import wilson
from registry_data.organisations import Organisation
from registry_data.schema import Text

LEVELS = ("country", "body", "service")
COLUMNS = (
    "quarter",
    "is_final",
    "as_of",
    "level",
    "region",
    "body",
    *(f"body_{language.value}" for language in Language),
    "service",
    *(f"service_{language.value}" for language in Language),
    *(figure.value for figure in Figure),
    "in_time_percent",
    "mean_rating",
    "mean_rating_service",
    *("satisfied_low", "satisfied_high", "satisfied_service_low", "satisfied_service_high"),
)
Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Bodies and services of the registry by code."""

    bodies: Mapping[str, Organisation]
    services: Mapping[str, Text]

    def body(self, code: str | None, language: Language) -> str:
        found = self.bodies.get(code or "")
        return found.names.in_language(language) if found else code or ""

    def service(self, slug: str | None, language: Language) -> str:
        found = self.services.get(slug or "")
        return found.in_language(language) if found else slug or ""


def rows(quarters: Sequence[QuarterFigures], names: Names) -> Iterator[dict[str, Cell]]:
    """The rows of every quarter, with the keys of COLUMNS; None where a figure is hidden."""
    for found in quarters:
        for lineage in _lineages(found.country):
            yield _row(found, lineage, names)


def _lineages(country: Published) -> Iterator[tuple[Published, ...]]:
    yield (country,)
    for body in country.parts:
        yield country, body
        for service in body.parts:
            yield country, body, service


def _row(found: QuarterFigures, lineage: tuple[Published, ...], names: Names) -> dict[str, Cell]:
    one = lineage[-1]
    body = lineage[1].code if len(lineage) > 1 else None
    service = lineage[2].code if len(lineage) > 2 else None
    known = names.bodies.get(body or "")
    return {
        "quarter": found.quarter.code,
        "is_final": found.is_final,
        "as_of": found.as_of.isoformat(timespec="seconds"),
        "level": LEVELS[len(lineage) - 1],
        "region": known.region if known else None,
        "body": body,
        **{f"body_{language.value}": names.body(body, language) for language in Language},
        "service": service,
        **{f"service_{language.value}": names.service(service, language) for language in Language},
        **{figure.value: one.figures.get(figure) for figure in Figure},
        "in_time_percent": one.in_time_percent,
        "mean_rating": one.mean_rating,
        "mean_rating_service": one.mean_rating_service,
        **_interval(one, Figure.SATISFIED),
        **_interval(one, Figure.SATISFIED_SERVICE),
    }


def share_of(one: Published, figure: Figure) -> tuple[float, float] | None:
    """The interval of a part's share of its whole, in per cent; None where either is hidden.

    The figures of a running quarter are rounded: they have none.
    """
    whole = WHOLE_OF[figure]
    if figure not in one.figures or whole not in one.figures or _mean_of(one, whole) is None:
        return None
    found = wilson(one.figures[figure], one.figures[whole])
    return round(100 * found.low, 1), round(100 * found.high, 1)


def _mean_of(one: Published, rated: Figure) -> float | None:
    return one.mean_rating if rated is Figure.RATED else one.mean_rating_service


def _interval(one: Published, figure: Figure) -> dict[str, Cell]:
    low, high = share_of(one, figure) or (None, None)
    return {f"{figure.value}_low": low, f"{figure.value}_high": high}
