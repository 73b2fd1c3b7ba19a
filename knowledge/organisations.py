"""Find organisations by name, abbreviation and place, as tolerantly as services are found."""

from collections.abc import Collection, Iterator, Mapping

from knowledge.evidence import EvidenceIndex, weighed
from knowledge.language import LanguageDetector
from knowledge.reader import QuestionReader, ear_of
from knowledge.subject import AnswerSubject
from knowledge.word_index import QuestionReading
from knowledge.wording import Wording
from registry_data.organisation_words import OrganisationWords, load_organisation_words
from registry_data.organisations import Organisation, OrganisationKind
from registry_data.regions import DistrictKind, Region
from registry_data.synonyms import Synonyms, load_synonyms

LEAST, LEAST_SHARE = 0.45, 0.5  # below this score, or this share of the best one, a match is meaningless
ALIKE = 0.2  # scores closer than this are told apart by the place
# A region's bodies of these kinds have bodies of their own in its districts
_IN_DISTRICTS = frozenset({OrganisationKind.AKIMAT_REGION, OrganisationKind.STATE_CORPORATION_BRANCH})


class OrganisationFinder:
    def __init__(
        self,
        organisations: Collection[Organisation],
        regions: Mapping[str, Region],
        words: OrganisationWords | None = None,
        synonyms: Synonyms | None = None,
    ) -> None:
        known, lists = words or load_organisation_words(), synonyms or load_synonyms()
        wording = Wording(lists)
        self._organisations = tuple(organisations)
        subjects = [_subject(one, regions, known) for one in self._organisations]
        self._index = EvidenceIndex(subjects, wording)
        languages, ear = LanguageDetector(lists.languages), ear_of(lists, subjects)
        self._reader = QuestionReader(self._index, wording, languages, ear)

    def find(
        self, text: str, limit: int, *, near: str | None = None, among: Collection[str] | None = None
    ) -> list[str]:
        """The codes of the bodies that `text` names best, best first.

        Among equals those of the region `near` come first, and a whole body before its parts.
        """
        reading = self._reader.read(text)
        if not reading.tokens:
            return []
        scores = weighed(self._index.evidence(reading))
        allowed = [n for n, one in enumerate(self._organisations) if among is None or one.code in among]
        best = max((float(scores[n]) for n in allowed), default=0.0)
        if best < LEAST:
            return []
        found = [n for n in allowed if scores[n] >= best * LEAST_SHARE]

        def order(n: int) -> tuple[object, ...]:
            one = self._organisations[n]
            place = (near is None or one.region != near, one.district is not None, one.generated)
            score = float(scores[n])
            return self._unnamed(reading, n), int((best - score) / ALIKE), *place, -score, one.code

        return [self._organisations[n].code for n in sorted(found, key=order)[:limit]]

    def _unnamed(self, reading: QuestionReading, number: int) -> float:
        """How much of the text this body's names do not hold."""
        held = (token.mass for token in reading.tokens if self._index.is_called(number, token))
        return round(reading.mass - sum(held), 3)


def _subject(one: Organisation, regions: Mapping[str, Region], words: OrganisationWords) -> AnswerSubject:
    names = tuple(name for name in (one.names.kk, one.names.ru, one.names.en) if name)
    called = (*words.called(one), *_places(one, regions))
    return AnswerSubject(slug=one.code, kind="service", names=names, aliases=called, body=())


def _places(one: Organisation, regions: Mapping[str, Region]) -> Iterator[str]:
    """The names of its region and district; of all districts if it serves them all by itself.

    A city's own districts are left out then: Astana has one called Almaty.
    """
    region = regions.get(one.region or "")
    if region is None:
        return
    served = [district for district in region.districts if one.district in (None, district.code)]
    if one.district is None:
        alone = one.kind not in _IN_DISTRICTS
        served = [place for place in served if alone and place.kind is not DistrictKind.CITY_DISTRICT]
    for names in (region.names, *(district.names for district in served)):
        yield from (name for name in (names.kk, names.ru, names.en) if name)
