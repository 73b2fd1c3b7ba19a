"""The public page: the country by quarter, and the bodies and services of one quarter. No script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, Self

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.views.open_data.columns import Names, share_of
from kernel.language import Language
from localisation.formats import moment, number, numeric_day
from localisation.translations import Translations
from oversight.open_data.counts import Figure, Published
from oversight.open_data.release import SETTLED_AFTER
from oversight.open_data.store import QuarterFigures

ON_A_PAGE = 50
LONGEST_SEARCH = 100
SHARES = frozenset({Figure.SATISFIED, Figure.SATISFIED_SERVICE})
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWish:
    """What the address asks for: a quarter, words of a body's name, a page from 1."""

    language: Language
    quarter: str | None = None
    search: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str], language: Language) -> Self:
        """Anything unreadable counts as not said."""
        page = query.get("page", "")
        return cls(
            language=language,
            quarter=query.get("quarter"),
            search=query.get("q", "").strip()[:LONGEST_SEARCH],
            page=int(page) if page.isascii() and page.isdecimal() and 0 < len(page) < 5 else 1,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDataPage:
    texts: Translations

    def render(self, quarters: Sequence[QuarterFigures], names: Names, wish: PageWish) -> str:
        """The page in HTML. A quarter that is not there is the newest."""
        chosen = next((one for one in quarters if one.quarter.code == wish.quarter), None) or next(
            iter(quarters), None
        )
        lines = _Lines(texts=self.texts, language=wish.language, names=names)
        return _TEMPLATES.get_template("page.html").render(
            language=wish.language.value,
            languages=[(one.value, self.texts.plain(one, "common.language_name")) for one in Language],
            text=lines.text,
            wish=wish,
            quarters=[lines.quarter(one) for one in quarters],
            chosen=lines.quarter(chosen) if chosen else None,
            figures=[(figure.value, lines.text(f"short_{figure.value}")) for figure in Figure],
            **(lines.bodies(chosen.country, wish) if chosen else {"bodies": (), "pages": 1, "page": 1}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    texts: Translations
    language: Language
    names: Names

    def text(self, key: str, **values: object) -> str:
        return self.texts.plain(self.language, f"open.{key}", **values)

    def quarter(self, found: QuarterFigures) -> dict[str, Any]:
        final_on = numeric_day(found.quarter.last + SETTLED_AFTER)
        key = "final" if found.is_final else "running"
        name = self.texts.plain(
            self.language, "filings.quarter", year=found.quarter.year, number=found.quarter.number
        )
        return {
            "code": found.quarter.code,
            "note": self.text(key, at=moment(found.as_of), day=final_on),
            **self.line(name, found.country),
        }

    def bodies(self, country: Published, wish: PageWish) -> dict[str, Any]:
        """The bodies whose name holds the words searched for, most complaints first, a page of them."""
        named = [(self.names.body(body.code, self.language), body) for body in country.parts]
        found = [one for one in named if wish.search.casefold() in one[0].casefold()]
        found.sort(key=lambda one: (-one[1].figures.get(Figure.RECEIVED, 0), one[0]))
        pages = max(1, ceil(len(found) / ON_A_PAGE))
        page = min(wish.page, pages)
        shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        return {"bodies": [self._body(*one) for one in shown], "pages": pages, "page": page}

    def _body(self, name: str, body: Published) -> dict[str, Any]:
        no_service = self.text("no_service")
        services = [(self.names.service(one.code, self.language) or no_service, one) for one in body.parts]
        services.sort(key=lambda one: (-one[1].figures.get(Figure.RECEIVED, 0), one[0]))
        return {**self.line(name, body), "services": [self.line(*one) for one in services]}

    def line(self, name: str, one: Published) -> dict[str, Any]:
        cells = {figure.value: self._figure(one, figure) for figure in Figure}
        return {"name": name, "cells": cells}

    def _figure(self, one: Published, figure: Figure) -> str:
        count = one.figures.get(figure)
        if figure is Figure.IN_TIME and count is None and one.in_time_percent is not None:
            return self.text("at_least", percent=one.in_time_percent)
        if count is None:
            return self.text("hidden")
        means = {Figure.RATED: one.mean_rating, Figure.RATED_SERVICE: one.mean_rating_service}
        mean = means.get(figure)
        if mean is not None:
            return self.text("rated", count=number(count, self.language), mean=number(mean, self.language))
        share = share_of(one, figure) if figure in SHARES else None
        if share is not None:
            low, high = (number(one, self.language) for one in share)
            return self.text("share", count=number(count, self.language), low=low, high=high)
        return number(count, self.language)
