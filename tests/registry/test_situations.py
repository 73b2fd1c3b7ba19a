"""Each situation lists services that exist, under labels that fit a button."""

from kernel.language import Language
from registry_data.contents import load_registry
from registry_data.guide import load_guides
from registry_data.situations import load_situations


def test_every_listed_service_exists_and_stands_once():
    known = {card.slug for card in load_registry().cards} | {guide.slug for guide in load_guides()}
    wrong = {
        event.id: event.services
        for event in load_situations()
        if not set(event.services) <= known or len(set(event.services)) < len(event.services)
    }
    assert wrong == {}


def test_situations_have_different_names():
    events = load_situations()
    assert len({event.id for event in events}) == len(events)
    for language in Language:
        assert len({event.label.in_language(language) for event in events}) == len(events)


def test_every_service_has_a_label_of_its_own():
    subjects = (*load_registry().cards, *load_guides())
    assert [one.slug for one in subjects if one.label is None] == []
    for language in Language:
        labels = [one.label.in_language(language).casefold() for one in subjects if one.label]
        assert sorted(label for label in set(labels) if labels.count(label) > 1) == []
