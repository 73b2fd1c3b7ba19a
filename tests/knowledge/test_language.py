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
def test_the_language_of_a_question_is_told(knowledge, question, language):
    assert knowledge.ask(question).language is QuestionLanguage(language)


def test_without_word_lists_letters_alone_tell_kazakh():
    assert Knowledge((), synonyms=Synonyms()).ask("үй құжаты").language is QuestionLanguage.KK
