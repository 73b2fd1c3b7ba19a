"""Hide counts under five so that no subtraction gives them back. Pure.

A count is shown if it is at least SMALLEST and, as a part of another (WHOLE_OF), leaves as many.
A total less the parts shown gives away the sum of the parts hidden. So below each total no part is
hidden or at least two, their sum is no small count, and it can be divided in more than one way. Where that
does not hold, the smallest part shown is hidden, too; where none is left, the total is.

A quarter that still runs is rounded down to tens instead: two days compared give nothing away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from oversight.open_data.counts import WHOLE_OF, ComplaintCounts, Figure, Group, Published

SMALLEST = 5
TEN = 10
PERCENTS = (90, 75, 50)
ENOUGH_FOR_PERCENT = 50  # received: a share of fewer would tell the count


def publish(group: Group) -> Published:
    """The exact figures of a quarter that is over."""
    node = _node_of(group)
    for figure in Figure:
        _close(node, figure)
    return _published(node)


def round_down(group: Group) -> Published:
    """The figures of a quarter that still runs, each rounded down to tens; below ten none."""
    figures = {one: group.counts.of(one) // TEN * TEN for one in Figure if group.counts.of(one) >= TEN}
    return Published(code=group.code, figures=figures, parts=tuple(round_down(part) for part in group.parts))


@dataclass(slots=True)
class _Node:
    group: Group
    shown: set[Figure]
    parts: list["_Node"] = field(default_factory=list)

    def count(self, figure: Figure) -> int:
        return self.group.counts.of(figure)


def _node_of(group: Group) -> _Node:
    shown = {one for one in Figure if _is_large(group.counts, one)}
    return _Node(group, shown, [_node_of(part) for part in group.parts])


def _is_large(counts: ComplaintCounts, figure: Figure) -> bool:
    count = counts.of(figure)
    whole = WHOLE_OF.get(figure)
    return count >= SMALLEST and (whole is None or counts.of(whole) - count >= SMALLEST)


def _close(node: _Node, figure: Figure) -> None:
    """Hide what the totals of the node and below it would give away."""
    for part in node.parts:
        _close(part, figure)
    while node.parts and figure in node.shown and not _is_safe(_open_leaves(node.parts, figure), figure):
        shown = [part for part in node.parts if figure in part.shown]
        if shown:
            _hide(min(shown, key=lambda part: part.count(figure)), figure)
        else:
            node.shown.discard(figure)


def _hide(node: _Node, figure: Figure) -> None:
    """Hide a figure, and of its parts as much as keeps it from being their sum."""
    node.shown.discard(figure)
    if node.parts and not _open_leaves(node.parts, figure):
        _hide(min(node.parts, key=lambda part: part.count(figure)), figure)


def _open_leaves(parts: Sequence[_Node], figure: Figure) -> list[ComplaintCounts]:
    """What is hidden at the ends of the tree, and below no total that is shown."""
    found: list[ComplaintCounts] = []
    for part in parts:
        if figure not in part.shown:
            found.extend(_open_leaves(part.parts, figure) if part.parts else [part.group.counts])
    return found


def _is_safe(hidden: Sequence[ComplaintCounts], figure: Figure) -> bool:
    """Whether the sum of these counts may be known."""
    if not hidden:
        return True
    counts = [one.of(figure) for one in hidden]
    whole = WHOLE_OF.get(figure)
    if whole is None:
        return _is_ambiguous(counts)
    return _is_ambiguous(counts) and _is_ambiguous([one.of(whole) - one.of(figure) for one in hidden])


def _is_ambiguous(counts: Sequence[int]) -> bool:
    largest = len(counts) * (SMALLEST - 1)  # what so many small counts can be at most
    are_small = all(count < SMALLEST for count in counts)
    return len(counts) > 1 and sum(counts) >= SMALLEST and not (are_small and sum(counts) == largest)


def _published(node: _Node) -> Published:
    counts, shown = node.group.counts, set(node.shown)
    if not {Figure.RECEIVED, Figure.LATE} <= shown:
        shown.discard(Figure.IN_TIME)  # it would be the one less the other
    percent = None
    if Figure.RECEIVED in shown and Figure.LATE not in shown and counts.received >= ENOUGH_FOR_PERCENT:
        percent = next((one for one in PERCENTS if counts.in_time * 100 >= one * counts.received), None)
    return Published(
        code=node.group.code,
        figures={one: counts.of(one) for one in Figure if one in shown},
        in_time_percent=percent,
        mean_rating=round(counts.stars / counts.rated, 1) if Figure.RATED in shown else None,
        mean_rating_service=(
            round(counts.stars_service / counts.rated_service, 1) if Figure.RATED_SERVICE in shown else None
        ),
        parts=tuple(_published(part) for part in node.parts),
    )
