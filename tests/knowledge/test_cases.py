import pytest

from knowledge.aspect import Aspect
from knowledge.cases import cases_numbered, cases_of, numbers_of
from knowledge.typed_text import words
from knowledge.wording import NumberReader
from registry_data.synonyms import load_synonyms


@pytest.fixture
def card(cards):
    return lambda slug: next(card for card in cards if card.slug == slug)


@pytest.mark.parametrize(
    ("part", "question", "case"),
    [
        ("identity-card-passport/documents", "удостоверение жоғалтып алдым, құжаттар", "при утере"),
        ("identity-card-passport/documents", "украли удостак что нести", "если документ украден"),
        ("identity-card-passport/documents", "фамилиямды ауыстырдым", "при смене ФИО или других данных"),
        ("identity-card-passport/fee", "паспорт ребенку сколько стоит",
         "паспорт на 24 страницы (детям до 16 лет)"),
        ("driving-licence/documents", "прав срок истек", "если истёк срок удостоверения"),
        ("driving-licence/documents", "шетелдік праваны ауыстыру",
         "при обмене иностранного удостоверения по Венской конвенции"),
    ],
)  # fmt: skip
def test_question_words_choose_the_case(knowledge, card, part, question, case):
    slug, aspect = part.split("/")
    matched = knowledge.cases(card(slug), question, Aspect(aspect)).matched
    assert case in [text.ru for text in matched]


def test_question_without_a_case_offers_all_cases(knowledge, card):
    choice = knowledge.cases(card("identity-card-passport"), "куәлік алуға қандай құжаттар", Aspect.DOCUMENTS)
    assert choice.matched == ()
    assert choice.keys == frozenset()
    assert len(choice.all) == len({case.kk for case in choice.all}) > 5


def test_special_case_keeps_the_general_one(knowledge, card):
    """A card lost once costs the ordinary fee, not that of one lost more than twice in a year."""
    choice = knowledge.cases(card("identity-card-passport"), "куәлік жоғалды", Aspect.FEE)
    matched = [case.ru for case in choice.matched]
    assert "удостоверение личности в остальных случаях (утеря, порча, смена данных)" in matched
    assert "паспорт на 48 страниц" not in matched


def test_urgency_selects_the_urgent_cases(knowledge, card):
    choice = knowledge.cases(card("identity-card-passport"), "паспорт керек срочно", Aspect.TERM)
    assert choice.matched
    assert "в общем порядке" not in [case.ru for case in choice.matched]


def test_only_what_happened_again_selects_its_case(knowledge, card):
    for question, again in (("куәлігімді жоғалтып алдым", False), ("жыл ішінде үшінші рет жоғалттым", True)):
        matched = knowledge.cases(card("identity-card-passport"), question, Aspect.FEE).matched
        assert (
            "удостоверение личности при утере более двух раз за год" in [one.ru for one in matched]
        ) is again


def test_every_aspect_has_its_cases_and_how_has_all(knowledge, card):
    whole = knowledge.cases(card("driving-licence"), "", Aspect.HOW).all
    parts = [
        knowledge.cases(card("driving-licence"), "", aspect).all
        for aspect in (Aspect.DOCUMENTS, Aspect.TERM, Aspect.FEE)
    ]
    assert {case.kk for case in whole} == {case.kk for part in parts for case in part}
    assert knowledge.cases(card("driving-licence"), "", Aspect.WHERE).all == ()


def test_keys_are_the_kazakh_texts(knowledge, card):
    choice = knowledge.cases(card("identity-card-passport"), "потерял удостоверение", Aspect.DOCUMENTS)
    assert choice.keys == {case.kk for case in choice.matched} != set()


@pytest.mark.parametrize(
    ("part", "question", "denied"),
    [
        ("divorce-registration/fee", "развод, если муж против, двое детей", "взаимному согласию"),
        ("birth-registration/fee", "как получить свидетельство о рождении", "изменением"),
        ("identity-card-passport/fee", "не паспорт, а удостоверение, сколько платить", "паспорт"),
        ("identity-card-passport/fee", "потерял паспорт, сколько стоит новый", "удостоверение"),
        ("identity-card-passport/fee", "паспорт керек, жеке куәлік емес", "удостоверение"),
        ("identity-card-passport/documents", "потерял удостоверение, что нести", "за границей"),
    ],
)
def test_case_that_the_question_speaks_against_is_not_chosen(knowledge, card, part, question, denied):
    slug, aspect = part.split("/")
    matched = knowledge.cases(card(slug), question, Aspect(aspect)).matched
    assert not [text.ru for text in matched if denied in text.ru]


def test_choice_covers_every_part_of_the_card(knowledge, card):
    passport = card("identity-card-passport")
    chosen = knowledge.cases_everywhere(passport, "потерял паспорт, сколько стоит новый")
    by_kk = {case.kk: case.ru for case in cases_of(passport, Aspect.HOW)}
    assert {"при утере", "паспорт на 36 страниц"} <= {by_kk[kk] for kk in chosen}


def test_numbers_lead_back_to_the_cases(card):
    passport = card("identity-card-passport")
    keys = {cases_of(passport, Aspect.FEE)[2].kk, cases_of(passport, Aspect.DOCUMENTS)[4].kk}
    assert cases_numbered(passport, numbers_of(passport, keys)) == keys
    assert cases_numbered(passport, (-1, 1000)) == frozenset()


@pytest.mark.parametrize(
    ("part", "question", "cases"),
    [
        ("identity-card-passport/fee", "сыну 5 лет, сколько стоит паспорт",
         ["паспорт на 24 страницы (детям до 16 лет)"]),
        ("identity-card-passport/fee", "пятилетнему паспорт почём",
         ["паспорт на 24 страницы (детям до 16 лет)"]),
        ("identity-card-passport/fee", "12 жасар қызыма төлқұжат қанша",
         ["паспорт на 24 страницы (детям до 16 лет)"]),
        ("identity-card-passport/fee", "how much is a passport for my 3 year old",
         ["паспорт на 24 страницы (детям до 16 лет)"]),
        ("identity-card-passport/fee", "мне 30 лет, сколько стоит паспорт",
         ["паспорт на 36 страниц", "паспорт на 48 страниц"]),
        ("identity-card-passport/fee", "живу тут 5 лет, почём паспорт на 48 страниц",
         ["паспорт на 48 страниц"]),
        ("vehicle-plate-duplicate/fee", "потерял один гос номер, сколько стоит", ["1 номерной знак"]),
        ("vehicle-plate-duplicate/fee", "екеуін де қайта жасату қанша", ["2 номерных знака"]),
        ("security-activity-licence/fee", "лицензия на охрану переоформить цена",
         ["переоформление (10 % ставки)"]),
    ],
)  # fmt: skip
def test_ages_and_numbers_choose_the_case(knowledge, card, part, question, cases):
    slug, aspect = part.split("/")
    matched = knowledge.cases(card(slug), question, Aspect(aspect)).matched
    assert [text.ru for text in matched] == cases


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("сыну 5 лет", (5,)), ("дочке исполнилось 16", (16,)), ("пятилетнему", (5,)),
        ("он алты жаста", (16,)),
        ("балам 61ге толды", (61,)), ("5-year-old son", (5,)), ("older than 45", (45,)),
        ("she turns 16", (16,)),
        ("паспорт на 10 лет", ()), ("через 2 года", ()), ("5 лет назад", ()), ("машина 2019 года", ()),
    ],
)  # fmt: skip
def test_ages_are_no_lengths_of_time(text, ages):
    assert NumberReader(load_synonyms().quantities).ages(words(text)) == ages
