import pytest

from knowledge.aspect import Aspect, words_of_last_sentence


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("куәлік алуға қандай құжаттар керек", "documents"),
        ("kandai kujattar kerek", "documents"),
        ("какие справки нужны на оружие", "documents"),
        ("what documents do I need for a passport", "documents"),
        ("апостиль неше күнде дайын болады", "term"),
        ("сколько ждать загранпаспорт", "term"),
        ("how long does a licence take", "term"),
        ("паспорт қанша тұрады", "fee"),
        ("сколько стоит поменять права", "fee"),
        ("is there a fee for an apostille", "fee"),
        ("туу туралы куәлікті қайдан аламын", "where"),
        ("куда идти за справкой о несудимости", "where"),
        ("where do I register a car", "where"),
        ("неге пропискадан бас тартты", "refusal"),
        ("почему отказали в пособии", "refusal"),
        ("why was my application rejected", "refusal"),
        ("өтінішім дайын ба", "status"),
        ("как проверить статус заявки на эцп", "status"),
        ("is my passport ready yet", "status"),
        ("шағым қайда жазамын", "complaint"),  # the complaint outweighs the place
        ("куда жаловаться на поликлинику", "complaint"),
        ("I want to complain about the clinic", "complaint"),
        ("как получить удостоверение", "how"),
        ("права", "how"),
        ("", "how"),
    ],
)
def test_the_part_that_is_asked_for_is_told(knowledge, question, aspect):
    assert knowledge.ask(question).aspect is Aspect(aspect)


def test_the_last_sentence_of_a_story_decides(knowledge):
    told = "Купил машину, сколько денег отдал, вспоминать страшно. Где её поставить на учёт?"
    assert knowledge.ask(told).aspect is Aspect.WHERE


@pytest.mark.parametrize(("text", "count"), [("", 0), ("Бір. Екі үш?", 2), ("один два", 2), ("Да!!!", 1)])
def test_words_of_the_last_sentence_are_counted(text, count):
    assert words_of_last_sentence(text) == count
