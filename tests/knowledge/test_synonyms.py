from collections import Counter

import pytest

from knowledge.typed_text import normalise
from registry_data.faults import FaultsError
from registry_data.synonyms import load_synonyms

LISTS = ("alike", "markers", "noise", "outside")


@pytest.fixture(scope="module")
def synonyms():
    return load_synonyms()


@pytest.mark.parametrize("name", LISTS)
def test_words_of_a_line_are_unique_and_not_empty(synonyms, name):
    for line in getattr(synonyms, name):
        read = Counter(map(normalise, line.words))
        assert "" not in read, line.reason
        assert max(read.values()) <= 2, (line.reason, read.most_common(1))  # ё and е may both be listed


def test_first_words_of_lines_are_unique(synonyms):
    names = Counter(line.words[0] for line in synonyms.alike)
    assert max(names.values()) == 1, names.most_common(3)


def test_no_synonym_line_is_all_noise(synonyms):
    noise = {normalise(word) for line in synonyms.noise for word in line.words}
    assert not [
        line.reason for line in synonyms.alike if all(normalise(word) in noise for word in line.words)
    ]


def test_every_aspect_has_cues_and_every_language_words(synonyms):
    assert len(synonyms.aspects) == 11
    assert len(synonyms.languages) == 3


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("alike: [{words: [a]}]", "alike.0.reason"),
        ("alike: [{words: [], reason: x}]", "alike.0.words"),
        ("noise: [{words: [a], reason: x, more: 1}]", "noise.0.more"),
        ("aspects: {price: []}", "aspects.price"),
        ("aspects: {fee: [{strength: 3, cues: [a]}]}", "aspects.fee.0.strength"),
    ],
)
def test_fault_names_file_and_key(tmp_path, text, key):
    path = tmp_path / "synonyms.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError) as raised:
        load_synonyms(path)
    assert [fault.file for fault in raised.value.faults] == ["synonyms.yaml"]
    assert raised.value.faults[0].key.startswith(key)
