"""Lists stand in the order of the Kazakh alphabet."""

from localisation.collation import in_order


def test_kazakh_letters_stand_at_their_places():
    words = [
        "Ұлт",
        "Қала",
        "Унаа",
        "Кала",
        "Әже",
        "Бала",
        "Ана",
        "Іс",
        "Ыдыс",
        "ID",
        "Өмір",
        "Он",
        "Һ",
        "Хат",
    ]
    assert sorted(words, key=in_order) == [
        *("ID", "Ана", "Әже", "Бала", "Кала", "Қала", "Он", "Өмір"),
        *("Унаа", "Ұлт", "Хат", "Һ", "Ыдыс", "Іс"),
    ]
