"""A service card or a guide as the texts the search reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kernel.language import Language
from registry_data.guide import Guide
from registry_data.schema import Aliases, Item, ServiceCard, Text

SubjectKind = Literal["service", "guide"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSubject:
    """`names` and `aliases` name it; `body` is its own text, where a rare word may also match."""

    slug: str
    kind: SubjectKind
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    body: tuple[str, ...]

    @classmethod
    def of_card(cls, card: ServiceCard) -> "AnswerSubject":
        return cls(
            slug=card.slug,
            kind="service",
            names=_in_all(card.names),
            aliases=_aliases(card.aliases) + _label(card),
            body=tuple(_prose(card)),
        )

    @classmethod
    def of_guide(cls, guide: Guide) -> "AnswerSubject":
        body = tuple(text for paragraph in guide.body for text in (paragraph.kk, paragraph.ru, paragraph.en))
        names, aliases = _in_all(guide.names), _aliases(guide.aliases) + _label(guide)
        return cls(slug=guide.slug, kind="guide", names=names, aliases=aliases, body=body)


def _in_all(text: Text) -> tuple[str, ...]:
    return tuple(one for one in (text.kk, text.ru, text.en) if one)


def _aliases(aliases: Aliases) -> tuple[str, ...]:
    return tuple(alias for language in Language for alias in aliases.in_language(language))


def _label(subject: ServiceCard | Guide) -> tuple[str, ...]:
    """What its button says may be typed too."""
    if subject.label is None:
        return ()
    return tuple(dict.fromkeys(subject.label.in_language(language) for language in Language))


def _prose(card: ServiceCard) -> Iterator[str]:
    for item in (*(card.documents or ()), *(card.refusal_grounds or ())):
        yield from _item(item)
    for term in card.term or ():
        yield from _in_all(term.when) if term.when else ()
    for fee in card.fee or ():
        yield from _in_all(fee.what) if fee.what else ()
        yield from _in_all(fee.when) if fee.when else ()
    if card.result:
        yield from _in_all(card.result)


def _item(item: Item) -> Iterator[str]:
    yield from (text for text in (item.kk, item.ru, item.en) if text)
    if item.when:
        yield from _in_all(item.when)
