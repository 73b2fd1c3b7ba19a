import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.typed_text import fold, normalise, skeleton, words

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)
NEAR_TEXT = st.text(alphabet="aceoабвгәі'’-ЁёЙйə123 \u0301\u0306İßﬁaаAАkKқҚ", max_size=60)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  ПРАВА,  потерял!!! ", "права потерял"),
        ("Куәлік жоғалды…", "куәлік жоғалды"),
        ("алооооо", "ало"),  # a letter held down
        ("1000000 теңге", "1000000 теңге"),  # digits are no letters
        ("ТОО-ның", "тоо ның"),
        ("Ау́ыл", "ауыл"),  # a stress mark
        ("й".encode().decode(), "й"),
        ("куəлік", "куәлік"),  # the Latin schwa
        ("пpава", "права"),  # a Latin p inside
        ("u'akyt g’oi", "u'akyt g'oi"),  # the older Kazakh Latin
        ("'quoted'", "quoted'"),
        ("об'ект", "обект"),
        ("\u202eправа\u202c\x00", "права"),
        ("🙂", ""),
        ("שלום", ""),
    ],
)
def test_normalisation_drops_insignificant_marks(typed, read):
    assert normalise(typed) == read


@given(ANY_TEXT)
def test_normalisation_is_idempotent(text):
    once = normalise(text)
    assert normalise(once) == once


@given(NEAR_TEXT)
def test_normalisation_of_mixed_scripts_is_idempotent(text):
    once = normalise(text)
    assert normalise(once) == once


@given(NEAR_TEXT)
def test_skeleton_has_no_kazakh_letters(text):
    assert not set(skeleton(normalise(text))) & set("әғқңөұүһі")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("куәлік", "куалик"),
        ("жәрдемақы", "жардемакы"),
        ("тіркеу", "тыркеу"),
        ("әлеуметтік", "алеуметтик"),
        ("сыныбы", "сыныби"),
        ("ребёнок", "ребенок"),
        ("объект", "обект"),
        ("таңғы", "тангы"),
        ("анна", "ана"),
    ],
)
def test_misspellings_share_a_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


def test_folding_keeps_doubled_letters():
    assert fold("құжаттар") == "кужаттар"
    assert skeleton("құжаттар") == "кужатар"


def test_punctuation_has_no_words():
    assert words(" ?!… ") == ()
