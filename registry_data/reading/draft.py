"""A draft card of one service: facts of one table, or of the two languages' tables side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from registry_data.reading.facts import Facts, Unread
from registry_data.reading.fees import FeeRead
from registry_data.reading.heading import ActRead
from registry_data.reading.listing import ItemRead, ItemsRead
from registry_data.reading.pairing import aligned_pairs, likeness
from registry_data.reading.terms import TermRead

DIFFER = "the two languages differ"
Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDraft:
    """At least one of `kk` and `ru` is there."""

    kk: Facts | None
    ru: Facts | None
    act: ActRead

    @property
    def names(self) -> Document:
        return _text(self.kk.name if self.kk else "", self.ru.name if self.ru else "") or {}

    def document(self) -> Document:
        """As a card has it: what was not read is null, an empty list says «none» or «free»."""
        body = {
            "names": self.names or None,
            "provider": self._prose("provider"),
            "channels": self._first("channels"),
            "term": self._terms(),
            "forms": self._first("forms"),
            "result": self._prose("result"),
            "fee": self._fees(),
            "schedule": self._prose("schedule"),
            "documents": self._items("documents"),
            "refusal_grounds": self._items("refusal"),
        }
        body |= self._minutes() | self._further()
        return {
            **body,
            "act": self.act.document() or None,
            "unread": [one.document() for one in self.unread()],
        }

    def unread(self) -> tuple[Unread, ...]:
        """The rows not read in either language, and those in which the two languages differ."""
        own = [one for facts in self._held() for one in facts.unread]
        return (*own, *self._differences())

    def _held(self) -> Sequence[Facts]:
        return [facts for facts in (self.ru, self.kk) if facts is not None]

    def _prose(self, name: str) -> Document | None:
        return _text(*(getattr(facts, name) if facts else "" for facts in (self.kk, self.ru)))

    def _first(self, name: str) -> list[str] | None:
        found = next((value for facts in self._held() if (value := getattr(facts, name))), ())
        return [one.value for one in found] or None

    def _minutes(self) -> Document:
        found: Document = {}
        for facts in reversed(self._held()):
            for name in ("max_queue_minutes", "max_service_minutes"):
                if facts.terms is not None and (value := getattr(facts.terms, name)) is not None:
                    found[name] = value
        return found

    def _further(self) -> Document:
        """Help for people with disabilities and the provider's site, if the rows tell of them."""
        found: Document = {}
        kk, ru = (facts.disability if facts else () for facts in (self.kk, self.ru))
        if kk or ru:
            found["disability"] = [_item(one, other) for one, other in item_pairs(kk, ru)]
        sites = {facts.site for facts in self._held() if facts.site}
        if len(sites) == 1:
            found["provider_site"] = sites.pop()
        return found

    def _terms(self) -> list[Document] | None:
        kk, ru = (facts.terms.terms if facts and facts.terms else () for facts in (self.kk, self.ru))
        if not ru or not kk:
            return [_term(one if kk else None, one if ru else None) for one in ru or kk] or None
        pairs = aligned_pairs(kk, ru, lambda one, other: float(_length(one) == _length(other)))
        return [_term(one, other) for one, other in pairs if other is not None]

    def _fees(self) -> list[Document] | None:
        kk, ru = (facts.fees.fees if facts and facts.fees else None for facts in (self.kk, self.ru))
        if ru is None or kk is None:
            held = ru if ru is not None else kk
            return None if held is None else [_fee(None if ru else one, one if ru else None) for one in held]
        pairs = aligned_pairs(kk, ru, lambda one, other: float(one.amounts == other.amounts))
        return [_fee(one, other) for one, other in pairs if other is not None]

    def _items(self, name: str) -> list[Document] | None:
        kk, ru = (_read_items(facts, name) for facts in (self.kk, self.ru))
        if not kk and not ru:
            return None
        return [_item(one, other) for one, other in item_pairs(kk, ru)]

    def _differences(self) -> Iterator[Unread]:
        if self.kk is None or self.ru is None:
            return
        for name, row in _COMPARED.items():
            kk, ru = row(self.kk), row(self.ru)
            if kk and ru and kk != ru:
                yield Unread(field=name, language="kk+ru", row="", text=f"kk: {kk} | ru: {ru}", reason=DIFFER)


def item_pairs(
    kk: Sequence[ItemRead], ru: Sequence[ItemRead]
) -> list[tuple[ItemRead | None, ItemRead | None]]:
    """Items of both languages: by place if as many stand under each heading, else by what they share."""
    if not kk or not ru:
        return [(one if kk else None, one if ru else None) for one in kk or ru]
    if _groups(kk) == _groups(ru):
        return list(zip(kk, ru, strict=True))
    return aligned_pairs(kk, ru, lambda one, other: likeness(one.text, other.text))


def _groups(items: Sequence[ItemRead]) -> list[int]:
    """How many items stand under each heading, in order."""
    sizes: list[int] = []
    last: str | None = None
    for one in items:
        if one.when != last:
            sizes.append(0)
        sizes[-1] += 1
        last = one.when
    return sizes


def _read_items(facts: Facts | None, name: str) -> tuple[ItemRead, ...]:
    held: ItemsRead | None = getattr(facts, name) if facts else None
    return held.items if held is not None else ()


def _length(term: TermRead) -> tuple[int, str]:
    return term.amount, term.unit.value


def _terms_told(facts: Facts) -> list[str]:
    held = facts.terms.terms if facts.terms else ()
    return sorted(f"{one.amount} {one.unit.value}" for one in held)


def _fees_told(facts: Facts) -> list[str]:
    held = facts.fees.fees if facts.fees and facts.fees.fees else ()
    return sorted(str(one.amounts) for one in held)


def _values(name: str) -> Any:
    return lambda facts: [one.value for one in getattr(facts, name)]


_COMPARED: dict[str, Any] = {
    "channels": _values("channels"),
    "term": _terms_told,
    "forms": _values("forms"),
    "fee": _fees_told,
    "documents": lambda facts: len(_read_items(facts, "documents")),
    "refusal_grounds": lambda facts: len(_read_items(facts, "refusal")),
}


def _term(kk: TermRead | None, ru: TermRead | None) -> Document:
    held = ru or kk
    assert held is not None
    when = _text(kk.when if kk else "", ru.when if ru else "")
    return {"amount": held.amount, "unit": held.unit.value} | ({"when": when} if when else {})


def _fee(kk: FeeRead | None, ru: FeeRead | None) -> Document:
    held = ru or kk
    assert held is not None
    names = ("mrp", "kzt", "percent")
    amount = {name: value for name, value in zip(names, held.amounts, strict=True) if value is not None}
    what = _text(kk.what if kk else "", ru.what if ru else "")
    when = _text(kk.when if kk else "", ru.when if ru else "")
    return {**amount, **({"what": what} if what else {}), **({"when": when} if when else {})}


def _item(kk: ItemRead | None, ru: ItemRead | None) -> Document:
    text = _text(kk.text if kk else "", ru.text if ru else "") or {}
    when = _text(kk.when if kk else "", ru.when if ru else "")
    return {**text, **({"when": when} if when else {})}


def _text(kk: str, ru: str) -> Document | None:
    return {name: text for name, text in (("kk", kk), ("ru", ru)) if text} or None
