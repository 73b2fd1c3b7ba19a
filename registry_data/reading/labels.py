"""Which item of the requirements a row tells, by its label: numbers and wordings of labels vary."""

import re
from enum import StrEnum

from registry_data.reading.letters import fold


class Requirement(StrEnum):
    NAME = "names"
    SUBTYPE = "subtype"
    PROVIDER = "provider"
    CHANNELS = "channels"
    TERM = "term"
    FORMS = "forms"
    RESULT = "result"
    FEE = "fee"
    SCHEDULE = "schedule"
    DOCUMENTS = "documents"
    REFUSAL = "refusal_grounds"
    OTHER = "other"


FACTS: tuple[Requirement, ...] = tuple(
    one for one in Requirement if one not in {Requirement.NAME, Requirement.SUBTYPE, Requirement.OTHER}
)
LONGEST_LABEL = 320

# The first that matches wins: a label of fees also speaks of ways, one of refusals of documents
_LABELS: tuple[tuple[Requirement, str], ...] = (
    (
        Requirement.OTHER,
        (
            r"^(ины[ех]|другие|дополнительные) (требовани|сведени|услови)|өзге (де )?талап"
            r"|өзге де мәлімет"
        ),
    ),
    (Requirement.OTHER, r"ерекшеліктерін ескере|^(наименование|категори\w+) услугополучател|алушының атауы"),
    (
        Requirement.REFUSAL,
        r"^(исчерпывающий )?(перечень )?(основани\w*|случа\w*|причин\w*) .{0,40}отказ|бас тарту",
    ),
    (
        Requirement.DOCUMENTS,
        (
            r"^(исчерпывающий )?(перечень|список) .{0,60}документ|^документы?,? .{0,60}(необходим"
            r"|истребуем)|^необходимые документы"
        ),
    ),
    (Requirement.DOCUMENTS, r"құжат\w*.{0,80}(тізбе|тізім)|қажетті құжат|(тізбе|тізім)\w*.{0,30}құжат"),
    (Requirement.SUBTYPE, r"^наименовани\w* подвид|подвид\w* государственн|кіші түр"),
    (
        Requirement.SCHEDULE,
        (
            r"^(график|режим|время|часы) (работы|оказания|приема)|жұмыс (кестес|графиг|уақыт"
            r"|тәртіб|режим)|^кесте"
        ),
    ),
    (
        Requirement.FEE,
        (
            r"^взимаемая плата|^(размер|стоимость|величина) .{0,40}(оплат|плат|взима|услуг|сбор)|^(о?плата"
            r"|стоимость)\b|(төлем|ақы|төлемақы|ақысы)\w* (мөлшер|көлем|сомас)|алынатын (төлем"
            r"|ақы)|^төлем|мөлшер\w* .{0,80}(алу|өндіріп)"
        ),
    ),
    (
        Requirement.CHANNELS,
        (
            r"^(способы?|каналы?|порядок) .{0,30}(предоставлени|оказани|доступа|получени)"
            r"|(тәсіл|жол|арна)\w*( |\(|$)"
        ),
    ),
    (Requirement.TERM, r"^сроки?\b|мерзім"),
    (Requirement.RESULT, r"^(форма и )?результат|нәтиже"),
    (
        Requirement.FORMS,
        (r"^(форма|вид)\w* (оказани|предоставлени)|нысан|^мемлекеттік (қызмет|көрсетілетін)\w* .{0,40}түр"),
    ),
    (
        Requirement.PROVIDER,
        (
            r"наименовани\w* услугодател|^услугодатель$|берушінің? (толық )?(атау|атауы)"
            r"|^көрсетілетін қызметті беруші$|қызмет берушінің атау"
        ),
    ),
    (
        Requirement.NAME,
        (
            r"^(наименовани|название)\w* государственн|^мемлекеттік (көрсетілетін )?қызмет\w*( көрсету)?\w"
            r"* атау|^көрсетілетін қызмет\w* атау"
        ),
    ),
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _LABELS)
_AND_SUBTYPES = re.compile(r" и (ее|его|их) подвид\w*( \([^()]*\))?| және оның кіші түр\w*( \([^()]*\))?")
_NUMBER = re.compile(r"^[\d\s.\-)№]*$")


def field_of(label: str) -> Requirement | None:
    """The item that a label names; None if it is no label that is known."""
    if not label or len(label) > LONGEST_LABEL:
        return None
    folded = re.sub(r"^[\d.\-)\s]+", "", _AND_SUBTYPES.sub("", fold(label))).strip(" .:")
    return next((field for field, pattern in _COMPILED if pattern.search(folded)), None)


def is_number(text: str) -> bool:
    """Whether a cell holds nothing but the row's number, once or twice."""
    return bool(_NUMBER.match(text))
