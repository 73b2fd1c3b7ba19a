"""The acts that cards cite, and the conversion of an act inlined in a card to a reference."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from registry_data.schema import ActKey, HttpsUrl, Model, Prose, Text

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщыэюяәғқңөұүһі"
_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh sch y e yu ya a g q n o u u h i"
_TO_LATIN = str.maketrans(dict(zip(_CYRILLIC, _LATIN.split(), strict=True)))


class Act(Model):
    """One act of `acts.yaml`; `version` is the latest wording read, `repealed` the date of repeal.

    `requisite`: what the database of acts says of it, such as "Утратил силу приказом …". `short` is what it
    is called where it is cited; `in_parts`: its ¶ are parts (бөлік, часть), not points.
    """

    key: ActKey
    title: Text
    number: Prose
    date: dt.date
    url: HttpsUrl | None = None
    version: dt.date | None = None
    repealed: dt.date | None = None
    requisite: Prose | None = None
    short: Text | None = None
    in_parts: bool = False


class LegalBasis(Model):
    """An act inlined in a card, as in imported cards."""

    title: Text
    number: Prose
    date: dt.date
    url: HttpsUrl | None = None
    version: dt.date | None = None


class _InlineBasis(Model):
    legal_basis: LegalBasis


def act_key(number: str, day: dt.date) -> ActKey:
    """The key of a new act: `act-254-2020-06-19`."""
    latin = _bare(number).translate(_TO_LATIN)
    return f"act-{re.sub(r'[^0-9a-z]+', '-', latin).strip('-')}-{day.isoformat()}"


def cited_act(basis: LegalBasis, acts: Iterable[Act]) -> Act:
    """The act in `acts` with the same number and date, or else a new one built from `basis`."""
    for act in acts:
        if act.date == basis.date and _bare(act.number) == _bare(basis.number):
            return act
    return Act(key=act_key(basis.number, basis.date), **dict(basis))


def with_reference(raw: Mapping[str, object], acts: Iterable[Act]) -> tuple[dict[str, object], Act | None]:
    """A card's raw fields with `legal_basis` replaced by `act` and `version`, and the cited act.

    A card without `legal_basis` is returned unchanged, with None. Raises ValidationError for a malformed one.
    """
    card = dict(raw)
    if "legal_basis" not in card:
        return card, None
    basis = _InlineBasis.model_validate({"legal_basis": card.pop("legal_basis")}).legal_basis
    act = cited_act(basis, acts)
    card["act"] = act.key
    if basis.version is not None:
        card["version"] = basis.version
    return card, act


def _bare(number: str) -> str:
    return number.replace("№", "").strip().casefold()
