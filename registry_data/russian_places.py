"""Names of places in Russian cases: "Абайский район" becomes "Абайского района"."""

_NOUNS = {"область": ("области", "области"), "район": ("района", "району"), "город": ("города", "городу")}
_UNCHANGED = tuple("еиоуыэюё")


def genitive(name: str) -> str:
    """Of what: области Абай, Акмолинской области, Абайского района, города Семея."""
    return " ".join(_declined(name, 0))


def dative(name: str) -> str:
    """Along, for (по): области Абай, Акмолинской области, городу Астане."""
    return " ".join(_declined(name, 1))


def _declined(name: str, case: int) -> list[str]:
    first, *others = name.split(" ")
    if first in _NOUNS:
        return [_NOUNS[first][case], *(_proper(others, case) if first == "город" else others)]
    *adjectives, noun = first, *others
    return [*(_adjective(one, noun, case) for one in adjectives), _NOUNS.get(noun, (noun, noun))[case]]


def _proper(words: list[str], case: int) -> list[str]:
    """A city's own name in apposition; its last word is declined."""
    *before, last = words
    return [*before, _city(last, case)]


def _city(name: str, case: int) -> str:
    if name.endswith(("ый", "ий", "ой")):
        return name[:-2] + ("ого", "ому")[case]
    if name.endswith(_UNCHANGED):
        return name
    match name[-1]:
        case "а":
            return name[:-1] + (("и" if name[-2] in "гкхжшщч" else "ы"), "е")[case]
        case "ь":
            return name[:-1] + "и"
        case "й":
            return name[:-1] + ("я", "ю")[case]
        case _:
            return name + ("а", "у")[case]


def _adjective(word: str, noun: str, case: int) -> str:
    if noun == "область":
        return word.removesuffix("ая") + "ой"
    return word[:-2] + ("ого", "ому")[case] if word.endswith(("ий", "ый", "ой")) else word
