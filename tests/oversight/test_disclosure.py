"""No count under five is published, and none follows from those that are."""

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from oversight.open_data.counts import WHOLE_OF, ComplaintCounts, Figure, Group, Published, group_of
from oversight.open_data.disclosure import SMALLEST, publish, round_down

EXACT = [one for one in Figure if one is not Figure.IN_TIME]


@st.composite
def services(draw: st.DrawFn) -> ComplaintCounts:
    received = draw(st.integers(0, 12))
    late, rated = draw(st.integers(0, received)), draw(st.integers(0, received))
    return ComplaintCounts(
        received=received,
        late=late,
        rated=rated,
        stars=rated * 4,
        satisfied=draw(st.integers(0, rated)),
        restored=draw(st.integers(0, 9)),
    )


bodies = st.lists(services(), min_size=1, max_size=3).map(
    lambda found: group_of("body", [Group(code=str(at), counts=one) for at, one in enumerate(found)])
)
countries = st.lists(bodies, min_size=1, max_size=3).map(lambda found: group_of(None, found))


def each(group: Group, shown: Published) -> Iterator[tuple[Group, Published]]:
    yield group, shown
    for part, below in zip(group.parts, shown.parts, strict=True):
        yield from each(part, below)


@given(countries)
def test_nothing_under_five_is_published_or_left_over(country: Group) -> None:
    for group, shown in each(country, publish(country)):
        assert all(count >= SMALLEST for count in shown.figures.values())
        received = shown.figures.get(Figure.RECEIVED)
        for figure in (Figure.LATE, Figure.NOT_SOLVED, Figure.RATED, Figure.IN_TIME):
            if received is not None and figure in shown.figures:
                assert received - shown.figures[figure] >= SMALLEST
        for part, whole in WHOLE_OF.items():
            if part in shown.figures:
                assert group.counts.of(whole) - shown.figures[part] >= SMALLEST
        assert all(group.counts.of(figure) == count for figure, count in shown.figures.items())


@given(countries, st.sampled_from([Figure.RECEIVED, Figure.RESTORED, Figure.LATE, Figure.SATISFIED]))
def test_no_hidden_small_count_follows_from_the_totals(country: Group, figure: Figure) -> None:
    shown = publish(country)
    leaves = [
        pair
        for body in zip(country.parts, shown.parts, strict=True)
        for pair in zip(body[0].parts, body[1].parts, strict=True)
    ]
    hidden = [group.counts.of(figure) for group, leaf in leaves if figure not in leaf.figures]
    readers = [(12, 3)]  # the largest count that a reader holds possible, and how many counts he tries
    if all(count < SMALLEST for count in hidden):
        readers.append((SMALLEST - 1, 5))
    for top, most in readers:
        if len(hidden) > most:
            continue
        ways = [
            way for way in product(range(top + 1), repeat=len(hidden)) if agrees(way, country, shown, figure)
        ]
        for at, count in enumerate(hidden):
            assert count >= SMALLEST or len({way[at] for way in ways}) > 1, (hidden, at)


def agrees(way: Sequence[int], country: Group, shown: Published, figure: Figure) -> bool:
    """Whether these counts of the hidden services give the totals that are published."""
    left = iter(way)
    total = 0
    for body in shown.parts:
        inside = sum(leaf.figures[figure] if figure in leaf.figures else next(left) for leaf in body.parts)
        if body.figures.get(figure, inside) != inside:
            return False
        total += inside
    return shown.figures.get(figure, total) == total


def test_a_small_count_beside_a_large_one_hides_both_below_their_total() -> None:
    country = group_of(None, [group_of("a", [leaf("x", 40)]), group_of("b", [leaf("y", 2)])])
    shown = publish(country)
    assert shown.figures[Figure.RECEIVED] == 42
    assert not any(Figure.RECEIVED in below.figures for body in shown.parts for below in (body, *body.parts))


def test_a_body_that_is_hardly_ever_late_gets_a_share_instead() -> None:
    one = Group(code="x", counts=ComplaintCounts(received=60, late=2))
    assert publish(one).in_time_percent == 90
    assert Figure.IN_TIME not in publish(one).figures
    assert publish(Group(code="x", counts=ComplaintCounts(received=40, late=2))).in_time_percent is None


def test_a_running_quarter_is_rounded_down_to_tens() -> None:
    figures = round_down(
        Group(code="x", counts=ComplaintCounts(received=49, late=9, rated=10, stars=40))
    ).figures
    assert figures == {Figure.RECEIVED: 40, Figure.IN_TIME: 40, Figure.RATED: 10}


def leaf(code: str, received: int) -> Group:
    return Group(code=code, counts=ComplaintCounts(received=received))
