"""Texts damaged on their way through a spreadsheet: letters lost, or Kazakh letters replaced."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from registry_data.faults import Fault

_KAZAKH = "әғқңөұүһі"
_KAZAKH_LETTER = re.compile(f"[{_KAZAKH}]", re.IGNORECASE)
_PLAIN = str.maketrans(_KAZAKH + _KAZAKH.upper(), "агкноуухиАГКНОУУХИ")
_COPY = 75.0  # out of 100: a text this close to an old one is the old one with its letters replaced
_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*|(?<!\S)[\w-]+(?:\.[\w-]+)+/\S*")
_CYRILLIC = f"[а-яё{_KAZAKH}]"
# A saved "?" stands where a letter was: inside or before a word, for a whole word, or before a small letter
_LOST = re.compile(
    rf"[^\W\d_]\?+[^\W\d_]|(?<![\w.,!?)])\?+(?i:{_CYRILLIC})|\?{{3,}}|(?i:{_CYRILLIC})\?+[ \xa0]+{_CYRILLIC}"
)
_LOST_LETTER = "a letter was lost in saving: «{}»; save the file as UTF-8"
_REPLACED = "a character was replaced in saving: «{}»; save the file as UTF-8"
_NO_KAZAKH = "not one Kazakh letter is left of «{}»: «{}»"
_SHOWN = 40
_QUESTIONS = "aliases"  # what people ask, with question marks between sentences


def faults_of_texts(
    place: str, new: Mapping[str, object], old: Mapping[str, object] | None
) -> tuple[Fault, ...]:
    """The damaged texts of the raw record `new`; `old` is the record that it replaces, if any."""
    found = dict(_without_kazakh(new, old)) if old is not None else {}
    found |= dict(_lost(new))
    return tuple(Fault(file=place, key=path, reason=reason) for path, reason in found.items())


def _lost(record: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for path, text in _texts(record):
        if "\ufffd" in text:
            yield path, _REPLACED.format(_around(text, text.index("\ufffd")))
        elif "?" in text and (found := _lost_letter(path, _ADDRESS.sub(" ", text))):
            yield path, _LOST_LETTER.format(found)


def _lost_letter(path: str, prose: str) -> str:
    for found in _LOST.finditer(prose):
        if not (path.startswith(_QUESTIONS) and re.fullmatch(r"\w\?[ \xa0]+\w", found[0])):
            return _around(prose, found.start())
    return ""


def _without_kazakh(new: Mapping[str, object], old: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    before: defaultdict[str, list[str]] = defaultdict(list)
    after: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, text in _texts(old):
        before[_column(path)].append(text)
    for path, text in _texts(new):
        after[_column(path)].append((path, text))
    for column, texts in after.items():
        if "kk" in column.split("."):
            yield from _replaced(texts, before[column])


def _replaced(new: Sequence[tuple[str, str]], old: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The texts of one column that lost their Kazakh letters; a column that lost them all is named once."""
    lettered = [text for text in old if _KAZAKH_LETTER.search(text)]
    if not lettered:
        return
    copies = [
        (path, _NO_KAZAKH.format(_short(was), _short(text)))
        for path, text in new
        if not _KAZAKH_LETTER.search(text) and text not in old and (was := _copied(text, lettered))
    ]
    if not copies and not any(_KAZAKH_LETTER.search(text) for _, text in new):
        path, text = new[0]
        copies = [(path, _NO_KAZAKH.format(_short(lettered[0]), _short(text)))] if text not in old else []
    yield from copies


def _copied(text: str, old: Sequence[str]) -> str:
    """The old text of which `text` is a copy with other letters, or "" if of none."""
    plain = text.translate(_PLAIN).casefold()
    return next((was for was in old if fuzz.ratio(plain, was.translate(_PLAIN).casefold()) >= _COPY), "")


def _texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record with its path: "documents.0.when.kk"."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _texts(one, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from _texts(one, f"{path}.{number}")


def _column(path: str) -> str:
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _around(text: str, at: int) -> str:
    return text[max(0, at - _SHOWN // 2) : at + _SHOWN // 2].strip()


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
