"""The kinds of errors that acts not met before showed in the reader, one case for each kind."""

import pytest

from registry_data.reading.blocks import TextLine
from registry_data.reading.fees import FeeRead, fees_of
from registry_data.reading.further import help_of, site_of
from registry_data.reading.heading import act_of
from registry_data.reading.labels import Requirement, field_of
from registry_data.reading.listing import items_of
from registry_data.reading.prose import result_of, schedule_of
from registry_data.reading.terms import TermRead, terms_of
from registry_data.reading.ways import channels_of, forms_of
from registry_data.schema import ServiceChannel, ServiceForm, TermUnit
from tests.each import each_case

WORKING = TermUnit.WORKING_DAYS
EGOV, ELICENSE = ServiceChannel.EGOV_PORTAL, ServiceChannel.ELICENSE_PORTAL


def test_a_label_that_also_speaks_of_subtypes_names_its_own_row() -> None:
    labels = {
        "Срок оказания государственной услуги и ее подвидов (при наличии)": Requirement.TERM,
        "Мемлекеттік қызметті және оның кіші түрлерін (бар болса) көрсету тәсілдері": Requirement.CHANNELS,
        "Мемлекеттік қызметті және оның кіші түрлерін (бар болса) көрсету нысаны": Requirement.FORMS,
        "Мемлекеттік қызметті және оның кіші түрлерін (бар болса) көрсету нәтижесі": Requirement.RESULT,
        "Наименование подвида (при наличии) государственной услуги": Requirement.SUBTYPE,
        "Мемлекеттік көрсетілетін қызметтің кіші түрінің (бар болса) атауы": Requirement.SUBTYPE,
    }
    with each_case() as cases:
        for label, field in labels.items():
            with cases.case(label):
                assert field_of(label) is field


def test_sentences_within_a_line_are_cut_as_lines_are() -> None:
    assert (
        result_of(
            [
                (
                    "Результат оказания государственной услуги – выдача аттестата; "
                    "Форма предоставления результата оказания государственной услуги: электронная."
                )
            ]
        )
        == "выдача аттестата"
    )
    assert (
        schedule_of(
            ["портал – круглосуточно. Адреса места оказания размещены на:", "1) сайте;", "2) портале."]
        )
        == "портал – круглосуточно"
    )
    kazakh = "порталда – тәулік бойы. Мемлекеттік қызмет көрсету орнының мекенжайлары:"
    assert schedule_of([kazakh, "1) сайтта."]) == "порталда – тәулік бойы"
    note = "Сертификатты беру электрондық (қағаз) түрінде жүзеге асырылады."
    assert result_of(["Сертификат.", note]) == "Сертификат"
    queue = "Мемлекеттік қызмет алдын ала жазылусыз кезек тәртібімен көрсетіледі."
    assert schedule_of(["9.00-ден 18.30-ға дейін", queue]) == "9.00-ден 18.30-ға дейін"
    cases = items_of(
        ["Для получения государственной услуги по одному заявлению представляется:", "1) заявление"]
    )
    assert cases.items[0].when == "Для получения государственной услуги по одному заявлению представляется"
    paper = "копия договора. Сведения о регистрации услугодатель получает из государственных систем."
    assert [one.text for one in items_of([f"1) {paper}"]).items] == ["копия договора"]


def test_a_payment_of_a_part_or_above_a_sum_is_no_fee() -> None:
    unknown = (
        ["Услуга оказывается на платной основе.", "Отбор проб осуществляется бесплатно."],
        ["Услуга оказывается на платной/бесплатной основе.", "Плата не взимается: при изъятии для мечения."],
        ["Қызмет ақылы негізде көрсетіледі.", "Сынама алу тегін."],
        ["Уплата при сумме более 350-кратного размера месячного расчетного показателя делится на доли."],
        ["до 25 декабря – 20 процентов от общей квоты."],
    )
    with each_case() as cases:
        for lines in unknown:
            with cases.case(lines[0]):
                assert fees_of(lines).fees is None
    assert fees_of(["бесплатно"]).fees == ()
    assert fees_of(["Услуга оказывается на платной основе.", "2 МРП"]).fees == (FeeRead(mrp=2),)


def test_a_heading_ends_where_its_like_begins() -> None:
    lines = [
        "В течение 1 (одного) рабочего дня после исследований. Исследования проводятся в сроки:",
        "по серологии:",
        "классические – 5 рабочих дней;",
        "по паразитам – 3 рабочих дня.",
        "Взятие проб – 2 рабочих дня.",
    ]
    assert terms_of(lines).terms == (
        TermRead(amount=1, unit=WORKING),
        TermRead(amount=5, unit=WORKING, when="по серологии: классические"),
        TermRead(amount=3, unit=WORKING, when="по паразитам"),
        TermRead(amount=2, unit=WORKING, when="Взятие проб"),
    )
    kazakh = "Карантин жағдайында құжаттарды қарау мен куәлік берудің жалпы мерзімі 3 (үш) жұмыс күні."
    assert terms_of([kazakh]).terms == (TermRead(amount=3, unit=WORKING, when="Карантин жағдайында"),)
    parted = ["По одному заявлению – 6 (шесть) рабочих дней, из них:", "заключение – 4 рабочих дня."]
    assert terms_of(parted).terms == (
        TermRead(amount=6, unit=WORKING, when="По одному заявлению"),
        TermRead(amount=4, unit=WORKING, when="По одному заявлению: заключение"),
    )
    quarantine = "В случае карантина, срок рассмотрения документов составляет до 3 (трех) рабочих дней."
    assert terms_of([quarantine]).terms == (TermRead(amount=3, unit=WORKING, when="В случае карантина"),)


def test_the_portal_of_digital_government_is_the_portal_and_its_system_no_other() -> None:
    lines = {
        "веб-портал «цифрового правительства» www.egov.kz": (EGOV,),
        "через веб-портал «цифрового правительства» в цифровой системе «Государственная база данных "
        "«Е-Лицензирование» (далее – Портал)": (EGOV, ELICENSE),
        "«Е-лицензиялау» мемлекеттік дерекқор» цифрлық жүйесінде «цифрлық үкіметтің» веб-порталы": (
            EGOV,
            ELICENSE,
        ),
        "территориальные инспекции/местные исполнительные органы": (ServiceChannel.PROVIDER,),
    }
    with each_case() as cases:
        for line, ways in lines.items():
            with cases.case(line):
                assert channels_of([line]).found == ways


def test_what_is_only_defined_may_lack_its_bracket() -> None:
    provider = "Денсаулық сақтау министрлігінің Бақылау комитеті"
    line = "1) Бақылау комитеті бұдан әрі – көрсетілетін қызметті беруші);"
    assert channels_of([line], provider).found == (ServiceChannel.PROVIDER,)
    assert forms_of(["Электронды (жартылай автоматтандырылған) (қағаз) түрінде"]).found == (
        ServiceForm.ELECTRONIC_PARTIAL,
        ServiceForm.PAPER,
    )


@pytest.mark.parametrize("number", ["ҚР ДСМ-8", "ҚР ДСМ-26/2020"])
def test_a_number_may_have_letters_before_it(number: str) -> None:
    stamp = TextLine(text=f"Утверждены приказом Министра от 21 января 2021 года № {number}")
    assert act_of([stamp]).number == number


def test_heading_that_names_the_way_of_filing_is_a_case() -> None:
    portal = "При подаче документов через веб-портал «электронного правительства»:"
    (paper,) = items_of([portal, "1) заявление;", "Срок действия протоколов составляет 1 год."]).items
    assert (paper.text, paper.when) == ("заявление", portal.rstrip(":"))
    note = "При подаче документов через портал – в «личном кабинете» отображается статус."
    assert len(items_of(["1) заявление;", note]).items) == 1


def test_other_requirements_tell_of_help_and_of_the_site() -> None:
    row = [
        "1. Адреса размещены на интернет-ресурсе gov.egov.kz.",
        "2. Предусмотрены условия, входы в здания оборудованы пандусами.",
        "3. Услугополучатель получает информацию в «личном кабинете». Телефон 1414.",
        "Физикалық мүмкіндіктері шектеулі адамдар үшін шақыру түймелері бар.",
    ]
    assert [one.text for one in help_of(row)] == [
        "Предусмотрены условия, входы в здания оборудованы пандусами",
        "Физикалық мүмкіндіктері шектеулі адамдар үшін шақыру түймелері бар",
    ]
    assert (
        site_of([*row, "1) услугодателя www. kgd. gov. kz; 2) портала www. egov. kz."])
        == "https://kgd.gov.kz"
    )
    keden = "2) ЦС «KEDEN» www.keden.kgd.gov.kz."
    assert site_of(["1) www.kgd.gov.kz;", keden]) == ""
    assert site_of(["1) www.kgd.gov.kz;", keden], ways=[keden]) == "https://kgd.gov.kz"
    assert site_of(["на сайте www.gov.kz и на портале"]) == ""
