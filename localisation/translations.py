"""The bot's texts: strings by key in `texts/<language>/*.yaml`, rendered by Jinja2."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Self

import yaml
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from kernel.language import Language
from kernel.retention import DAYS
from localisation.formats import day, through

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is eight times as fast
TEXTS = Path(__file__).parents[1] / "bot" / "texts"


def _english(amount: int, one: str, many: str) -> str:
    return one if amount == 1 else many


def _russian(amount: int, one: str, few: str, many: str) -> str:
    if amount % 10 == 1 and amount % 100 != 11:
        return one
    return few if amount % 10 in {2, 3, 4} and amount % 100 not in {12, 13, 14} else many


def _kazakh(amount: int, word: str) -> str:  # noqa: ARG001  after a number Kazakh keeps the singular
    return word


PLURALS: dict[Language, Callable[..., str]] = {
    Language.KK: _kazakh,
    Language.RU: _russian,
    Language.EN: _english,
}


def filters(language: Language) -> Mapping[str, Callable[..., str]]:
    """What a text does with its values: `plural` declines a noun, `through` writes an inclusive last day."""
    return {"plural": PLURALS[language], "through": partial(_through, language=language)}


def _through(value: date | None, language: Language) -> str:
    """Nothing where no day was given, as a text may ask with `if`."""
    return through(value, language) if value else ""


def _shown(value: object, language: Language) -> object:
    """A date as people read it; a text says with `through` that it is a last day."""
    return day(value, language) if isinstance(value, date) else value


class Translations:
    """Renders a text by key: `html` escapes its values for Telegram's HTML, `plain` is for buttons.

    Raises KeyError for an unknown key, jinja2.UndefinedError for a missing value.
    """

    def __init__(self, texts: dict[Language, dict[str, str]]) -> None:
        self._texts = texts
        self._environments = {
            (language, escape): _environment(language, texts[language], escape=escape)
            for language in Language
            for escape in (False, True)
        }
        self._templates: dict[tuple[Language, str, bool], Template] = {}
        self._constant: dict[tuple[Language, str, bool], str] = {}

    @classmethod
    @cache
    def load(cls, folder: Path = TEXTS) -> Self:
        """The texts of a folder, read once per process."""
        return cls({language: load_texts(folder / language.value) for language in Language})

    def html(self, language: Language, key: str, **values: object) -> Markup:
        if not values:
            return Markup(self._without_values(language, key))  # noqa: S704  a text of ours, nobody's value  # nosec B704
        return Markup(self._template(language, key).render(values))  # noqa: S704  the template escaped its values  # nosec B704

    def plain(self, language: Language, key: str, **values: object) -> str:
        if not values:
            return self._without_values(language, key, escape=False)
        return self._template(language, key, escape=False).render(values)

    def _without_values(self, language: Language, key: str, *, escape: bool = True) -> str:
        """Cached: most texts take no values."""
        cached = self._constant.get((language, key, escape))
        if cached is None:
            cached = self._template(language, key, escape=escape).render()
            self._constant[language, key, escape] = cached
        return cached

    def _template(self, language: Language, key: str, *, escape: bool = True) -> Template:
        """Compiled on first use: a process needs few of the texts, and startup stays fast."""
        cached = self._templates.get((language, key, escape))
        if cached is None:
            cached = self._environments[language, escape].from_string(self._texts[language][key])
            self._templates[language, key, escape] = cached
        return cached

    def keys(self) -> frozenset[str]:
        return frozenset(self._texts[Language.KK])


def _environment(language: Language, texts: Mapping[str, str], *, escape: bool) -> Environment:
    environment = Environment(autoescape=escape, undefined=StrictUndefined, keep_trailing_newline=False)  # noqa: S701  plain texts never become HTML  # nosec B701
    environment.finalize = partial(_shown, language=language)
    environment.filters.update(filters(language))
    environment.globals["ours"] = texts.get("common.ours", "")  # the mark of what no act says
    environment.globals["kept"] = DAYS  # days, as kernel/retention.py says
    return environment


def load_texts(folder: Path) -> dict[str, str]:
    """All texts of one language, keyed `<file>.<key>`."""
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        for key, text in yaml.load(path.read_bytes(), Loader=LOADER).items():  # noqa: S506  a safe loader  # nosec B506
            texts[f"{path.stem}.{key}"] = str(text)
    return texts
