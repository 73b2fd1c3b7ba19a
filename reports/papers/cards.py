"""Papers of a card: the citizen's memo, the list of main requirements, the receipt of refusal; pure."""

from collections.abc import Iterable

from registry_data.acts import Act
from registry_data.paper_words import Words, load_words
from registry_data.schema import Channel, Fee, Item, Language, ServiceCard, ServiceTerm
from reports.papers.model import Receipt, Sheet

_ACCEPTING = (Channel.PROVIDER, Channel.GOV_CORPORATION, Channel.ABROAD_MISSION)
_PORTALS = (Channel.EGOV_PORTAL, Channel.ELICENSE_PORTAL, Channel.EGOV_MOBILE)
_SIGNATURES = ("sign_employee", "sign_maker", "sign_phone", "sign_taker", "sign_date")


def memo(card: ServiceCard, act: Act | None, language: Language) -> Sheet:
    """How to get the service, by the list of Order 126 ¶11."""
    words = load_words("memo", language)
    provider = _texts((card.provider, card.schedule), language)
    rows = (
        (words("provider"), provider),
        (words("accepts"), _channels(card, _ACCEPTING, words)),
        (words("portal"), _channels(card, _PORTALS, words)),
        (words("term"), _terms(card, words)),
        (words("documents"), _items(card.documents, language)),
        (words("result"), _texts((card.result,), language)),
        (words("contact"), (words("contact_number"),)),
    )
    return Sheet(
        title=words("memo_title"),
        subtitle=card.names.in_language(language),
        rows=rows,
        notes=_notes(card, act, words),
        missing=words("missing"),
    )


def requirements(card: ServiceCard, act: Act | None, language: Language) -> Sheet:
    """The list of Law 88-V Art. 14 3-1), with what the card lacks of it marked and counted."""
    words = load_words("memo", language)
    rows = (
        (words("name"), (card.names.in_language(language),)),
        (words("provider_name"), _texts((card.provider,), language)),
        (words("ways"), _channels(card, tuple(Channel), words)),
        (words("term"), _terms(card, words)),
        (words("form"), tuple(words(f"form_{form.value}") for form in card.forms or ())),
        (words("result"), _texts((card.result,), language)),
        (words("fee"), _fees(card, words)),
        (words("schedule"), _texts((card.schedule,), language)),
        (words("papers"), _items(card.documents, language)),
        (words("refusal"), _items(card.refusal_grounds, language)),
    )
    lacking = sum(not values for _, values in rows)
    notes = (words("lacks", count=lacking), *_notes(card, act, words))
    return Sheet(
        title=words("requirements_title"),
        subtitle=card.names.in_language(language),
        rows=rows,
        notes=notes,
        missing=words("missing"),
    )


def receipt(card: ServiceCard, missing: Iterable[int], language: Language) -> Receipt:
    """The receipt with the missing papers, by their numbers on the card from 1.

    Raises ValueError for a number that is on no paper of the card, or for none at all.
    """
    words = load_words("receipt", language)
    papers = _items(card.documents, language)
    numbers = tuple(dict.fromkeys(missing))
    if not numbers or not all(1 <= number <= len(papers) for number in numbers):
        raise ValueError(f"the card has papers 1 to {len(papers)}")
    return Receipt(
        **{key: words(key) for key in ("form_mark", "to", "to_hint", "address", "address_hint", "title")},
        body=words("body", service=card.names.in_language(language)),
        missing_head=words("missing_head"),
        missing=tuple(papers[number - 1] for number in numbers),
        end=words("end"),
        copies=words("copies"),
        signatures=tuple(words(key) for key in _SIGNATURES),
    )


def papers_of(card: ServiceCard, language: Language) -> tuple[str, ...]:
    """The card's papers in their order, as the receipt names them."""
    return _items(card.documents, language)


def _texts(texts: Iterable[object], language: Language) -> tuple[str, ...]:
    return tuple(text.in_language(language) for text in texts if text is not None)  # type: ignore[attr-defined]


def _items(items: tuple[Item, ...] | None, language: Language) -> tuple[str, ...]:
    found = []
    for one in items or ():
        when = f" ({one.when.in_language(language)})" if one.when is not None else ""
        found.append(f"{one.in_language(language)}{when}")
    return tuple(found)


def _channels(card: ServiceCard, wanted: tuple[Channel, ...], words: Words) -> tuple[str, ...]:
    return tuple(words(f"channel_{one.value}") for one in card.channels or () if one in wanted)


def _terms(card: ServiceCard, words: Words) -> tuple[str, ...]:
    return tuple(_term(one, words) for one in card.term or ())


def _term(one: ServiceTerm, words: Words) -> str:
    when = f" – {one.when.in_language(words.language)}" if one.when is not None else ""
    return f"{words(f'unit_{one.unit.value}', amount=one.amount)}{when}"


def _fees(card: ServiceCard, words: Words) -> tuple[str, ...]:
    if card.fee == ():
        return (words("free"),)
    return tuple(_fee(one, words) for one in card.fee or ())


def _fee(one: Fee, words: Words) -> str:
    amount = (
        words("mrp", amount=f"{one.mrp:g}") if one.mrp is not None else words("kzt", amount=f"{one.kzt:g}")
    )
    what = f" – {one.what.in_language(words.language)}" if one.what is not None else ""
    return f"{amount}{what}"


def _notes(card: ServiceCard, act: Act | None, words: Words) -> tuple[str, ...]:
    if act is None:
        return ()
    version = f"{card.version:%d.%m.%Y}" if card.version is not None else words("wording_unknown")
    title = f"{act.title.in_language(words.language)}, {act.number}"
    return (words("source", act=title, version=version),)
