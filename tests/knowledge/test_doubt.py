"""When a short question leaves open which service it means, and when it stays with the card before."""

from tests.each import each_case


def first(reply):
    return reply.found[0].slug if reply.found else None


def test_a_name_without_the_word_that_tells_it_apart_is_offered_and_not_answered(knowledge):
    """Names with the word taken off that tells the card from others."""
    asked = [
        "регистрация лекарств",
        "дәрі тіркеу",
        "registration of medicines",
        "лицензия на строительно-монтажные работы",
        "лицензия на перевозки",
        "лицензия на производство",
        "licence for production",
        "регистрация препаратов",
        "справка из диспансера",
        "разрешение на работу",
        "компенсация пострадавшим",
        "заключение на образцы",
    ]
    with each_case() as cases:
        for text in asked:
            with cases.case(text):
                assert not knowledge.ask(text).confident


def test_a_whole_name_is_still_answered(knowledge):
    asked = {
        "регистрация ветеринарных препаратов": "veterinary-medicine-registration",
        "паспорт животного": "veterinary-passport",
        "сколько стоит паспорт": "identity-card-passport",
        "апостиль": "apostille",
    }
    with each_case() as cases:
        for text, slug in asked.items():
            with cases.case(text):
                reply = knowledge.ask(text)
                assert reply.confident
                assert first(reply) == slug


def test_a_message_that_names_no_service_well_stays_with_the_card_before(knowledge):
    asked = [
        ("housing-assistance", "имею ли я право если есть дача"),
        ("identity-card-passport", "ақшасы қанша болады"),
        ("driving-licence", "а медсправка нужна?"),
        ("identity-card-passport", "do i need a photo"),
        ("kandas-status", "ақшасы ше"),
        ("apostille", "мерзімі ше"),
        ("large-family-allowance", "сколько в год"),
        ("divorce-registration", "а если муж в тюрьме"),
        ("housing-assistance", "сколько ждать решения"),
        ("residence-permit-stateless-id", "why might it be refused"),
    ]
    with each_case() as cases:
        for about, text in asked:
            with cases.case(text):
                reply = knowledge.ask(text, about=about)
                assert reply.follow_up
                assert first(reply) == about


def test_a_word_of_the_cards_text_makes_no_follow_up_of_what_names_other_services(knowledge):
    asked = [
        ("apostille", "помогите оформить пособие"),
        ("driving-licence", "нужно пособие"),
        ("apostille", "жәрдемақы алғым келеді"),
        ("driving-licence", "help me get an allowance"),
    ]
    with each_case() as cases:
        for about, text in asked:
            with cases.case(text):
                reply = knowledge.ask(text, about=about)
                assert not reply.follow_up
                assert first(reply) != about


def test_a_doubtful_message_may_mean_a_neighbour_of_the_card_before(knowledge):
    asked = [
        (
            "birth-registration",
            "а пособие какое мне положено, я не работала",
            "child-birth-and-care-allowance",
        ),
        ("marriage-registration", "а фамилию потом как", "name-change-registration"),
    ]
    with each_case() as cases:
        for about, text, slug in asked:
            with cases.case(text):
                reply = knowledge.ask(text, about=about)
                assert reply.near
                assert not reply.confident
                assert first(reply) == slug
    alone = knowledge.ask("а пособие какое мне положено, я не работала")
    assert first(alone) != "child-birth-and-care-allowance"


def test_a_status_is_not_the_citizenship_that_may_follow_it(knowledge):
    asked = {
        "Қытайдан көшіп келдік қандас болу керек": "kandas-status",
        "қандаспын, азаматтық алғым келеді": "citizenship-simplified",
        "гражданство для кандаса": "citizenship-simplified",
        "хочу получить статус кандаса": "kandas-status",
    }
    with each_case() as cases:
        for text, slug in asked.items():
            with cases.case(text):
                assert first(knowledge.ask(text)) == slug


def test_customs_are_not_the_registration_of_the_car(knowledge):
    for text in ("I bought a car in Korea and want to bring it in, what about customs", "растаможить машину"):
        assert "customs" in first(knowledge.ask(text))
    assert first(knowledge.ask("купил машину хочу поставить на учет")) == "vehicle-registration"


def test_a_message_that_names_a_service_leaves_the_card_before(knowledge):
    asked = [
        ("burial-payment", "праваның мерзими битти ауыстыру канша турады", "driving-licence"),
        ("driving-licence", "какие документы на апостиль", "apostille"),
        ("housing-queue", "сколько денег дадут за рождение ребенка", "child-birth-and-care-allowance"),
        ("identity-card-passport", "алименты сколько процентов", "alimony"),
    ]
    with each_case() as cases:
        for about, text, slug in asked:
            with cases.case(text):
                reply = knowledge.ask(text, about=about)
                assert not reply.follow_up
                assert first(reply) == slug


def test_a_story_is_answered_if_a_piece_with_a_word_of_the_name_is_sure(knowledge):
    told = "АСП-дан бас тартты, неге екенін түсінбедім, бес адамбыз бір айлыққа қарап отырмыз"
    reply = knowledge.ask(told)
    assert reply.confident
    assert first(reply) == "social-assistance-asp"
