"""Reads and writes the published figures; commits nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from kernel.period import Period
from oversight.open_data.counts import Figure, Published
from oversight.open_data.tables import OpenFiguresRow


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterFigures:
    """What is published of a quarter as of an aware instant; a final one does not change any more."""

    quarter: Period
    is_final: bool
    as_of: datetime
    country: Published


@dataclass(frozen=True, slots=True)
class OpenFiguresStore:
    session: AsyncSession

    async def all(self) -> Sequence[QuarterFigures]:
        """Every quarter, the newest first."""
        rows = await self.session.scalars(select(OpenFiguresRow).order_by(OpenFiguresRow.quarter.desc()))
        return [_of_row(row) for row in rows]

    async def put(self, figures: QuarterFigures) -> None:
        """Replace the figures of the quarter, unless they are final."""
        values = {
            "is_final": figures.is_final,
            "as_of": figures.as_of,
            "body": _to_json(figures.country),
        }
        insert = insert_into(self.session, OpenFiguresRow).values(quarter=figures.quarter.code, **values)
        await self.session.execute(
            insert.on_conflict_do_update(
                index_elements=[OpenFiguresRow.quarter],
                set_=values,
                where=OpenFiguresRow.is_final.is_(False),
            )
        )


def _of_row(row: OpenFiguresRow) -> QuarterFigures:
    return QuarterFigures(
        quarter=Period.of_code(row.quarter),
        is_final=row.is_final,
        as_of=row.as_of,
        country=_of_json(row.body),
    )


def _to_json(one: Published) -> dict[str, Any]:
    return {
        "code": one.code,
        "figures": {figure.value: count for figure, count in one.figures.items()},
        "in_time_percent": one.in_time_percent,
        "mean_rating": one.mean_rating,
        "mean_rating_service": one.mean_rating_service,
        "parts": [_to_json(part) for part in one.parts],
    }


def _of_json(found: Mapping[str, Any]) -> Published:
    return Published(
        code=found["code"],
        figures={Figure(name): count for name, count in found["figures"].items()},
        in_time_percent=found["in_time_percent"],
        mean_rating=found["mean_rating"],
        mean_rating_service=found.get("mean_rating_service"),  # not in figures of before December 2026
        parts=tuple(_of_json(part) for part in found["parts"]),
    )
