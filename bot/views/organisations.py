"""What organisations are called on buttons: what they are, and where; no two alike."""

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.request_context import RequestContext
from bot.views.text import LABEL_LIMIT, shorten
from kernel.language import Language
from registry_data.organisation_words import load_organisation_words
from registry_data.organisations import Organisation
from registry_data.regions import Region


def organisation_labels(
    organisations: Iterable[Organisation], regions: Mapping[str, Region], language: Language
) -> dict[str, str]:
    """A label of at most `LABEL_LIMIT` characters for each code; where two would be alike, both differ."""
    bodies = list(organisations)
    labels = {one.code: _label(one, regions, language) for one in bodies}
    times = Counter(labels.values())
    labels |= {
        one.code: shorten(one.names.in_language(language)) for one in bodies if times[labels[one.code]] > 1
    }
    return _numbered(labels)


def labelled(context: RequestContext, codes: Iterable[str]) -> list[tuple[str, str]]:
    """The codes with what their buttons say; a body that the registry no longer has is called by its code."""
    ordered, known = list(codes), context.catalogue.organisations
    bodies = [known[code] for code in ordered if code in known]
    labels = organisation_labels(bodies, context.catalogue.regions, context.language)
    return [(code, labels.get(code, code)) for code in ordered]


def _label(one: Organisation, regions: Mapping[str, Region], language: Language) -> str:
    words = load_organisation_words()
    short, region = words.label(one.kind), regions.get(one.region or "")
    if short is None or region is None:
        return shorten(words.shortened(one.names.in_language(language), language))
    district = region.district(one.district or "")
    places = [*([district.names] if district is not None else []), region.names]
    where = ", ".join(words.shortened(place.in_language(language), language) for place in places)
    return shorten(f"{short.in_language(language)} – {where}")


def _numbered(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels, with a number behind each one that came before."""
    times: Counter[str] = Counter()
    numbered = {}
    for code, label in labels.items():
        times[label] += 1
        again = times[label] > 1
        numbered[code] = f"{shorten(label, LABEL_LIMIT - 4)} {times[label]}" if again else label
    return numbered
