import pytest

from knowledge.typed_text import layouts, normalise, skeleton, to_cyrillic


@pytest.mark.parametrize(
    ("latin", "kazakh"),
    [
        # the alphabet of 2021
        ("qūjat", "құжат"), ("järdemaqy", "жәрдемақы"), ("aūystyru", "ауыстыру"), ("tölem", "төлем"),
        ("ğylym", "ғылым"),        ("şeşim", "шешім"), ("jaŋa", "жаңа"),
        # the draft of 2018 with acute letters, and that of 2017 with apostrophes
        ("kýálik", "куәлік"), ("ǵylym", "ғылым"), ("ju'mys", "жұмыс"), ("a'ke", "әке"), ("jan'a", "жаңа"),
        # plain chat spelling
        ("kualik", "куәлік"), ("zhumys", "жұмыс"), ("jumys", "жұмыс"), ("qandai", "қандай"),
        ("kandai", "қандай"),        ("shygaru", "шығару"), ("bolady", "болады"),
        # Russian
        ("spravka", "справка"), ("licenziya", "лицензия"), ("razreshenie", "разрешение"),
        ("yuridicheskiy", "юридический"),        ("shchit", "щит"), ("rozhdenie", "рождение"),
    ],
)  # fmt: skip
def test_latin_letters_are_read_as_kazakh_or_russian(latin, kazakh):
    assert skeleton(to_cyrillic(normalise(latin))) == skeleton(kazakh)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghfdf jnj,hfkb", "права отобрали"),  # Russian on English keys
        ("pfvtyf gfcgjhnf", "замена паспорта"),
        ("8q3v ;j0", "үйім жоқ"),  # Kazakh on English keys: the row of digits
        ("0fqlf n3hrtqv3p", "қайда тіркейміз"),
        ("re2k3r", "куәлік"),
        ("згыы", "puss"),  # English on Russian keys
        ("рудз", "help"),
    ],
)
def test_wrong_keyboard_layout_is_one_reading(typed, meant):
    assert meant in layouts(typed)
