"""Names that are in no form of the data file, in the sentences people put them in."""

import re

from notifications.personal_data import kept

SENTENCES = {
    ("Томирис Аңсар Кәмила Мансұр Раяна Көзайым Бақдәулет Ерасыл", "Қалиев Сәрсенов Мырзабекова Жүнісов"): (
        "{n} деген азамат",
        "Сәлеметсіз бе, мен {n}",
        "атым {n}",
        "менің есімім {n}",
        "{s} {n} құжаты",
        "құрметпен, {n}",
        "балам {n} мектепке барады",
        "{n} мырза жауап бермейді",
        "{n} ханым келмеді",
        "{s} А.Б. қол қойды",
        "маман {s} дөрекі",
        "{n} атына рәсімдеу",
        "анам {n} ауырады",
        "мені {n} деп атайды",
        "инспектор {s} {n}",
    ),
    ("Тамара Всеволод Снежана Равиль Эльвира Таисия Карен Злата", "Ким Пак Цой Гусев Титова Мельник Ткач"): (
        "{s} {n} не получил ответ",
        "мой отец {n} болеет",
        "сосед {s} шумит",
        "жалоба на {s} за грубость",
        "я {n}",
        "Здравствуйте, я {n}",
        "зовут {n}, мне 30",
        "с уважением, {n} {s}",
        "сотрудник {s} отказал",
        "у {s} {n} долг",
        "врач {s} К. М. не принял",
        "прописать {n} к себе",
        "для {n} нужна справка",
        "паспорт {n} готов?",
    ),
    ("Liam Noah Tomiris Mehmet Pierre Wei Carlos Hans", "Kaliyev Garcia Novak Wang Patel Yilmaz Müller"): (
        "My name is {n} {s}",
        "I am {n}",
        "my son {n} needs a passport",
        "Mr {s} refused",
        "Ms. {s} was rude",
        "regards, {n}",
        "officer {n} {s} shouted",
        "{n} {s} did not answer",
        "I'm {n} from Astana",
        "call me {n}",
        "complaint about {n} {s}",
        "signed by {n} {s}",
        "my friend {n} lost his ID",
        "Hello, {n} here",
        "{n}'s passport",
    ),
}


def test_names_are_gone_from_sentences():
    tried, failed = 0, []
    for (given, surnames), sentences in SENTENCES.items():
        for sentence in sentences:
            for name, surname in zip(given.split(), (surnames.split() * 2)[:8], strict=True):
                shown = kept(sentence.format(n=name, s=surname))
                values = [value for value, mark in ((name, "{n}"), (surname, "{s}")) if mark in sentence]
                tried += 1
                if any(re.search(rf"(?<!\w){value}(?!\w)", shown) for value in values):
                    failed.append(f"{sentence}: {name} {surname} → {shown}")
    assert len(failed) <= 0.03 * tried, "\n".join(failed)
