"""The guides of the registry: three languages, a source for each word, a size that one message takes."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.translations import Translations
from bot.views.guide import GuideView
from registry_data.guide import Audience, Guide, TrilingualText, load_guides
from registry_data.load import load_acts, load_cards
from registry_data.schema import Language

GUIDES = load_guides()
ACTS = {act.key: act for act in load_acts()}
CARDS = load_cards()
VIEW = GuideView(texts=Translations.load())

MESSAGE_LIMIT = 3500  # characters; Telegram takes 4096, the rest is left to a closing line and buttons
KAZAKH_LETTERS = re.compile("[әғқңөұүһі]", re.IGNORECASE)
MIXED_WORD = re.compile(r"[^\W\d_]*(?:[a-z][а-яәғқңөұүһіё]|[а-яәғқңөұүһіё][a-z])[^\W\d_]*", re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")

each_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
each_language = pytest.mark.parametrize("language", Language)


def texts(guide: Guide) -> Iterator[TrilingualText]:
    yield guide.names
    yield from guide.body
    yield from (contact.label for contact in guide.contacts)


def phrases(guide: Guide, language: Language) -> set[str]:
    return {
        one.casefold() for one in (guide.names.in_language(language), *guide.aliases.in_language(language))
    }


def test_there_are_guides_for_citizens_and_for_officials():
    assert {guide.audience for guide in GUIDES} == set(Audience)


@each_guide
@each_language
def test_a_guide_fits_one_message(guide: Guide, language: Language):
    assert len(TAG.sub("", VIEW.screen(guide, ACTS, language).text)) < MESSAGE_LIMIT


@each_guide
def test_a_paragraph_is_short(guide: Guide):
    for paragraph in guide.body:
        for language in Language:
            assert len(paragraph.in_language(language)) <= 400


@each_guide
def test_kazakh_text_has_kazakh_letters(guide: Guide):
    for paragraph in guide.body:
        assert KAZAKH_LETTERS.search(paragraph.kk), paragraph.kk


@each_guide
def test_russian_text_has_no_kazakh_letters_but_in_the_forms_names(guide: Guide):
    for text in texts(guide):
        assert not KAZAKH_LETTERS.search(text.ru.replace("-мқ", "")), text.ru


@each_guide
@each_language
def test_no_word_mixes_latin_and_cyrillic_letters(guide: Guide, language: Language):
    said = [text.in_language(language) for text in texts(guide)] + sorted(phrases(guide, language))
    assert [found.group() for one in said for found in MIXED_WORD.finditer(one)] == []


@each_guide
@each_language
def test_a_guide_has_several_ways_of_asking_for_it(guide: Guide, language: Language):
    aliases = guide.aliases.in_language(language)
    assert len(aliases) >= 3
    assert len({alias.casefold() for alias in aliases}) == len(aliases)


@each_language
def test_no_two_guides_are_called_the_same(language: Language):
    named = Counter(phrase for guide in GUIDES for phrase in phrases(guide, language))
    assert [phrase for phrase, times in named.items() if times > 1] == []


@each_language
def test_no_guide_takes_the_words_of_a_card(language: Language):
    cards = {
        phrase.casefold()
        for card in CARDS
        for phrase in (card.names.in_language(language), *card.aliases.in_language(language))
    }
    assert [phrase for guide in GUIDES for phrase in phrases(guide, language) if phrase in cards] == []


def test_no_guide_has_the_slug_of_a_card():
    assert {guide.slug for guide in GUIDES} & {card.slug for card in CARDS} == set()


@each_guide
def test_what_an_official_reads_comes_from_acts_alone(guide: Guide):
    if guide.audience is Audience.OFFICIAL:
        assert all(paragraph.citation for paragraph in guide.body)


@each_guide
def test_nothing_was_read_after_the_guide_was_checked(guide: Guide):
    sources = [one.source for one in (*guide.body, *guide.contacts) if one.source]
    assert all(source.checked <= guide.checked for source in sources)


@each_guide
def test_no_repealed_act_is_cited(guide: Guide):
    cited = [ACTS[paragraph.citation.act] for paragraph in guide.body if paragraph.citation]
    assert [act.key for act in cited if act.repealed] == []
