"""The guides of the registry: three languages, a source for each word, a size that one message takes."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import product

import pytest

from bot.views.answers.guide import GuideView
from bot.views.answers.labels import label_of
from kernel.language import Language
from localisation.translations import Translations
from registry_data.guide import Guide, GuideAudience, TrilingualText, load_guides
from registry_data.load import load_acts, load_cards

GUIDES = load_guides()
ACTS = {act.key: act for act in load_acts()}
CARDS = load_cards()
VIEW = GuideView(texts=Translations.load())

MESSAGE_LIMIT = 3500  # characters; Telegram takes 4096, the rest is left to a closing line and buttons
PARAGRAPH_LIMIT = 400  # characters
FEWEST_ALIASES = 3
KAZAKH_LETTERS = re.compile("[әғқңөұүһі]", re.IGNORECASE)
MIXED_WORD = re.compile(r"[^\W\d_]*(?:[a-z][а-яәғқңөұүһіё]|[а-яәғқңөұүһіё][a-z])[^\W\d_]*", re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")

each_language = pytest.mark.parametrize("language", Language)
IN_LANGUAGES = list(product(GUIDES, Language))


def texts(guide: Guide) -> Iterator[TrilingualText]:
    yield guide.names
    yield from guide.body
    yield from (contact.label for contact in guide.contacts)


def phrases(guide: Guide, language: Language) -> set[str]:
    return {
        one.casefold() for one in (guide.names.in_language(language), *guide.aliases.in_language(language))
    }


def test_every_audience_has_guides():
    assert {guide.audience for guide in GUIDES} == set(GuideAudience)


def test_guide_fits_one_message():
    lengths = {
        (guide.slug, language.value): len(TAG.sub("", VIEW.screen(guide, ACTS, language).text))
        for guide, language in IN_LANGUAGES
    }
    assert {place: length for place, length in lengths.items() if length >= MESSAGE_LIMIT} == {}


def test_paragraphs_are_short():
    long = [
        (guide.slug, language.value, number)
        for guide, language in IN_LANGUAGES
        for number, paragraph in enumerate(guide.body)
        if len(paragraph.in_language(language)) > PARAGRAPH_LIMIT
    ]
    assert long == []


def test_kazakh_text_has_kazakh_letters():
    plain = [
        (guide.slug, paragraph.kk)
        for guide in GUIDES
        for paragraph in guide.body
        if not KAZAKH_LETTERS.search(paragraph.kk)
    ]
    assert plain == []


def test_russian_text_has_kazakh_letters_only_in_form_names():
    mixed = [
        (guide.slug, text.ru)
        for guide in GUIDES
        for text in texts(guide)
        if KAZAKH_LETTERS.search(text.ru.replace("-мқ", ""))
    ]
    assert mixed == []


def test_no_word_mixes_latin_and_cyrillic_letters():
    mixed = [
        (guide.slug, found.group())
        for guide, language in IN_LANGUAGES
        for one in (*(text.in_language(language) for text in texts(guide)), *sorted(phrases(guide, language)))
        for found in MIXED_WORD.finditer(one)
    ]
    assert mixed == []


def test_guide_has_several_aliases():
    aliases = {
        (guide.slug, language.value): guide.aliases.in_language(language) for guide, language in IN_LANGUAGES
    }
    assert {place: found for place, found in aliases.items() if len(found) < FEWEST_ALIASES} == {}
    repeated = {
        place: found
        for place, found in aliases.items()
        if len({one.casefold() for one in found}) < len(found)
    }
    assert repeated == {}


@each_language
def test_guide_names_are_unique(language: Language):
    named = Counter(phrase for guide in GUIDES for phrase in phrases(guide, language))
    assert [phrase for phrase, times in named.items() if times > 1] == []


@each_language
def test_guide_names_do_not_clash_with_cards(language: Language):
    cards = {
        phrase.casefold()
        for card in CARDS
        for phrase in (card.names.in_language(language), *card.aliases.in_language(language))
    }
    assert [phrase for guide in GUIDES for phrase in phrases(guide, language) if phrase in cards] == []


def test_guide_slugs_do_not_clash_with_cards():
    assert {guide.slug for guide in GUIDES} & {card.slug for card in CARDS} == set()


def test_official_guides_cite_acts_only():
    uncited = [
        guide.slug
        for guide in GUIDES
        if guide.audience is GuideAudience.OFFICIAL
        and not all(paragraph.citation for paragraph in guide.body)
    ]
    assert uncited == []


def test_no_source_is_newer_than_its_guide():
    later = [
        (guide.slug, one.source.url)
        for guide in GUIDES
        for one in (*guide.body, *guide.contacts)
        if one.source and one.source.checked > guide.checked
    ]
    assert later == []


def test_no_repealed_act_is_cited():
    repealed = [
        (guide.slug, paragraph.citation.act)
        for guide in GUIDES
        for paragraph in guide.body
        if paragraph.citation and ACTS[paragraph.citation.act].repealed
    ]
    assert repealed == []


def test_guide_lists_the_services_of_its_form():
    """«Какие услуги проактивные» is answered by the cards themselves."""
    guide = next(guide for guide in GUIDES if guide.slug == "proactive-services")
    listed = [card for card in CARDS if guide.lists in (card.forms or ())]
    assert len(listed) > 10
    for language in Language:
        text = VIEW.screen(guide, ACTS, language, listed).text
        missing = [
            card.slug for card in listed if f"• {label_of(card, language)}" not in unescape(TAG.sub("", text))
        ]
        assert missing == []
        assert len(TAG.sub("", text)) < MESSAGE_LIMIT
