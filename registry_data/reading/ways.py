"""The ways to get a service and the forms it is rendered in, as the registry's values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from registry_data.reading.clauses import marker_of
from registry_data.reading.letters import fold
from registry_data.schema import ServiceChannel, ServiceForm

_SITES = (
    r"[\w.-]*\b(enbek|keden|salyk|kgd|knp|cabinet|bmk|gosreestr|minfin|e-?zan|aisgzk"
    r"|zan|kazpatent|gosagro|qoldau)\b[\w.-]*"
)
_CHANNELS: tuple[tuple[ServiceChannel, str], ...] = (
    (
        ServiceChannel.PROVIDER,
        (
            r"(через|в|посредством|к) (канцеляри\w+ )?(самого )?услугодател[яюе]\b|услугодателем? при "
            r"|непосредственно (к |через |у )?услугодател"
            r"|канцеляри|^непосредственно |^тікелей |^услугодател[ьяюе]м?$|^(\d+\)"
            r"|-|•)? ?(через )?услугодател[ья]( \(.*\))?$"
            r"|у услугодателя|^услугодатель[,;]"
            r"|нарочн|на бумажном носителе|почтов|услугодателем?[;,] |услугодателя(,| и| либо| или|;)"
            r"|қызметті? беруш\w+ (арқылы|кеңсес|жүгін)|қызметті? беруші(ге|де)\b|^қызметті? беруші"
            r"|^көрсетілетін қызметті беруші\w*$|кеңсе"
            r"|^көрсетілетін қызметті беруші\w*( \(.*\))?$|^көрсетілетін қызметті беруші[,;]"
            r"|қолма-қол|қағаз жеткізгіш"
            r"|территориальн\w+ (инспекци|подразделени|орган)|^(\d+\)? ?)?местн\w+ исполнительн\w+ орган"
            r"|аумақтық (инспекция|бөлімше)|^(\d+\)? ?)?жергілікті атқарушы орган"
        ),
    ),
    (
        ServiceChannel.GOV_CORPORATION,
        (
            r"государственн\w+ корпораци|госкорпораци|правительство для граждан|мемлекеттік корпорация"
            r"|азаматтарға арналған үкімет"
        ),
    ),
    (ServiceChannel.ELICENSE_PORTAL, r"e-?licen[sc]e|е-лицензи"),
    (ServiceChannel.SELF_SERVICE_TERMINAL, r"терминал"),
    (
        ServiceChannel.ABROAD_MISSION,
        (
            r"загранучрежд|заграничн\w+ учрежд|дипломатическ\w+ представ|консульск\w+ (учрежд"
            r"|должн)|шет\s?ел\w*дегі мекеме|консулдық мекеме|дипломатиялық өкілдік"
        ),
    ),
)
_COMPILED = tuple((channel, re.compile(pattern)) for channel, pattern in _CHANNELS)
_MOBILE = re.compile(r"egov ?mobile|egov ?business|мобильн\w+ приложени\w+ (электронного правительства|egov)")
_EGOV = re.compile(
    r"www\.? ?e[- ]?gov\.? ?kz|\begov\.kz|(электронн|цифров)\w+ правительств"
    r"|(электронды[қк]|цифрлы[қк]) үкімет"
    r"|үкіметтің? веб"
)
_LICENSING = r"(государственн\w+ баз\w+ данн\w+ )?(e-?licen[sc]e|е-лицензи\w*)( мемлекеттік дерекқор\w*)?"
_LICENSING_SYSTEM = re.compile(
    rf"(цифров|информационн)\w+ систем\w* {_LICENSING}|{_LICENSING} (цифрлық|ақпараттық) жүйе\w*"
)
_PORTAL = re.compile(r"\bпортал")
_OTHER = re.compile(
    rf"{_SITES}|информационн\w+ систем|\bис\b|объект\w* информатизац|цифров\w+ (систем|платформ|объект)"
    r"|ақпараттық жүйе|ақпараттандыру объекті|ақпараттық объект|цифрлық (жүйе|платформа"
    r"|объекті)|\bаж\b|личн\w+ кабинет\w* (налогоплат|участника)"
    r"|мобильн\w+ приложени|мобильді қосымша|электронн\w+ бирж|портал\w* социальных услуг"
    r"|әлеуметтік көрсетілетін қызметтер портал"
)
_FULL = re.compile(r"полност\w+ (автоматизир|цифров)|толы[қк]\w* (автоматтанд|цифрлан)")
_PARTIAL = re.compile(r"частичн\w* (автоматизир|цифров)|(ішінара|жартылай) (автоматтанд|цифрлан)")
_PAPER = re.compile(r"бумажн|қағаз")
_PROACTIVE = re.compile(r"проактив")
_COMPOSITE = re.compile(r"одного заявления|одному заявлению|композит|бір өтініш")
_DEFINED = re.compile(r"(?:\(|(?<=\s))(далее|бұдан әрі) ?[-–][^()]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways found, in the schema's order, and the lines that told none."""

    found: tuple[ServiceChannel, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    found: tuple[ServiceForm, ...]
    unread: tuple[str, ...] = ()


def channels_of(lines: Iterable[str], provider: str = "") -> Ways:
    """The ways that the lines name; a line that names the provider's body is the provider."""
    found: set[ServiceChannel] = set()
    unread = []
    headed = False
    for line in lines:
        if line.rstrip().endswith(":") and len(line) < 120 and "www" not in line:
            head = _channels(line, "")
            headed = bool(head)
            found |= head - {ServiceChannel.PROVIDER}
            continue
        told = _channels(line, provider)
        if not told and not (headed and marker_of(line) in {"-", "–", "•"}):
            unread.append(line)
        found |= told
    return Ways(found=tuple(one for one in ServiceChannel if one in found), unread=tuple(unread))


def forms_of(lines: Iterable[str]) -> Forms:
    """The forms; «электронная» alone tells not how far, and is not read."""
    text = fold(" ".join(lines))
    told = (
        (ServiceForm.ELECTRONIC_FULL, _FULL),
        (ServiceForm.ELECTRONIC_PARTIAL, _PARTIAL),
        (ServiceForm.PAPER, _PAPER),
        (ServiceForm.PROACTIVE, _PROACTIVE),
        (ServiceForm.COMPOSITE, _COMPOSITE),
    )
    found = tuple(form for form, pattern in told if pattern.search(text))
    electronic = re.search(r"электрон", text) and not (_FULL.search(text) or _PARTIAL.search(text))
    return Forms(found=found, unread=(text,) if electronic or not found else ())


def _channels(line: str, provider: str) -> set[ServiceChannel]:
    text = _DEFINED.sub("", fold(line)).strip(" .;,")
    text = re.sub(r"^(\d+[).]|[-•])\s*", "", text)
    found = {channel for channel, pattern in _COMPILED if pattern.search(text)}
    if not found and provider and len(text) > 8 and _same_body(text, provider):
        found.add(ServiceChannel.PROVIDER)
    mobile, egov = _MOBILE.search(text), _EGOV.search(text)
    if mobile:
        found.add(ServiceChannel.EGOV_MOBILE)
    rest = _MOBILE.sub("", text)
    if egov and _EGOV.search(rest):
        found.add(ServiceChannel.EGOV_PORTAL)
    rest = _LICENSING_SYSTEM.sub("", _EGOV.sub("", rest))
    other = _OTHER.search(rest)
    if other and not mobile:
        found.add(ServiceChannel.OTHER_SYSTEM)
    if _PORTAL.search(rest) and not egov and not other and ServiceChannel.ELICENSE_PORTAL not in found:
        found.add(ServiceChannel.EGOV_PORTAL)
    return found


def _same_body(text: str, provider: str) -> bool:
    """Whether a way is the provider's own name, said again."""
    own = _DEFINED.sub("", fold(provider)).strip(" .;,")
    words, owned = set(text.split()), set(own.split())
    return text in own or (len(words) > 3 and len(words & owned) >= 0.8 * len(words))
