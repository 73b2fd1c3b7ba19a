"""Propose the kind a complaint's text speaks of, with reasons, from words near each other.

The words of a cue match near each other in any order and inflection, also when typed in Latin letters or with
one typo.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from complaints.kinds.kind import ComplaintKind
from knowledge.stems import stems
from knowledge.typed_text import is_latin, skeleton, to_cyrillic, words
from registry_data.complaint_kinds import KindRecord, load_kinds

SURE_FROM = 1.0  # strength below which nothing is proposed
_NEAR = 3  # other words allowed between two words of a cue
_LONG_ENOUGH = 4  # shortest stem unlikely to belong to another word
_ANY_ENDING = "*"
_MENDED_FROM = 6  # shortest word in which one typo is tolerated

Keys = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCue:
    """Words that indicate `kind`; cues are numbered by line of the file, and each counts once per text."""

    kind: ComplaintKind
    line: int
    strength: float
    reason: str
    keys: tuple[Keys, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindProposal:
    """The likeliest kind and the cues that matched; OTHER without reasons where none did."""

    kind: ComplaintKind
    reasons: tuple[str, ...] = ()

    @property
    def is_guess(self) -> bool:
        """Whether no cue matched the text."""
        return not self.reasons


class KindProposer:
    def __init__(self, records: Iterable[KindRecord]) -> None:
        self._cues: dict[str, list[KindCue]] = {}
        for cue in _cues(records):
            for key in cue.keys[0]:
                self._cues.setdefault(key, []).append(cue)
        heard = {key for cues in self._cues.values() for cue in cues for keys in cue.keys for key in keys}
        self._heard = frozenset(heard)
        self._beginnings = tuple(key[:-1] for key in sorted(heard) if key.endswith(_ANY_ENDING))
        self._mended = lru_cache(maxsize=10_000)(self._mend)

    def propose(self, text: str) -> KindProposal:
        """The kind `text` speaks of. Never raises, for any text."""
        tokens = [self._keys_of(word) for word in words(text)]
        best: dict[ComplaintKind, dict[int, KindCue]] = {}
        for cue in self._found(tokens):
            best.setdefault(cue.kind, {})[cue.line] = cue
        scores = {kind: sum(cue.strength for cue in cues.values()) for kind, cues in best.items()}
        kind = max(
            scores,
            key=lambda one: (scores[one], -list(ComplaintKind).index(one)),
            default=ComplaintKind.OTHER,
        )
        if scores.get(kind, 0) < SURE_FROM:
            return KindProposal(kind=ComplaintKind.OTHER)
        return KindProposal(kind=kind, reasons=tuple(cue.reason for cue in best[kind].values()))

    def _found(self, tokens: Sequence[Keys]) -> Iterator[KindCue]:
        for at, keys in enumerate(tokens):
            for cue in {id(cue): cue for key in keys for cue in self._cues.get(key, ())}.values():
                if _matches(cue.keys, tokens, at):
                    yield cue

    def _keys_of(self, word: str) -> Keys:
        typed = (word, to_cyrillic(word)) if is_latin(word) else (word,)
        keys = {key for one in typed for key in (skeleton(one), *stems(one))}
        keys |= {
            beginning + _ANY_ENDING
            for beginning in self._beginnings
            if skeleton(typed[-1]).startswith(beginning)
        }
        return frozenset(keys if keys & self._heard else keys | self._mended(skeleton(typed[-1])))

    def _mend(self, typed: str) -> Keys:
        """The cue stems that `typed` may begin with, allowing one typo."""
        if len(typed) < _MENDED_FROM:
            return frozenset()
        return frozenset(
            key
            for key in self._heard
            if _MENDED_FROM <= len(key) <= len(typed) + 1
            and OSA.distance(typed[: len(key)], key, score_cutoff=1) <= 1
        )


def _cues(records: Iterable[KindRecord]) -> Iterator[KindCue]:
    line = 0
    for record in records:
        for one in record.cues:
            line += 1
            for phrase in one.words:
                yield KindCue(
                    kind=ComplaintKind(record.code),
                    line=line,
                    strength=one.strength,
                    reason=one.reason,
                    keys=tuple(map(_keys, phrase.split())),
                )


def _keys(wanted: str) -> Keys:
    """The keys a cue's word matches: itself, and its stems too long to belong to another word.

    A starred word matches as a prefix and is stored with its star.
    """
    word = "".join(words(wanted))
    whole = skeleton(word)
    if wanted.endswith(_ANY_ENDING):
        return frozenset({whole + _ANY_ENDING})
    return frozenset(one for one in (whole, *stems(word)) if len(one) >= _LONG_ENOUGH or one == whole)


def _matches(wanted: Sequence[Keys], tokens: Sequence[Keys], at: int) -> bool:
    """Whether every wanted word occurs at or just before `at`, none too far from the next."""
    places = [at]
    for keys in wanted[1:]:
        near = range(max(0, at - _NEAR), min(len(tokens), at + _NEAR + len(wanted)))
        found = [place for place in near if place not in places and not keys.isdisjoint(tokens[place])]
        if not found:
            return False
        places.append(min(found, key=lambda place: abs(place - at)))
    return all(after - before <= _NEAR + 1 for before, after in pairwise(sorted(places)))


@cache
def kind_proposer() -> KindProposer:
    """The proposer of the registry's file, cached."""
    return KindProposer(load_kinds())
