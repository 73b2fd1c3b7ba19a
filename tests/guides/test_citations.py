"""A place in an act is well-formed, and written as each language writes it."""

import pytest
from pydantic import ValidationError

from kernel.language import Language
from registry_data.citation import Citation, point_in_language


@pytest.mark.parametrize(
    ("point", "kazakh", "russian"),
    [
        ("Art. 25", "25-бап", "статья 25"),
        ("Art. 25 ¶2", "25-бап, 2-тармақ", "статья 25, пункт 2"),
        ("Art. 19-1 ¶2", "19-1-бап, 2-тармақ", "статья 19-1, пункт 2"),
        ("Art. 4 ¶1 6)", "4-бап, 1-тармақ, 6) тармақша", "статья 4, пункт 1, подпункт 6)"),
        ("Art. 1 17-1)", "1-бап, 17-1) тармақша", "статья 1, подпункт 17-1)"),
        ("¶40–56", "40–56-тармақтар", "пункты 40–56"),
        ("¶57 1)–3)", "57-тармақ, 1)–3) тармақшалар", "пункт 57, подпункты 1)–3)"),
        ("Art. 19, 20", "19, 20-баптар", "статьи 19, 20"),
        ("Annex 1", "1-қосымша", "приложение 1"),
        ("Annex 2 ¶31–32", "2-қосымша, 31–32-тармақтар", "приложение 2, пункты 31–32"),
    ],
)
def test_point_is_written_in_kazakh_and_russian(point: str, kazakh: str, russian: str):
    assert point_in_language(point, Language.KK) == kazakh
    assert point_in_language(point, Language.RU) == russian


def test_paragraphs_of_a_code_are_parts():
    assert point_in_language("Art. 76 ¶2", Language.KK, in_parts=True) == "76-бап, 2-бөлік"
    assert point_in_language("Art. 136 ¶1, 6", Language.RU, in_parts=True) == "статья 136, части 1, 6"
    assert point_in_language("Art. 76 ¶2", Language.EN, in_parts=True) == "Art. 76 ¶2"


def test_point_is_unchanged_in_english():
    assert point_in_language("Art. 4 ¶1 6)", Language.EN) == "Art. 4 ¶1 6)"


@pytest.mark.parametrize(
    "point",
    [
        "",
        " ",
        "25",  # neither article nor point
        "Article 25",
        "Art. 25¶2",  # no space
        " Art. 25",
        "Art. 25 ",
        "¶2 Art. 25",  # the wrong order
        "¶40—56",  # an em dash is no range
        "Art. 4 ¶1 6",  # an item without its bracket
        "Annex",
        "Art. 25 ¶2\n",
    ],
)
def test_invalid_point_is_rejected(point: str):
    with pytest.raises(ValueError, match="a point is written"):
        point_in_language(point, Language.KK)
    with pytest.raises(ValidationError, match="a point is written"):
        Citation(act="law-88-V", point=point)
