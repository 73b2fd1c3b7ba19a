import pytest

from knowledge.aspect import Aspect
from knowledge.cue_words import CueWords, pattern_of
from knowledge.typed_text import weights_of_words


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
        ("хочу получить статус кандаса", "how"),
        ("сократили с завода, сколько мне будут платить", "amount"),
        ("көпбалалы жәрдемақыға айына қанша ақша береді", "amount"),
        ("апостильдің ақшасы ше", "fee"),
        ("апостильдің құжаттары ше", "documents"),
        ("как получить удостоверение", "how"),
        ("права", "how"),
        ("", "how"),
    ],
)
def test_asked_aspect_is_recognised(knowledge, question, aspect):
    assert knowledge.ask(question).aspect is Aspect(aspect)


def test_last_sentence_of_a_story_decides(knowledge):
    told = "Купил машину, сколько денег отдал, вспоминать страшно. Где её поставить на учёт?"
    assert knowledge.ask(told).aspect is Aspect.WHERE


def test_question_sentence_outweighs_what_follows(knowledge):
    told = "Подскажите, сколько стоит загранпаспорт? Я живу у родителей, где прописан с детства."
    assert knowledge.ask(told).aspect is Aspect.FEE


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("", ()),
        ("один два", ()),  # one sentence: every word counts alike
        ("Бір. Екі үш?", (0.55, 1.0, 1.0)),
        ("Где? Потерял.", (1.0, 0.55)),
        ("Где? Как?", (0.85, 1.0)),
        ("Потерял. Нужна справка", (0.55, 1.0, 1.0)),
    ],
)
def test_words_of_the_asking_sentence_weigh_most(text, weights):
    assert weights_of_words(text) == weights


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("сколько мне примерно ждать паспорт", "term"),  # words between those of a cue
        ("что нужно сделать для прописки", "how"),  # "сделать" is not a paper
        ("нужен ли диплом для регистрации", "documents"),
        ("нужно ли менять паспорт после свадьбы", "how"),  # a verb comes between
        ("какую справкк принести на асп", "documents"),  # a mistyped word of a kind
        ("кому положена жилищная помощь", "eligibility"),
        ("где сделать апостиль и сколько стоит", "where"),  # of two questions the first
    ],
)
def test_cues_combine_word_classes(knowledge, question, aspect):
    assert knowledge.ask(question).aspect is Aspect(aspect)


def mistyped(word: str) -> set[str]:
    """Every way to mistype a word once after its first letter."""
    at = range(1, len(word))
    return {
        *(word[:one] + word[one + 1 :] for one in at),
        *(word[:one] + "ж" + word[one:] for one in at),
        *(word[:one] + "ж" + word[one + 1 :] for one in at),
        *(word[:one] + word[one + 1] + word[one] + word[one + 2 :] for one in at if one + 1 < len(word)),
    }


@pytest.mark.parametrize("cue", ["куда", "адрес", "справка", "документы"])
def test_cue_with_one_typo_is_recognised(cue: str):
    cues = CueWords([(pattern_of(cue),)], {}, known=lambda word: False)
    long_enough = {word for word in mistyped(cue) if len(word) >= 4}
    assert {word for word in long_enough if cues.matches(word)} == long_enough
