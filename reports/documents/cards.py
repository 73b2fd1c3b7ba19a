"""Documents made from a card: the citizen's memo, the list of main requirements, the receipt of refusal.
Pure.
"""

from collections.abc import Iterable
from datetime import date

from kernel.language import Language
from localisation.formats import numeric_day
from registry_data.acts import Act
from registry_data.document_texts import DocumentTexts, load_document_texts
from registry_data.schema import Fee, Item, ServiceCard, ServiceChannel, ServiceTerm
from registry_data.staleness import act_has_lapsed
from reports.documents.model import DataSheet, RefusalReceipt

_ACCEPTING = (ServiceChannel.PROVIDER, ServiceChannel.GOV_CORPORATION, ServiceChannel.ABROAD_MISSION)
_PORTALS = (ServiceChannel.EGOV_PORTAL, ServiceChannel.ELICENSE_PORTAL, ServiceChannel.EGOV_MOBILE)
_SIGNATURES = ("sign_employee", "sign_maker", "sign_phone", "sign_taker", "sign_date")


def memo(card: ServiceCard, act: Act | None, language: Language) -> DataSheet:
    """How to get the service, following the list of Order 126 ¶11."""
    labels = load_document_texts("memo", language)
    site = (card.provider_site,) if card.provider_site else ()
    provider = (*_texts((card.provider, card.schedule), language), *site)
    rows = (
        (labels("provider"), provider),
        (labels("accepts"), _channels(card, _ACCEPTING, labels)),
        (labels("portal"), _channels(card, _PORTALS, labels)),
        (labels("term"), _terms(card, labels)),
        (labels("documents"), _items(card.documents, language)),
        (labels("result"), _texts((card.result,), language)),
        (labels("contact"), (labels("contact_number"),)),
    )
    return DataSheet(
        title=labels("memo_title"),
        subtitle=card.names.in_language(language),
        rows=rows,
        notes=_notes(card, act, labels),
        missing=labels("missing"),
    )


def requirements(card: ServiceCard, act: Act | None, language: Language) -> DataSheet:
    """The list required by Law 88-V Art. 14 3-1); what the card lacks is marked and counted."""
    labels = load_document_texts("memo", language)
    rows = (
        (labels("name"), (card.names.in_language(language),)),
        (labels("provider_name"), _texts((card.provider,), language)),
        (labels("ways"), _channels(card, tuple(ServiceChannel), labels)),
        (labels("term"), _terms(card, labels)),
        (labels("form"), tuple(labels(f"form_{form.value}") for form in card.forms or ())),
        (labels("result"), _texts((card.result,), language)),
        (labels("fee"), _fees(card, labels)),
        (labels("schedule"), _texts((card.schedule,), language)),
        (labels("papers"), _items(card.documents, language)),
        (labels("refusal"), _items(card.refusal_grounds, language)),
    )
    lacking = sum(not values for _, values in rows)
    notes = (labels("lacks", count=lacking), *_notes(card, act, labels))
    return DataSheet(
        title=labels("requirements_title"),
        subtitle=card.names.in_language(language),
        rows=rows,
        notes=notes,
        missing=labels("missing"),
    )


def receipt(card: ServiceCard, missing: Iterable[int], language: Language) -> RefusalReceipt:
    """The receipt with the missing papers, given by their numbers on the card, from 1.

    Raises ValueError for a number not on the card, or for no number at all.
    """
    labels = load_document_texts("receipt", language)
    papers = _items(card.documents, language)
    numbers = tuple(dict.fromkeys(missing))
    if not numbers or not all(1 <= number <= len(papers) for number in numbers):
        raise ValueError(f"the card has papers 1 to {len(papers)}")
    return RefusalReceipt(
        **{key: labels(key) for key in ("form_mark", "to", "to_hint", "address", "address_hint", "title")},
        body=labels("body", service=card.names.in_language(language)),
        missing_head=labels("missing_head"),
        missing=tuple(papers[number - 1] for number in numbers),
        end=labels("end"),
        copies=labels("copies"),
        signatures=tuple(labels(key) for key in _SIGNATURES),
    )


def required_documents(card: ServiceCard, language: Language) -> tuple[str, ...]:
    """The card's papers in order, worded for the receipt."""
    return _items(card.documents, language)


def _texts(texts: Iterable[object], language: Language) -> tuple[str, ...]:
    return tuple(text.in_language(language) for text in texts if text is not None)  # type: ignore[attr-defined]


def _items(items: tuple[Item, ...] | None, language: Language) -> tuple[str, ...]:
    found = []
    for one in items or ():
        when = f" ({one.when.in_language(language)})" if one.when is not None else ""
        found.append(f"{one.in_language(language)}{when}")
    return tuple(found)


def _channels(
    card: ServiceCard, wanted: tuple[ServiceChannel, ...], labels: DocumentTexts
) -> tuple[str, ...]:
    return tuple(labels(f"channel_{one.value}") for one in card.channels or () if one in wanted)


def _terms(card: ServiceCard, labels: DocumentTexts) -> tuple[str, ...]:
    return tuple(_term(one, labels) for one in card.term or ())


def _term(one: ServiceTerm, labels: DocumentTexts) -> str:
    when = f" – {one.when.in_language(labels.language)}" if one.when is not None else ""
    return f"{labels(f'unit_{one.unit.value}', amount=one.amount)}{when}"


def _fees(card: ServiceCard, labels: DocumentTexts) -> tuple[str, ...]:
    if card.fee == ():
        return (labels("free"),)
    return tuple(_fee(one, labels) for one in card.fee or ())


def _fee(one: Fee, labels: DocumentTexts) -> str:
    unit, figure = next(
        (unit, figure)
        for unit, figure in (("mrp", one.mrp), ("kzt", one.kzt), ("percent", one.percent))
        if figure is not None
    )
    what = ": ".join(text.in_language(labels.language) for text in (one.when, one.what) if text is not None)
    return " – ".join(part for part in (labels(unit, amount=f"{figure:g}"), what) if part)


def _notes(card: ServiceCard, act: Act | None, labels: DocumentTexts) -> tuple[str, ...]:
    return (*_lapsed(card, act, labels), *_source(card, act, labels))


def _lapsed(card: ServiceCard, act: Act | None, labels: DocumentTexts) -> tuple[str, ...]:
    """That the service or its act is no more; a repeal still to come is told with its date."""
    if card.lapsed is not None:
        return (labels("lapsed", what=card.lapsed.in_language(labels.language)),)
    if act is None or not act_has_lapsed(act, date.max):
        return ()
    since = numeric_day(act.repealed) if act.repealed is not None else ""
    return (labels("lapsed_act", number=act.number, since=since),)


def _source(card: ServiceCard, act: Act | None, labels: DocumentTexts) -> tuple[str, ...]:
    if act is None:
        return ()
    version = numeric_day(card.version) if card.version is not None else labels("wording_unknown")
    title = f"{act.title.in_language(labels.language)}, {act.number}"
    return (labels("source", act=title, version=version),)
