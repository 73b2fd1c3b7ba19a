"""Kinds of errors that the fifth set of acts not met before showed in the reader."""

from registry_data.reading.fees import FeeRead, fees_of
from registry_data.reading.listing import items_of
from registry_data.reading.prose import result_of, schedule_of
from registry_data.reading.terms import terms_of
from registry_data.schema import TermUnit
from tests.each import each_case

WORKING = TermUnit.WORKING_DAYS


def test_how_a_result_is_handed_out_and_stored_is_no_result() -> None:
    result = "Архивная справка либо мотивированный ответ об отказе"
    handed = (
        "В Государственной корпорации выдача готовых документов осуществляется при предъявлении документа.",
        "Выдача готовых документов осуществляется при предъявлении удостоверения личности.",
        "Государственная корпорация обеспечивает хранение результата в течение одного месяца.",
        "При обращении услугополучателя по истечении одного месяца услугодатель направляет документы.",
    )
    with each_case() as cases:
        for sentence in handed:
            with cases.case(sentence):
                assert result_of([f"{result}.", sentence]) == result


def test_the_order_of_reception_is_no_hours() -> None:
    hours = "Понедельник – пятница с 9.00 до 18.00 часов"
    queue = "Прием заявления осуществляется без ускоренного обслуживания. Возможно бронирование очереди."
    assert schedule_of([f"{hours};", queue]) == hours


def test_a_share_of_the_monthly_index_is_an_amount_in_indices() -> None:
    told = {
        "Пошлина составляет 50 (пятьдесят) процентов от размера месячного расчетного показателя": 0.5,
        "Сбор – 25 % от МРП": 0.25,
        "Айлық есептік көрсеткіштің 50 пайызы": 0.5,
    }
    with each_case() as cases:
        for line, mrp in told.items():
            with cases.case(line):
                fees = fees_of([line]).fees
                assert fees is not None
                assert [fee.amounts for fee in fees] == [(mrp, None, None)]
        with cases.case("a share of another fee stays a percentage"):
            assert fees_of(["10 % от ставки сбора"]).fees == (FeeRead(percent=10),)


def test_a_prolongation_has_a_term_and_a_validity_is_none() -> None:
    read = terms_of(
        [
            "Выдача справки на срок до трех месяцев – в течение 6 (шесть) рабочих дней.",
            "Продление справки - в течение 3 (три) рабочих дней.",
            "Срок рассмотрения продлевается на 10 рабочих дней.",
            "Максимальный срок продления – 5 рабочих дней.",
        ]
    )
    assert [(one.amount, one.unit, one.when) for one in read.terms] == [
        (6, WORKING, "Выдача справки на срок до трех месяцев"),
        (3, WORKING, "Продление справки"),
    ]


def test_an_item_that_was_broken_after_a_comma_is_one_item() -> None:
    broken = ["заявление по форме,", "с указанием сведений о работодателе;", "копия договора."]
    assert [one.text for one in items_of(broken).items] == [
        "заявление по форме, с указанием сведений о работодателе",
        "копия договора",
    ]
    whole = ["копия паспорта,", "копия договора,", "фотография."]
    assert len(items_of(whole).items) == 3


def test_an_introduction_to_all_grounds_is_no_case() -> None:
    lead = "Услугодатель отказывает в оказании государственной услуги по следующим основаниям:"
    assert [(one.text, one.when) for one in items_of([lead, "1) недостоверность документов."]).items] == [
        ("недостоверность документов", "")
    ]
