"""Plots as PNG. Import this module only where a plot is made: matplotlib takes a second to load."""

from collections.abc import Sequence
from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

BLUE, RED, GREY = "#2f6db5", "#c0504d", "#d9d9d9"
DPI, LONGEST_LABEL = 160, 44


def months(
    labels: Sequence[str], received: Sequence[int], late: Sequence[int], names: tuple[str, str]
) -> bytes:
    """Two bars per month: received, and late."""
    figure = Figure(figsize=(6.4, 2.7), layout="constrained")
    axes = figure.subplots()
    width = 0.38
    for shift, values, colour, name in ((-1, received, BLUE, names[0]), (1, late, RED, names[1])):
        places = [place + shift * width / 2 for place in range(len(labels))]
        bars = axes.bar(places, values, width, color=colour, label=name)
        axes.bar_label(bars, fontsize=8)
    axes.set_xticks(range(len(labels)), labels, fontsize=8)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(fontsize=8, frameon=False, ncols=2, loc="lower right", bbox_to_anchor=(1, 1))
    return _png(figure)


def ranking(labels: Sequence[str], values: Sequence[int]) -> bytes:
    """One bar per line, the largest on top."""
    figure = Figure(figsize=(6.4, max(1.6, 0.36 * len(labels) + 0.5)), layout="constrained")
    axes = figure.subplots()
    short = [one if len(one) <= LONGEST_LABEL else f"{one[: LONGEST_LABEL - 1]}…" for one in labels]
    bars = axes.barh(range(len(short)), values, color=BLUE)
    axes.bar_label(bars, fontsize=8, padding=2)
    axes.set_yticks(range(len(short)), short, fontsize=8)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return _png(figure)


def _png(figure: Figure) -> bytes:
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=8)
    held = BytesIO()
    FigureCanvasAgg(figure).print_figure(held, format="png", dpi=DPI, metadata={"Software": None})
    return held.getvalue()
