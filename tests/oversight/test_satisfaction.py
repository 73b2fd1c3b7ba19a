"""Ratings, their honest interval, and which of them are told apart."""

from datetime import date
from math import isclose

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from complaints.service_rating_tables import ServiceRatingRow
from complaints.statistics import StatisticsSpan
from complaints.tables import ComplaintRow, RatingRow
from database.engine import Database
from kernel.period import Period
from oversight.open_data.query import count_quarter
from oversight.satisfaction.query import rating_lines
from oversight.satisfaction.ratings import (
    FEWEST,
    RatingLine,
    Ratings,
    RatingSubject,
    by_key,
    total,
    wilson,
)
from tests.complaints.factories import many, noon
from tests.each import each_case

SECOND = Period.of_code("2026Q2")


def test_the_interval_is_wilsons():
    """Newcombe (1998) prints the last one; of none or all the ends are z²/(n + z²) by hand."""
    cases = {
        (0, 0): (0.0, 1.0),
        (0, 10): (0.0, 0.27753),
        (10, 10): (0.72247, 1.0),
        (5, 10): (0.23659, 0.76341),
        (81, 263): (0.25529, 0.36621),
    }
    with each_case() as each:
        for (found, of), (low, high) in cases.items():
            with each.case(found, of):
                interval = wilson(found, of)
                assert isclose(interval.low, low, abs_tol=2e-5)
                assert isclose(interval.high, high, abs_tol=2e-5)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_narrows(pair: tuple[int, int]):
    found, of = pair
    interval, wider = wilson(found, of), wilson(found * 4, of * 4)
    assert 0 <= interval.low <= found / of + 1e-12
    assert found / of - 1e-12 <= interval.high <= 1
    assert wider.high - wider.low < interval.high - interval.low + 1e-12


def test_ratings_count_their_stars():
    ratings = Ratings(stars={5: 2, 4: 1, 1: 1})
    assert (ratings.count, ratings.satisfied, ratings.mean) == (4, 3, 3.75)
    assert Ratings().mean is None
    assert (ratings + Ratings(stars={1: 1, 2: 1})).stars == {5: 2, 4: 1, 2: 1, 1: 2}


def line(service: str, subject: RatingSubject, stars: int, count: int) -> RatingLine:
    return RatingLine(subject=subject, organisation="a", service=service, stars=stars, count=count)


def test_few_ratings_are_not_told_apart_but_counted():
    lines = [
        line("passport", RatingSubject.HANDLING, 5, FEWEST - 1),
        line("passport", RatingSubject.SERVICE, 2, 1),
        line("apostille", RatingSubject.HANDLING, 4, 1),
        line("apostille", RatingSubject.SERVICE, 3, FEWEST),
    ]
    assert list(by_key((one.service or "", one) for one in lines)) == ["apostille"]
    assert total(lines)[RatingSubject.HANDLING].count == FEWEST
    assert total([])[RatingSubject.SERVICE].count == 0


async def test_both_subjects_equal_a_plain_count(database: Database):
    rows = list(many(120, SECOND.first, 80, ["police-abai", "akimat-abai"]))
    async with database.unit_of_work() as unit:
        await unit.session.execute(insert(ComplaintRow), rows)
        ids = list(await unit.session.scalars(select(ComplaintRow.id).order_by(ComplaintRow.id)))
        handled = [{"complaint": one, "stars": one % 5 + 1, "at": noon(SECOND.last)} for one in ids[::2]]
        served = [{"complaint": one, "stars": one % 4 + 1, "at": noon(SECOND.last)} for one in ids[::3]]
        await unit.session.execute(insert(RatingRow), handled)
        await unit.session.execute(insert(ServiceRatingRow), served)
        await unit.commit()
    as_of = noon(date(2026, 9, 1))
    span = StatisticsSpan(organisations=None, first=SECOND.first, last=SECOND.last, as_of=as_of)
    async with database.session() as session:
        found = total(await rating_lines(session, span))
        country = (await count_quarter(session, SECOND, as_of)).counts
    assert country.rated == found[RatingSubject.HANDLING].count > 20
    assert country.rated_service == found[RatingSubject.SERVICE].count > 15
    assert country.satisfied == found[RatingSubject.HANDLING].satisfied
    assert country.satisfied_service == found[RatingSubject.SERVICE].satisfied
    assert country.stars == sum(n * c for n, c in found[RatingSubject.HANDLING].stars.items())
    assert country.stars_service == sum(n * c for n, c in found[RatingSubject.SERVICE].stars.items())
