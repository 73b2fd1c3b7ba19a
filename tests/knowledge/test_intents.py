"""What people say to the bot itself is told from what they ask of the registry."""

import json
from pathlib import Path

import pytest

from kernel.language import Language
from knowledge.answer import Knowledge
from knowledge.intents import FoundIntent, IntentFinder
from registry_data.intents import Intent, PhraseGroup, load_intents, spelled_out
from tests.each import each_case

QUESTIONS = ("questions-dev", "blind-questions-build")

SAID = {
    Intent.MENU: [
        "Мәзір", "меню!", "покажите меню пожалуйста", "vty.", "Main menu", "привет, где меню?",
        "basty mazir", "мәзірді көрсетші", "менюды ашшы", "show me the main menu",
    ],
    Intent.HELP: [
        "помогите", "көмек керек", "how does this work?", "как пользоваться ботом", "түсінбедім",
        "у меня вопрос",
    ],
    Intent.ABOUT: [
        "ты человек?", "Ты бот или человек?", "сен адамсың ба", "сіз роботсыз ба?", "what can you do",
        "are you a real person?", "что ты умеешь", "вы робот или живая девушка?", "бот па әлде адам ба",
        "are you a bot or a real girl", "қолыңнан не келеді", "bot ty chelovek?", "кто вы",
    ],
    Intent.PERSON: [
        "позовите оператора", "позавите оператора!!", "соедините меня с живым человеком",
        "операторды шакырыныз", "адаммен сойлескым келеды", "I want to talk to a real person",
        "можно оператора", "pozovite operatora", "дайте уже человека", "оператор", "1414",
        "дайте телефон где с человеком поговорить",
    ],
    Intent.LANGUAGE: [
        "сменить язык", "тілді ауыстыру", "english please", "можно по-русски", "қазақша жауап берші",
        "til", "орысша жауап берші", "давай по-казахски", "i want it in russian", "I only speak English",
    ],
    Intent.CANCEL: [
        "отмена", "стоп", "керек емес", "never mind", "передумала", "бас тарту",
    ],
    Intent.BACK: [
        "назад", "артка", "go back", "вернись назад",
    ],
    Intent.FORGET: [
        "удалите все мои данные", "деректерімді өшіріңіз", "delete my data please", "забудьте меня",
        "отозвать согласие",
    ],
    Intent.MY_COMPLAINTS: [
        "что с моей жалобой", "шағымым не болды", "шагымым не болды", "where is my complaint?",
        "мои жалобы", "менің шағымымды қарады ма", "почему не ответили на мою жалобу",
        "өткенде шағым түсіріп едім, жауап келді ме",
        "я подавала жалобу неделю назад, когда ответят", "shagymym ne boldy",
    ],
    Intent.COMPLAIN: [
        "хочу пожаловаться", "хачу пожаловатся на цон, нахамили", "шағым бергім келеді",
        "shagym bergim keledi", "шағымданғым келіп тұр", "I want to complain about the service centre",
        "здравствуйте, хочу подать жалобу", "жалоба на акимат: не отвечают", "арыз жазғым келеді",
    ],
    Intent.EMERGENCY: [
        "муж меня бьёт", "мой муж вчера меня избил и выгнал", "күйеуім ұрып жатыр", "вызовите скорую",
        "112", "my husband beats me", "хочу умереть", "үйіміз жанып жатыр",
        "бытовое насилие куда обратиться", "у нас пожар помогите", "меня хотят убить, мне угрожают",
    ],
    Intent.NOT_OURS: [
        "какая погода в астане", "расскажи анекдот", "доллар қанша болды", "tell me a joke",
        "ауа райы қандай",
    ],
    Intent.THANKS: [
        "спасибо большое!", "рахмет", "thank you", "понятно, спасибо", "көп рахмет сізге",
    ],
    Intent.GREETING: [
        "привет", "Сәлеметсіз бе!", "hello", "салем", "добрый день", "ассаламу алейкум",
    ],
    Intent.ANGER: [
        "тупой бот", "ақымақ бот", "you are useless", "ничего не понимаешь", "бесполезный",
        "бот, ты достал уже",
    ],
}  # fmt: skip

NOT_SAID = [
    "сколько стоит паспорт", "справка о несудимости", "как подать жалобу", "отмена регистрации ип",
    "язык экзамена на гражданство", "анықтама керек",
    "удостоверение личности человека с инвалидностью", "как получить статус кандаса",
    "балабақша кезегі", "уй кезеги", "прописка жасату", "кайда барам", "помощь многодетным",
    "телефон цона в караганде", "жилищная помощь", "назначение социальной помощи",
    "изменить фамилию на русский вариант", "пожарная безопасность заключение",
    "скорой помощи медсестра аттестация", "lost passport", "how much is a driving licence",
    "help with housing", "удаление ребёнка из очереди",
]  # fmt: skip


@pytest.fixture(scope="module")
def finder(knowledge: Knowledge) -> IntentFinder:
    return IntentFinder(load_intents(), knowledge.knows)


def test_people_say_it_in_their_own_words(finder: IntentFinder):
    with each_case() as cases:
        for intent, messages in SAID.items():
            for message in messages:
                with cases.case(intent.value, message):
                    found = finder.find(message)
                    assert found is not None
                    assert found.intent is intent, found.intent.value


def test_a_question_to_the_registry_wants_nothing_from_the_bot(finder: IntentFinder):
    with each_case() as cases:
        for message in NOT_SAID:
            with cases.case(message):
                found = finder.find(message)
                assert found is None or found.yields, found


def test_real_questions_are_not_taken_for_words_to_the_bot(finder: IntentFinder):
    """At most one in two hundred: they would never be answered."""
    texts = [Path(f"tests/data/{name}.jsonl").read_text(encoding="utf-8") for name in QUESTIONS]
    lines = [json.loads(line) for text in texts for line in text.splitlines()]
    questions = [line["q"] for line in lines if line.get("service")]
    taken = [
        (question, found.intent.value)
        for question in questions
        if (found := finder.find(question)) is not None and not found.yields
    ]
    assert len(taken) <= len(questions) / 200, taken


def test_a_story_is_told_from_a_bare_wish(finder: IntentFinder):
    assert finder.find("Хочу пожаловаться") == FoundIntent(intent=Intent.COMPLAIN)
    told = finder.find("Хочу пожаловаться: в ЦОНе нахамили и не приняли документы")
    assert told == FoundIntent(intent=Intent.COMPLAIN, tells_more=True)


def test_what_somebody_is_going_to_do_is_not_done(finder: IntentFinder):
    for text in ("где написать жалобу", "how to file a complaint", "куда подать жалобу"):
        assert finder.find(text) is None, text
    found = finder.find("the clerk shouted at me, I want to file a complaint")
    assert found is not None
    assert found.intent is Intent.COMPLAIN


def test_alternatives_stand_for_every_phrase():
    assert list(spelled_out("(show|open|) menu")) == ["show menu", "open menu", "menu"]


def test_only_the_words_that_leave_a_window_act_in_it(finder: IntentFinder):
    assert finder.in_window("Отмена.") is Intent.CANCEL
    assert finder.in_window("артқа") is Intent.BACK
    assert finder.in_window("меню") is Intent.MENU
    for text in ("отмену", "не надо", "оператор", "отмена очереди", "", "назад в ЦОН"):
        assert finder.in_window(text) is None


def test_every_intent_has_phrases_in_three_languages():
    for intent in Intent:
        record = load_intents().of(intent)
        assert set(record.whole) == set(Language), intent
        phrases = [phrase for group in PhraseGroup for _, phrase in record.of_group(group)]
        assert len(phrases) > 20, intent


def test_words_that_stand_together_are_said_rather_than_words_far_apart(finder):
    """Who wants to complain about an operator does not want one."""
    told = "хочу пожаловаться на оператора цона в темиртау, нахамила и не приняла документы"
    assert finder.find(told).intent is Intent.COMPLAIN
    assert finder.find("хочу живого оператора").intent is Intent.PERSON


def test_a_paper_of_the_police_is_no_emergency(finder):
    assert finder.find("need a police clearance for a canadian visa") is None
    assert finder.find("I need the police!").intent is Intent.EMERGENCY
    assert finder.find("we need the police here now").intent is Intent.EMERGENCY


def test_the_complaint_that_was_written_is_asked_about(finder):
    assert finder.find("менің өткен айда жазған арызым не болды?").intent is Intent.MY_COMPLAINTS
