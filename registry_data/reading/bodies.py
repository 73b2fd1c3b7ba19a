"""«Государственная услуга оказывается Комитетом …» as the body's name, by a closed list of words."""

import re

_RENDERED = re.compile(
    r"^(?:государственная услуга|услуга) (?:оказывается|предоставляется) (?:услугодател[яе]м[и]?\s"
    r"*[-–—]\s*)?",
    re.IGNORECASE,
)
_RENDERED_KK = re.compile(
    r"^мемлекеттік (?:көрсетілетін )?қызметті\s+(?P<body>.+?)\s+(?:көрсетеді|жүзеге асырады|ұсынады)$",
    re.IGNORECASE,
)
_NOMINATIVE = {
    "комитетом": "комитет", "министерством": "министерство", "агентством": "агентство",
    "департаментом": "департамент", "департаментами": "департаменты", "управлением": "управление",
    "управлениями": "управления", "органом": "орган", "органами": "органы", "акиматом": "акимат",
    "акиматами": "акиматы", "акимами": "акимы", "подразделением": "подразделение",
    "подразделениями": "подразделения", "организациями": "организации", "учреждениями": "учреждения",
    "инспекциями": "инспекции", "инспекцией": "инспекция", "обществом": "общество", "фондом": "фонд",
    "корпорацией": "корпорация", "предприятием": "предприятие", "центром": "центр", "центрами": "центры",
    "филиалами": "филиалы", "отделами": "отделы", "отделениями": "отделения", "службой": "служба",
    "местными": "местные", "местным": "местный", "исполнительными": "исполнительные",
    "исполнительным": "исполнительный", "территориальными": "территориальные",
    "территориальным": "территориальный", "государственными": "государственные",
    "медицинскими": "медицинские", "областными": "областные", "районными": "районные",
    "городскими": "городские", "структурными": "структурные", "некоммерческим": "некоммерческое",
    "акционерным": "акционерное", "загранучреждениями": "загранучреждения",
    "уполномоченным": "уполномоченный", "уполномоченными": "уполномоченные", "национальным": "национальный",
    "республиканским": "республиканское",
}  # fmt: skip
_ADJECTIVE = re.compile(r"(ым|им|ыми|ими)$")


def body_of(text: str) -> str:
    """The name in the nominative; the sentence itself where a word of it is not in the list."""
    if found := _RENDERED_KK.match(text):
        return found["body"]
    said = _RENDERED.match(text)
    if said is None:
        return text
    return _nominative(text[said.end() :].split(" ")) or text


def _nominative(words: list[str]) -> str:
    """Each word up to the head noun turned; what follows the noun stands in the genitive and stays."""
    turned: list[str] = []
    for place, word in enumerate(words):
        small = word.casefold()
        if small in _NOMINATIVE:
            turned.append(_NOMINATIVE[small].capitalize() if word[:1].isupper() else _NOMINATIVE[small])
            continue
        rest = words[place:]
        headed = turned and not _ADJECTIVE.search(words[place - 1].casefold())
        return " ".join([*turned, *rest]) if headed and not _lists_more(rest) else ""
    return " ".join(turned)


def _lists_more(rest: list[str]) -> bool:
    """Whether a further body in the instrumental follows: «… и акимами сёл»."""
    return any(word.casefold().strip(",;") in _NOMINATIVE for word in rest)
