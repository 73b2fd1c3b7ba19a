import pytest

from knowledge.answer import Knowledge
from knowledge.language import QuestionLanguage
from registry_data.synonyms import Synonyms


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Куәлікті қалай аламын?", "kk"),
        ("куаликти калай аламын", "kk"),  # without Kazakh letters
        ("kualikti qalai alamyn", "kk"),  # in Latin
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
