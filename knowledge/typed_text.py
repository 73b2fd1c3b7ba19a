"""What a person typed: its letters, words and sentences, and what they deny.

Words are normalised in case, marks, punctuation and look-alike letters; transliteration and a wrong keyboard
layout are undone.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

KAZAKH_LETTERS: Final = frozenset("әғқңөұүһі")
CYRILLIC: Final = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя") | KAZAKH_LETTERS
LATIN_MARKED: Final = frozenset("áàâäãāéèêëēíìîïīıóòôöõōőúùûüūűýÿńñňŋǵğģşśšçćčžźżģ")
LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz") | LATIN_MARKED

_APOSTROPHES: Final = dict.fromkeys("’ʼ‘`´ʹ′ˈ", "'")
_SUBSTITUTES: Final = {"ə": "ә", "ϵ": "е", "ҡ": "қ", "ҥ": "ң", "ӊ": "ң", "ҳ": "х", "ў": "у"}
_LOOK_ALIKES: Final = str.maketrans("aceopxykmthbiə", "асеорхукмтнвіә")
_KEPT: Final = CYRILLIC | LATIN | frozenset("0123456789'")


class _TranslationTable(dict[int, str]):
    """A table for str.translate: marks and zero-width characters vanish, any unlisted character becomes a
    space.
    """

    def __missing__(self, code: int) -> str:
        kept = self[code] = "" if unicodedata.category(chr(code)) in {"Mn", "Me", "Cf"} else " "
        return kept


_TABLE: Final = _TranslationTable(
    {
        ord(letter): kept
        for letter, kept in ({one: one for one in _KEPT} | _APOSTROPHES | _SUBSTITUTES).items()
    }
)
_PLAIN_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_LONG_RUN: Final = re.compile(r"([^\W\d_])\1{2,}")
_LATIN_BESIDE_CYRILLIC: Final = re.compile(r"[a-z][^a-z]*[а-яёәғқңөұүһі]|[а-яёәғқңөұүһі].*[a-z]")
_LOOSE_APOSTROPHE: Final = re.compile(r"(?<![a-z])'|'(?=')")

# Letters often typed for each other, or distinguished only by spelling, share one skeleton.
_SKELETON: Final = str.maketrans(
    {
        "ә": "а", "э": "е", "ё": "е", "қ": "к", "ғ": "г", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х",
        "і": "и", "ы": "и", "й": "и", "щ": "ш", "ъ": "", "ь": "", "я": "иа", "ю": "иу",
    }
)  # fmt: skip
_DOUBLES_UP_TO: Final = 3  # ТОО differs from "то"
_DOUBLE: Final = re.compile(r"([^\W\d_])\1+")


def normalise(text: str) -> str:
    """`text` in lower case with single spaces, letters and digits only. Idempotent.

    An apostrophe after a Latin letter stays, because older Kazakh Latin uses it in letters. Never raises,
    whatever the text contains.
    """
    return " ".join(words(text))


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=65_536)
def _cleaned(word: str) -> str:
    """The order matters: no step may produce what an earlier one removes."""
    whole = _one_script(word)
    if "'" in whole:
        whole = _LOOSE_APOSTROPHE.sub("", whole)
    return _LONG_RUN.sub(r"\1", whole)


def words(text: str) -> tuple[str, ...]:
    """The words of `text`, normalised, in order."""
    lowered = _composed(_composed(text).casefold())
    return tuple(filter(None, map(_cleaned, lowered.translate(_TABLE).split())))


def fold(word: str) -> str:
    """A normalised word with each Kazakh letter replaced by its common substitute; Latin letters stay."""
    return word.translate(_SKELETON).replace("нг", "н")


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """A normalised word without what careless Kazakh and Russian spelling loses, doubled letters included."""
    if word.isascii():
        return word
    bare = fold(word)
    return _DOUBLE.sub(r"\1", bare) if len(bare) > _DOUBLES_UP_TO else bare


def is_cyrillic(word: str) -> bool:
    return not CYRILLIC.isdisjoint(word)


def is_latin(word: str) -> bool:
    return not LATIN.isdisjoint(word)


def _one_script(word: str) -> str:
    """A mixed-script word with Latin look-alikes turned Cyrillic, if that leaves a single script."""
    if _PLAIN_LATIN.isdisjoint(word) or not _LATIN_BESIDE_CYRILLIC.search(word):
        return word
    mended = word.translate(_LOOK_ALIKES)
    return word if is_latin(mended) else mended


_ENGLISH_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
_RUSSIAN_KEYS: Final = "йцукенгшщзхъфывапролджэячсмитьбю.ё"
_ENGLISH_SHIFTED: Final = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?~'
# The Kazakh layout is the Russian one with nine letters on the row of digits.
_KAZAKH_KEYS: Final = {
    "2": "ә", "3": "і", "4": "ң", "5": "ғ", "8": "ү", "9": "ұ", "0": "қ", "-": "ө", "=": "һ",
    "@": "ә", "#": "і", "$": "ң", "%": "ғ", "*": "ү", "(": "ұ", ")": "қ", "_": "ө", "+": "һ",
}  # fmt: skip

_TO_RUSSIAN: Final = str.maketrans(_ENGLISH_KEYS + _ENGLISH_SHIFTED, _RUSSIAN_KEYS + _RUSSIAN_KEYS)
_TO_KAZAKH: Final = _TO_RUSSIAN | str.maketrans(_KAZAKH_KEYS)
_TO_ENGLISH: Final = str.maketrans(_RUSSIAN_KEYS.replace(".", "/"), _ENGLISH_KEYS)

# The result becomes a skeleton, so letters may be approximate: i and y may be і, ы, и or й.
_LATIN_TO_CYRILLIC: Final = {
    "shch": "щ", "sch": "щ",
    "sh": "ш", "ch": "ч", "zh": "ж", "dzh": "ж", "dj": "ж", "kh": "х", "gh": "ғ", "ts": "ц", "tz": "ц",
    "ya": "я", "yu": "ю", "yo": "ё", "ye": "е", "ia": "я", "iu": "ю", "ja": "жа",
    "a'": "ә", "g'": "ғ", "i'": "и", "n'": "ң", "o'": "ө", "u'": "ү", "s'": "ш", "c'": "ч", "y'": "у",
    "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "қ", "r": "р", "s": "с", "t": "т",
    "u": "у", "v": "в", "w": "у", "x": "х", "y": "ы", "z": "з",
    "á": "ә", "ä": "ә", "à": "ә", "â": "ә", "é": "е", "è": "е", "ê": "е", "ë": "е",
    "ı": "ы", "í": "и", "ï": "и",
    "ī": "и", "ń": "ң", "ñ": "ң", "ň": "ң", "ŋ": "ң", "ó": "ө", "ö": "ө", "ô": "ө", "ú": "ү", "ü": "ү",
    "ū": "ұ",
    "ù": "ү", "û": "ү", "ý": "у", "ÿ": "ы", "ǵ": "ғ", "ğ": "ғ", "ģ": "ғ", "ş": "ш", "š": "ш", "ś": "ш",
    "ç": "ч", "ć": "ч", "č": "ч", "ž": "ж", "ż": "ж", "ź": "ж", "'": "",
}  # fmt: skip
_LATIN_LETTERS: Final = re.compile(
    "|".join(map(re.escape, sorted(_LATIN_TO_CYRILLIC, key=len, reverse=True)))
)


@lru_cache(maxsize=20_000)
def to_cyrillic(word: str) -> str:
    """A normalised Latin word in Kazakh or Russian spelling; other letters stay."""
    return _LATIN_LETTERS.sub(lambda found: _LATIN_TO_CYRILLIC[found[0]], word)


def layouts(text: str) -> tuple[str, ...]:
    """`text` as if typed in another keyboard layout: Russian, Kazakh, English; normalised."""
    lowered = text.casefold()
    return (
        normalise(text.translate(_TO_RUSSIAN)),
        normalise(text.translate(_TO_KAZAKH)),
        normalise(lowered.translate(_TO_ENGLISH)),
    )


SHORT: Final = 400  # characters; anything up to this is searched whole
MOST_WORDS: Final = 120  # half of them from the beginning, half from the end
LONGEST_WORD: Final = 60  # letters; none of our words is as long


def shortened(question: str) -> str:
    """The part of `question` to search. A story states its topic at the beginning or at the end."""
    if len(question) <= SHORT:
        return question
    words = [word[:LONGEST_WORD] for word in question.split()]
    half = MOST_WORDS // 2
    return " ".join(words if len(words) <= MOST_WORDS else [*words[:half], *words[-half:]])


_SENTENCES: Final = re.compile(r"(?<=[.?!…])\s+|\n+")
_AND_ALSO: Final = re.compile(
    r",?\s+(?:и еще|и ещё|а еще|а ещё|а также|и заодно|сондай-ақ|және тағы|тағы да|and also|also)\s+"
    r"|,?\s+(?:and|и|а|және|ал)\s+"
    r"(?=(?:where|how|what|when|где|куда|как|сколько|какие|қайда|қалай|қанша|қандай)\b)",
    re.IGNORECASE,
)


def clauses(text: str) -> tuple[str, ...]:
    """The parts of a message each of which asks something: its questions, or what "and also" joins."""
    asked = [part for part in _SENTENCES.split(text[:SHORT]) if "?" in part]
    parts = asked if len(asked) > 1 else _AND_ALSO.split(text[:SHORT])
    return tuple(part for part in parts if len(words(part)) > 1)


_PIECES: Final = re.compile(r"(?<=[.?!…])\s+|\n+|[,;:–—]\s+|\s-\s")


def pieces(text: str) -> tuple[str, ...]:
    """The sentences of a story and what commas separate; none if there is one. At most the last four."""
    found = [part for part in _PIECES.split(text) if len(part.split()) > 1]
    return tuple(found[-4:]) if len(found) > 1 else ()


_ASKED_BEFORE: Final = 0.85
_TOLD: Final = 0.55

Weights = tuple[float, ...]


def weights_of_words(text: str) -> Weights:
    """The weight of each word of `text`, 0 to 1: full in the sentence that asks, less in earlier questions,
    least in statements.
    """
    if not _SENTENCES.search(text):
        return ()
    sentences = [(part, count) for part in _SENTENCES.split(text) if (count := len(words(part)))]
    asking = [at for at, (part, _) in enumerate(sentences) if "?" in part] or [len(sentences) - 1]
    weight = dict.fromkeys(asking, _ASKED_BEFORE) | {asking[-1]: 1.0}
    return tuple(weight.get(at, _TOLD) for at, (_, count) in enumerate(sentences) for _ in range(count))


_BEFORE: Final = frozenset(["не", "ни", "нет", "без", "кроме", "no", "not", "without", "except"])
_AFTER: Final = frozenset(map(skeleton, ["емес", "жоқ", "жок", "нет"]))
_ENDINGS: Final = (
    *("сиз", "маиди", "меиди", "баиди", "беиди", "паиди", "пеиди", "мади", "меди", "бади", "беди", "пади"),
    *("педи", "маган", "меген", "баган", "беген", "паган", "пеген", "маимиз", "меимиз", "баимин", "беимин"),
)
_ADJECTIVES: Final = ("их", "ых", "ого", "его", "minor")
_BUT: Final = frozenset(["а", "но", "but", "ал", "бирак"])
_SHORTEST_DENYING: Final = 7  # letters: "балаларсыз", but not "сыз"
_NEAR: Final = 3
_SHORT: Final = 3  # letters of a preposition, which may stand between


def denied(words: Sequence[str], counts: Callable[[str], bool]) -> frozenset[int]:
    """The positions of the normalised words that the text denies; `counts`: whether a word means something by
    itself.
    """
    found: set[int] = set()
    for at, word in enumerate(words):
        bare = skeleton(word)
        if word in _BEFORE:
            found |= _after(words, at, counts)
        if bare in _AFTER and at and counts(words[at - 1]):
            found.add(at - 1)
        if bare.endswith(_ENDINGS) and len(bare) >= _SHORTEST_DENYING:
            found.add(at)
    return frozenset(found)


def _after(words: Sequence[str], at: int, counts: Callable[[str], bool]) -> set[int]:
    """What a word of denial at `at` denies: the next word that counts, an adjective with its noun."""
    for place in range(at + 1, min(at + 1 + _NEAR, len(words))):
        if words[place] in _BUT:
            break
        if counts(words[place]):
            with_noun = words[place].endswith(_ADJECTIVES) and place + 1 < len(words)
            return {place, place + 1} if with_noun else {place}
        if len(words[place]) > _SHORT:
            break
    return set()


def contrasted(
    words: Sequence[str], is_paper: Callable[[str], bool], names: Callable[[str], bool]
) -> frozenset[int]:
    """The positions of what is named only to be set aside for another thing: "не паспорт, а удостоверение",
    "не паспорт, права", "жеке куәлік емес, паспорт", "not the passport but the identity card".
    """
    found: set[int] = set()
    for at, word in enumerate(words):
        if word in {"не", "not"}:
            found |= _set_aside(words, at)
            if at + 2 < len(words) and is_paper(words[at + 1]) and any(map(names, words[at + 2 :])):
                found |= {at, at + 1}
        elif word == "емес" and 0 < at < len(words) - 1:
            found |= {at - 1, at}
    return frozenset(found)


def _set_aside(words: Sequence[str], at: int) -> set[int]:
    """What "не … а", "not … but" or "а не …" sets aside, with the words that do it."""
    ends = range(at + 2, min(at + 2 + _NEAR, len(words) - 1))
    if (end := next((place for place in ends if words[place] in {"а", "but"}), None)) is not None:
        return set(range(at, end + 1))
    if at > 1 and words[at - 1] == "а" and at + 1 < len(words):
        return {at - 1, at, at + 1}
    return set()


_CHOICE: Final = re.compile(
    r"\W*(?:номер|нөмір|number|the|вариант)?\s*([1-9])"
    r"\s?-?(?:й|я|е|ое|ый|ой|ші|шісі|нші|st|nd|rd)?\W*",
    re.IGNORECASE,
)


def typed_choice(text: str) -> int | None:
    """The number of "2", "№2", "2-ші", "номер 2"; None for any other text."""
    found = _CHOICE.fullmatch(text)
    return int(found[1]) if found else None
