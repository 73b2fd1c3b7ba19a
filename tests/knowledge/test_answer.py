from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answer import Knowledge
from knowledge.aspect import Aspect
from knowledge.language import QuestionLanguage
from knowledge.subject import Found, QuestionReply
from tests.each import each_case


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("замена прав", "driving-licence"),
        ("куәлік жоғалды", "identity-card-passport"),
        ("удостак потерял", "identity-card-passport"),
        ("kualik auystyru", "identity-card-passport"),
        ("cghfdrf j ytcelbvjcnb", "criminal-record-certificate"),
        ("паспорт", "identity-card-passport"),  # nothing says "abroad": the common one
        ("свидетельство о рождении", "birth-registration"),
        ("ребенок родился в Германии, свидетельство в посольстве", "birth-registration-abroad"),
        ("первый раз на права после автошколы", "driving-licence-first"),
        ("ИП ашу", "individual-entrepreneur-registration"),
        ("тоо тіркеу", "legal-entity-registration"),
    ],
)
def test_everyday_words_find_the_service(knowledge, question, slug):
    reply = knowledge.ask(question)
    assert reply.found[0].slug == slug
    assert reply.near


def test_clear_question_has_a_confident_answer(knowledge):
    assert knowledge.ask("потерял права, как восстановить").confident


@pytest.mark.parametrize(
    "question",
    ["Привет, как дела?", "какая завтра погода в Алматы", "рецепт плова на казане", "курс доллара",
     "thank you", "фывапролдж", "сен роботсың ба", "12345", "😀😀😀",
     "что думаешь о президенте", "доставка пиццы"],
)  # fmt: skip
def test_question_without_a_card_has_no_confident_answer(knowledge, question):
    assert not knowledge.ask(question).confident


def test_empty_question_finds_nothing(knowledge):
    reply = knowledge.ask("🙂 \x00")
    assert (reply.found, reply.near, reply.confident, reply.words) == ((), False, False, ())


def test_at_most_five_results_best_first_scored_0_to_100(knowledge):
    scores = [found.score for found in knowledge.ask("лицензия на алкоголь в магазине").found]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_guide_is_found_among_services(knowledge):
    found = knowledge.ask("как пожаловаться на чиновника по закону о госуслугах").found
    assert any(one.kind == "guide" for one in found)


def test_same_question_has_the_same_answer(knowledge):
    assert knowledge.ask("балага жардемакы") == knowledge.ask("балага жардемакы")


def test_empty_registry_finds_nothing():
    assert Knowledge(()).ask("паспорт").found == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_answered(knowledge, text):
    assert knowledge.ask(text).aspect in Aspect


@pytest.mark.parametrize(
    ("question", "aspect"),
    [("а сколько стоит?", "fee"), ("құжаттар?", "documents"), ("ал мерзімі?", "term"),
     ("а куда идти?", "where"), ("how much is it?", "fee"), ("неше күнде?", "term"),
     ("а если откажут?", "refusal"), ("қайда барамын?", "where")],
)  # fmt: skip
def test_short_question_after_a_card_refers_to_it(knowledge, question, aspect):
    reply = knowledge.ask(question, about="driving-licence")
    assert (reply.follow_up, reply.found[0].slug, reply.aspect) == (True, "driving-licence", Aspect(aspect))
    assert reply.confident


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("а сколько стоит загранпаспорт?", "identity-card-passport"),
        ("ИП жабуға қандай құжаттар?", "individual-entrepreneur-closure"),
        ("а апостиль сколько стоит?", "apostille"),
    ],
)
def test_question_naming_another_service_leaves_the_last_card(knowledge, question, slug):
    reply = knowledge.ask(question, about="driving-licence")
    assert (reply.follow_up, reply.found[0].slug) == (False, slug)


def test_follow_up_may_name_papers_ages_and_what_the_card_mentions(knowledge):
    with each_case() as cases:
        for question, about in (
            ("какие справки нужны", "conscription-deferment"),
            ("which certificates are needed", "conscription-deferment"),
            ("мне 58, что готовить из документов", "old-age-pension"),
            ("сколько рассматривают заявление", "land-plot-queue"),
            ("и быстро сделают?", "identity-card-passport"),
        ):
            with cases.case(question):
                reply = knowledge.ask(question, about=about)
                assert (reply.follow_up, reply.found[0].slug) == (True, about)


def test_marker_alone_means_the_twin_of_the_last_card(knowledge):
    with each_case() as cases:
        for question, about, twin in (
            ("а если на полгода только", "residence-registration", "temporary-residence-registration"),
            ("уақытша болса ше", "residence-registration", "temporary-residence-registration"),
            ("а для иностранца", "residence-registration", "foreign-resident-registration"),
            ("ал жоғалтып алсам ше", "birth-registration", "civil-status-duplicate-certificate"),
        ):
            with cases.case(question):
                reply = knowledge.ask(question, about=about)
                assert (reply.confident, reply.found[0].slug) == (True, twin)


def test_short_question_without_a_last_card_is_no_follow_up(knowledge):
    assert not knowledge.ask("а сколько стоит?").follow_up
    assert not knowledge.ask("а сколько стоит?", about="no-such-card").follow_up


def test_thanks_after_a_card_is_no_follow_up(knowledge):
    assert not knowledge.ask("рахмет", about="driving-licence").follow_up


@pytest.mark.parametrize("noise", ["{{ 7 * 7 }}", "а" * 4096, "12345678901", "🙂", "x y z"])
def test_digits_and_lone_letters_find_nothing(knowledge, noise):
    reply = knowledge.ask(noise)
    assert reply.found == ()
    assert not reply.near


@pytest.mark.parametrize(
    "question",
    [
        *("документы?", "сколько стоит?", "құжаттар?", "қанша тұрады", "где получить", "а сколько ждать"),
        *(
            "kansha turady",
            "how much does it cost",
            "what documents do I need",
            "мерзімі қанша",
            "онлайн бола ма",
        ),
        *("какие документы нужны", "қайда барамын", "срок", "адрес", "crjkmrj cnjbn", "какие сроки"),
    ],
)
def test_aspect_without_a_service_is_unnamed(knowledge, question):
    reply = knowledge.ask(question)
    assert (reply.unnamed, reply.confident, reply.near) == (True, False, False)


@pytest.mark.parametrize(
    "question",
    [
        "сколько стоит паспорт",
        "куда жаловаться",
        "почему отказали",
        "как дела",
        "пенсия",
        "помогите оформить пособие",
    ],
)
def test_question_naming_something_is_not_unnamed(knowledge, question):
    assert not knowledge.ask(question).unnamed


@pytest.mark.parametrize(
    ("question", "about", "slug"),
    [
        ("праваның мерзими битти ауыстыру канша турады", "burial-payment", "driving-licence"),
        ("а права поменять сколько стоит", "kindergarten-queue", "driving-licence"),
        ("прописка канша турады", "identity-card-passport", "residence-registration"),
        ("а развод сколько", "marriage-registration", "divorce-registration"),
    ],
)
def test_new_question_is_no_follow_up(knowledge, question, about, slug):
    reply = knowledge.ask(question, about=about)
    assert (reply.follow_up, reply.found[0].slug) == (False, slug)


@pytest.mark.parametrize(
    ("question", "slug", "aspect"),
    [
        ("зейнетакы канша болады", "old-age-pension", "amount"),
        ("сколько платят на похороны", "burial-payment", "amount"),
        ("во сколько лет мужчины выходят на пенсию", "old-age-pension", "age"),
        ("имею ли я право на адресную помощь", "social-assistance-asp", "eligibility"),
        ("адресная помощь оформить платно?", "social-assistance-asp", "fee"),
        ("сколько стоит паспорт", "identity-card-passport", "fee"),
    ],
)
def test_amount_age_and_eligibility_are_parts_of_their_own(knowledge, question, slug, aspect):
    reply = knowledge.ask(question)
    assert (reply.found[0].slug, reply.aspect) == (slug, Aspect(aspect))


@pytest.mark.parametrize(
    ("question", "aspects"),
    [
        ("потерял права, какие документы и сколько стоит", ["documents", "fee"]),
        ("куәлік алу қанша тұрады және неше күн", ["fee", "term"]),
        ("what papers do i need for a passport and how long does it take", ["documents", "term"]),
        ("паспорт какие документы", ["documents"]),
    ],
)
def test_two_parts_are_answered_in_turn(knowledge, question, aspects):
    assert [aspect.value for aspect in knowledge.ask(question).aspects] == aspects


def test_each_part_of_a_sure_answer_is_a_reply():
    reply = QuestionReply(
        language=QuestionLanguage.RU,
        aspect=Aspect.FEE,
        aspects=(Aspect.DOCUMENTS, Aspect.FEE),
        confident=True,
        near=True,
        follow_up=False,
        unnamed=False,
        found=(Found(slug="a", kind="service", score=90),),
        words=(),
    )
    assert [one.aspect for one in reply.by_parts()] == [Aspect.DOCUMENTS, Aspect.FEE]
    assert replace(reply, confident=False).by_parts()[0].aspect is Aspect.FEE


def test_two_services_have_two_answers(knowledge):
    replies = knowledge.ask_all("декретные как оформить, и еще права поменять какие документы")
    assert [one.found[0].slug for one in replies] == ["maternity-social-payments", "driving-licence"]
    assert len(knowledge.ask_all("Потерял права. Как восстановить и сколько ждать?")) == 1


def test_thing_set_aside_is_not_searched(knowledge):
    assert knowledge.ask("не загранпаспорт, а прописка нужна").found[0].slug == "residence-registration"


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("сколько стоит паспорт", "identity-card-passport"),
        ("жеке куәлік неше күнде дайын болады", "identity-card-passport"),
        ("ип ашу канша турады", "individual-entrepreneur-registration"),
    ],
)
def test_question_that_is_an_alias_and_no_more_is_answered_at_once(knowledge, question, slug):
    reply = knowledge.ask(question)
    assert (reply.confident, reply.found[0].slug) == (True, slug)


def test_two_services_joined_by_and_have_two_answers(knowledge):
    replies = knowledge.ask_all("how do I get maternity pay, and where do I replace my driving licence")
    assert [one.found[0].slug for one in replies] == ["maternity-social-payments", "driving-licence"]


@pytest.mark.parametrize(
    "question", ["ой, нет, мне удостоверение", "жоқ, жеке куәлік", "sorry, I meant the ID card"]
)
def test_correction_asks_for_no_part_of_its_own(knowledge, question):
    assert knowledge.ask(question).corrects
    assert not knowledge.ask("удостоверение").corrects
    assert not knowledge.ask("нет, сколько стоит паспорт").corrects


def test_thing_that_no_card_answers_is_not_offered_either(knowledge):
    reply = knowledge.ask("апостиль на диплом")
    assert (reply.confident, reply.near) == (False, False)


def test_word_of_the_card_shown_last_leans_on_it(knowledge):
    reply = knowledge.ask("қайда ашам", about="individual-entrepreneur-registration")
    assert (reply.follow_up, reply.found[0].slug) == (True, "individual-entrepreneur-registration")


@pytest.mark.parametrize(
    ("story", "slug"),
    [
        (
            "закончил магистратуру в Германии, сколько стоит признание диплома",
            "education-documents-recognition",
        ),
        ("сыну 5 лет, летим в Турцию, сколько стоит ему паспорт сделать", "identity-card-passport"),
        (
            "сөмкемді ұрлап кетті, ішінде жеке куәлігім бар еді. Жаңасын алу үшін не керек?",
            "identity-card-passport",
        ),
    ],
)
def test_piece_that_is_sure_makes_the_story_sure(knowledge, story, slug):
    reply = knowledge.ask(story)
    assert reply.confident
    assert reply.found[0].slug == slug


@pytest.mark.parametrize("question", ["не, не паспорт, права", "жоқ паспорт емес, права керек еді"])
def test_what_is_set_aside_does_not_hold_the_card_before(knowledge, question):
    reply = knowledge.ask(question, about="identity-card-passport")
    assert reply.found[0].slug == "driving-licence"
    assert reply.corrects
