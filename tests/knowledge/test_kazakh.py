import pytest

from knowledge.kazakh import harmonious, stem
from knowledge.typed_text import skeleton


@pytest.mark.parametrize(
    ("bare", "forms"),
    [
        # cases
        ("куәлік", "куәлікті куәлікке куәліктен куәліктің куәлікпен"),
        ("мектеп", "мектепке мектепте мектептен мектептің"),
        ("қала", "қалада қаладан қалаға қаланың"),
        ("пәтер", "пәтерге пәтерде пәтердің"),
        # plural, and plural with a case
        ("құжат", "құжаттар құжаттарды құжаттардың құжаттарға"),
        ("бала", "балалар балаларға балалардың"),
        # possessive, with voicing before it
        ("куәлік", "куәлігім куәлігімді куәлігіңіз"),
        ("мектеп", "мектебім мектебіміз"),
        ("бала", "балам балама балаңыз"),
        # verbs
        ("жоғалт", "жоғалту жоғалтып жоғалттым жоғалтқан жоғалтса"),
        ("ауыстыр", "ауыстыру ауыстырып ауыстырдым ауыстырайын ауыстыруға"),
        ("тіркел", "тіркелу тіркеліп тіркелген тіркелемін тіркелуге"),
        # derived words
        ("азамат", "азаматтық азаматтықтан"),
        ("мүгедек", "мүгедектік мүгедектікке"),
    ],
)
def test_endings_are_stripped(bare, forms):
    assert {form: stem(form) for form in forms.split()} == dict.fromkeys(forms.split(), skeleton(bare))


@pytest.mark.parametrize(
    "word", ["қала", "пәтер", "бала", "куәлік", "құжат", "мектеп", "азамат", "әке", "үй"]
)
def test_bare_word_is_unchanged(word):
    assert stem(word) == skeleton(word)


@pytest.mark.parametrize(
    ("exact", "plain"),
    [
        ("куәлікті", "куаликти"),
        ("құжаттарды", "кужаттарды"),
        ("мектепке", "мектепке"),
        ("жоғалттым", "жогалттым"),
    ],
)
def test_stem_ignores_missing_kazakh_letters(exact, plain):
    assert stem(exact) == stem(plain)


@pytest.mark.parametrize(
    ("rest", "ending", "agrees"),
    [
        ("бала", "ларды", True),
        ("бала", "лерді", False),
        ("мектеп", "тер", True),
        ("мектеп", "тар", False),
        ("куәлік", "ті", True),
        ("куәлік", "ты", False),
        ("ту", "ды", True),  # у goes with either
        ("ту", "ді", True),
        ("бала", "м", True),  # an ending without a vowel
        ("чс", "ны", False),  # no vowel to agree with
    ],
)
def test_ending_agrees_with_the_last_vowel(rest, ending, agrees):
    assert harmonious(rest, ending) is agrees


def test_stem_has_at_least_three_letters():
    assert stem("үйге") == skeleton("үйге")
