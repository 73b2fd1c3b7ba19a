"""A service card or a guide as the texts the search reads, and as found by it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from kernel.language import Language
from knowledge.aspect import AskedParts, Aspect
from knowledge.language import QuestionLanguage
from knowledge.word_index import QuestionReading
from knowledge.wording import MEANING, Wording
from registry_data.guide import Guide
from registry_data.schema import Aliases, Item, ServiceCard, Statement, Text

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


def calling(guide: Guide) -> tuple[str, ...]:
    """Its names and aliases."""
    return _in_all(guide.names) + _aliases(guide.aliases)


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


_LEADS: Final = 1.25
_NAMED_FROM: Final = 50  # of 100: the score of what a question names, if it is not sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A candidate answer; `score` is 0 to 100."""

    slug: str
    kind: SubjectKind
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReply:
    """The result of a search. `found` is best first and may be empty. `near`: worth offering although not
    `confident`. `unnamed`: the question asks for a part of a card but names no service. `words`: the
    question's own words as understood. `aspects`: up to two parts asked for side by side, `aspect` among
    them. `guide`: the guide that tells the part, where the card does not hold it. `corrects`: the question
    takes back the one before and asks for no part by itself.
    """

    language: QuestionLanguage
    aspect: Aspect
    aspects: tuple[Aspect, ...]
    confident: bool
    near: bool
    follow_up: bool
    unnamed: bool
    found: tuple[Found, ...]
    words: tuple[str, ...]
    guide: str | None = None
    corrects: bool = False

    def asking_for(self, aspect: Aspect) -> "QuestionReply":
        """The same answer, for another part."""
        return replace(self, aspect=aspect, aspects=(aspect,), guide=None)

    @property
    def names_one(self) -> bool:
        """Whether it names a service: surely, or well enough to be offered with others."""
        return self.confident or (self.near and self.found[0].score >= _NAMED_FROM)

    @property
    def leads(self) -> bool:
        """Whether the first of the services offered is clearly better than the second."""
        first, *others = [one.score for one in self.found[:2]]
        return not others or first >= _LEADS * others[0]

    def among(self, slugs: Sequence[str]) -> "QuestionReply":
        """The same question, about the services offered before, none of which was chosen."""
        if not self.found or self.found[0].slug not in slugs:
            return self
        found = tuple(replace(self.found[0], slug=slug) for slug in slugs)
        return replace(self, confident=False, near=True, follow_up=False, found=found, guide=None)

    def by_parts(self) -> "tuple[QuestionReply, ...]":
        """A reply for each part asked for; itself if it asks for one or is not sure of the service."""
        if not self.confident or len(self.aspects) < 2:
            return (self,)
        return tuple(self.asking_for(aspect) for aspect in self.aspects)


_NEAR_THE_BEST: Final = 0.5  # of the best score


# Grounds for refusal and where to complain are covered by guides, whatever the service.
ANSWERED_BY_GUIDES: Final = frozenset({Aspect.REFUSAL, Aspect.COMPLAINT})
STATED: Final = frozenset({Aspect.AMOUNT, Aspect.AGE, Aspect.ELIGIBILITY})


def statements(card: ServiceCard, aspect: Aspect) -> tuple[Statement, ...]:
    """What the card holds on amount, age or eligibility; nothing for other parts."""
    held = {Aspect.AMOUNT: card.amount, Aspect.AGE: card.age, Aspect.ELIGIBILITY: card.eligibility}
    return held.get(aspect) or ()


def held_by_guide(
    card: ServiceCard,
    aspect: Aspect,
    found: Sequence[Found],
    told: Mapping[str, frozenset[Aspect]],
) -> str | None:
    """The found guide that tells amount, age or eligibility where the card does not; `told`: by guide, the
    parts that its own names and aliases ask for.
    """
    if statements(card, aspect):
        return None
    bar = _NEAR_THE_BEST * found[0].score
    return next((one.slug for one in found if aspect in told.get(one.slug, ()) and one.score >= bar), None)


SHORT: Final = 8  # words of a message that may lean on a card


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFacts:
    """What the question says by itself, before any search."""

    language: QuestionLanguage
    parts: AskedParts
    words: tuple[str, ...]
    sets_aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """`reply`: whatever the card before; `leans` on that. `may_be_sure`: if one of its pieces is."""

    reading: QuestionReading
    facts: QuestionFacts
    reply: QuestionReply
    leans: bool = False
    may_be_sure: bool = False


# Meanings of synonyms.yaml in the names of services that pay the person.
_PAYMENTS: Final = frozenset(MEANING + name for name in ("жәрдемақы", "зейнетақы", "атаулы әлеуметтік көмек"))
_NO_PAYMENT: Final = frozenset(MEANING + name for name in ("анықтама", "үзінді"))  # of a certificate about it


def paying(cards: Iterable[ServiceCard], wording: Wording) -> frozenset[str]:
    """The slugs of the services by which a person is paid: allowances, pensions, assistance."""
    return frozenset(card.slug for card in cards if _pays(card, wording))


def _pays(card: ServiceCard, wording: Wording) -> bool:
    said = wording.features(card.names.ru) | wording.features(card.names.kk)
    return not said.isdisjoint(_PAYMENTS) and said.isdisjoint(_NO_PAYMENT)


def reply_to(
    facts: QuestionFacts, found: tuple[Found, ...], *, confident: bool = False, near: bool = False
) -> QuestionReply:
    """A reply to what the question says by itself; neither sure nor near where nothing was found."""
    parts = facts.parts
    return QuestionReply(
        language=facts.language,
        aspect=parts.main,
        aspects=parts.every,
        corrects=parts.corrects or (facts.sets_aside and parts.main is Aspect.HOW),
        words=facts.words,
        confident=confident and bool(found),
        near=near and bool(found),
        follow_up=False,
        unnamed=False,
        found=found,
    )
