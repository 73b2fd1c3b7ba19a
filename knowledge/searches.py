"""What one search has found, and what that says about the card shown before."""

from dataclasses import dataclass
from typing import Final

from knowledge.aspect import AskedParts, Aspect
from knowledge.evidence import Signs, is_confident, is_near
from knowledge.language import QuestionLanguage
from knowledge.subject import Found, QuestionReply
from knowledge.word_index import QuestionReading

SHORT: Final = 8  # words of a message that may lean on a card
_HARDLY: Final = 40  # of 100: the score of what a message after a card does not name
_IF: Final = frozenset(["если", "егер", "болса", "if"])


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


def is_vague(search: Search) -> bool:
    """Whether a part is asked for and a service hardly named, or only after "if": "если есть дача"."""
    reading, reply = search.reading, search.reply
    if reply.confident or reply.aspect is Aspect.HOW or reading.outside or len(reading.words) > SHORT:
        return False
    return not reply.found or reply.found[0].score < _HARDLY or not _IF.isdisjoint(reading.words)


def is_sure_of_another(search: Search, about: str) -> bool:
    """A guide about any service is no other one for a message that names none."""
    first = search.reply.found[0] if search.reply.confident else None
    return first is not None and first.slug != about and not (search.leans and first.kind == "guide")


def reply_to(facts: QuestionFacts, found: tuple[Found, ...], signs: Signs | None = None) -> QuestionReply:
    """`signs` determine the confidence; without them nothing was found, or a follow-up is certain."""
    follow_up = bool(found) and signs is None
    return QuestionReply(
        language=facts.language,
        aspect=facts.parts.main,
        aspects=facts.parts.every,
        corrects=facts.parts.corrects or (facts.sets_aside and facts.parts.main is Aspect.HOW),
        words=facts.words,
        confident=follow_up or (bool(found) and signs is not None and is_confident(signs)),
        near=follow_up or (bool(found) and signs is not None and is_near(signs)),
        follow_up=follow_up,
        unnamed=False,
        found=found,
    )
