import pytest

from kernel.language import Language
from knowledge.answer import Knowledge
from knowledge.language import QuestionLanguage
from registry_data.synonyms import Synonyms
from tests.each import each_case


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Куәлікті қалай аламын?", "kk"),
        ("куаликти калай аламын", "kk"),  # without Kazakh letters
        ("kualikti qalai alamyn", "kk"),  # in Latin
        ("кайда барам", "kk"),
        ("уй кезеги", "kk"),
        ("прописка жасату", "kk"),
        ("Как получить удостоверение личности?", "ru"),
        ("kak poluchit spravku", "ru"),
        ("rfr gjkexbnm cghfdre", "ru"),  # in the wrong layout
        ("How do I get an identity card?", "en"),
        ("Как поменять права, егер мерзімі өтіп кетсе", "mixed"),
        ("", "ru"),
        ("12345", "ru"),
    ],
)
def test_question_language_is_detected(knowledge, question, language):
    assert knowledge.ask(question).language is QuestionLanguage(language)


def test_kazakh_letters_suffice_without_word_lists():
    assert Knowledge((), synonyms=Synonyms()).ask("үй құжаты").language is QuestionLanguage.KK


def test_another_language_is_offered_only_for_a_message_plainly_in_it(knowledge):
    plain = {
        "как заменить водительские права": Language.RU,
        "Где можно получить справку о несудимости": Language.RU,
        "Куәлікті қалай аламын?": Language.KK,
        "куаликти калай аламын": Language.KK,
        "how do I get a passport": Language.EN,
        "кайда барам": Language.KK,
        "прописка": None,
        "паспорт": None,
        "прописка жасату": None,
        "как получить анықтама": None,
        "цон": None,
        "passport": None,
        "egov кіре алмаймын": None,
    }
    with each_case() as cases:
        for question, language in plain.items():
            with cases.case(question):
                words = knowledge.ask(question).words
                found = knowledge.plain_language(words)
                assert found is language or (language is None and found is Language.KK), (found, words)
                assert language is not None or found is not Language.RU
