"""A complaint's number is named by whose it is, wherever it is shown."""

from functools import partial
from types import SimpleNamespace

from bot.views.complaints.complaint import number_label
from complaints.facts import Behalf, Complainant
from kernel.language import Language
from localisation.translations import Translations
from tests.each import each_case

WHOSE = {
    (Complainant.NATURAL, Behalf.SELF): {"kk": "ЖСН", "ru": "ИИН", "en": "IIN"},
    (Complainant.LEGAL, Behalf.SELF): {"kk": "БСН", "ru": "БИН", "en": "BIN"},
    (Complainant.NATURAL, Behalf.CHILD): {"kk": "Баланың", "ru": "ребёнка", "en": "Child"},
    (Complainant.NATURAL, Behalf.REPRESENTED): {"kk": "кім үшін", "ru": "за кого", "en": "complained for"},
}


def test_number_is_named_by_whose_it_is():
    texts = Translations.load()
    with each_case() as cases:
        for language in Language:
            context = SimpleNamespace(plain=partial(texts.plain, language))
            for (complainant, behalf), named in WHOSE.items():
                with cases.case(language, complainant, behalf):
                    label = number_label(context, complainant, behalf)
                    assert named[language.value] in label
                    person = {"name": "А", "represented": "", "iin": "1", "phone": "", "minutes": 5}
                    shown = (
                        texts.plain(language, "cases.personal", number="1", whose=label, **person),
                        texts.plain(language, "complaint.paper_iin", whose=label),
                        texts.plain(language, "paper.number_line", whose=label, number="1"),
                    )
                    assert all(label in text for text in shown)
