"""What a report says, in reading order: title, details, scores, indices, maturity, similar patents, the text.

It fills the words of `fixtures/texts/evaluation.yaml` with an evaluation and arranges them. It knows nothing
of sheets, fonts or line breaks, and computes nothing but which band a score falls into.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, NextPageTemplate, PageBreak, Spacer

from emulator.behaviours.paper import Evaluation, SimilarPatent, charts
from emulator.behaviours.paper import prose as look
from emulator.behaviours.paper.prose import WIDTH, Prose

Words = Mapping[str, Any]
Chapter = Callable[[Evaluation, Words, Prose], Iterator[Flowable]]

DIMENSIONS = ("innovation", "patentability", "transformation")
INDEX_COLUMNS = (7, 8, 2)
PATENT_COLUMNS = {"number": 11, "patent": 30, "title": 57, "assignee": 36, "published": 20, "score": 16}


def story(evaluation: Evaluation, words: Words, prose: Prose) -> list[Flowable]:
    """All flowables of a report, the title page first."""
    flowables = [NextPageTemplate("inner"), *_title(evaluation, words, prose), PageBreak()]
    for number, (name, chapter) in enumerate(CHAPTERS.items(), 1):
        # A heading takes with it a table's head and some rows, or the whole of a chart.
        flowables.append(CondPageBreak(48 * mm))
        flowables.append(prose.passage(f"{number}  {words['chapters'][name]}", look.CHAPTER))
        flowables += chapter(evaluation, words[name], prose)
    return flowables


def _title(evaluation: Evaluation, words: Words, prose: Prose) -> Iterator[Flowable]:
    day = evaluation.created
    date = words["date"].format(year=day.year, month=day.month, day=day.day)
    yield prose.title(evaluation.report_name.strip() or words["kind"])
    yield Spacer(0, 4 * mm)
    yield prose.passage(f"{words['created']} {date}", look.LEAD)
    yield Spacer(0, 10 * mm)
    if evaluation.info:
        yield prose.passage(words["details"], look.CAPTION)
        rows = [(prose.passage(k, look.FAINT), prose.passage(v, look.CELL)) for k, v in evaluation.info]
        yield prose.table(rows, (5, 12))


def _picture(evaluation: Evaluation, words: Words, prose: Prose) -> Iterator[Flowable]:
    scores = {name: float(getattr(evaluation, name)) for name in DIMENSIONS}
    names = {name: words["dimensions"][name]["name"] for name in DIMENSIONS}
    bands = [_band(words["dimensions"][name]["bands"], score) for name, score in scores.items()]
    best, worst = max(scores, key=scores.__getitem__), min(scores, key=scores.__getitem__)
    yield prose.passage(words["lead"].format(best=names[best], worst=names[worst]), look.LEAD)
    rows = (
        [charts.Ring(score, prose.face.name) for score in scores.values()],
        [prose.passage(name, look.DIMENSION) for name in names.values()],
        [prose.passage(band["grade"], look.GRADE) for band in bands],
        [prose.passage(band["text"], look.VERDICT) for band in bands],
    )
    yield prose.table(rows, (1, 1, 1), look.CENTRED)


def _indices(evaluation: Evaluation, words: Words, prose: Prose) -> Iterator[Flowable]:
    if not evaluation.indices:
        yield prose.passage(words["none"])
        return
    yield prose.passage(words["lead"], look.LEAD)
    bar_width = WIDTH * INDEX_COLUMNS[1] / sum(INDEX_COLUMNS) - 2 * look.PADDING
    index, score = prose.passage(words["index"], look.HEAD), prose.passage(words["score"], look.HEAD_NUMBER)
    rows: list[list[Flowable]] = [[index, Spacer(0, 0), score]]
    for name, value in evaluation.indices:
        shown = prose.passage(words["names"].get(name, name), look.CELL)
        rows.append([shown, charts.Bar(value, bar_width), prose.passage(f"{value:.1f}", look.NUMBER)])
    yield prose.table(rows, INDEX_COLUMNS, look.METERED)


def _maturity(evaluation: Evaluation, words: Words, prose: Prose) -> Iterator[Flowable]:
    index = evaluation.tech_maturity_index
    yield prose.passage(words["lead"].format(index=index), look.LEAD)
    yield charts.Ladder(index, prose.face.name, WIDTH)
    yield Spacer(0, 2 * mm)
    yield prose.passage(_band(words["bands"], index)["text"])


def _similar(evaluation: Evaluation, words: Words, prose: Prose) -> Iterator[Flowable]:
    count = len(evaluation.similar)
    if count == 0:
        yield prose.passage(words["none"])
        return
    yield prose.passage(words["one"] if count == 1 else words["lead"].format(count=count), look.LEAD)
    styles = {"number": look.HEAD_NUMBER, "score": look.HEAD_NUMBER}
    head = [prose.passage(words[name], styles.get(name, look.HEAD)) for name in PATENT_COLUMNS]
    rows = [_row(number, patent, prose) for number, patent in enumerate(evaluation.similar, 1)]
    yield prose.table([head, *rows], tuple(PATENT_COLUMNS.values()), look.HEADED)


def _row(number: int, patent: SimilarPatent, prose: Prose) -> list[Flowable]:
    digits = str(patent.publication_date)
    date = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 else digits
    texts = (patent.patent_pn, patent.title, patent.assignee, date)
    first, last = prose.passage(str(number), look.NUMBER), prose.passage(f"{patent.score:.2f}", look.NUMBER)
    return [first, *(prose.passage(text, look.CELL) for text in texts), last]


def _text(evaluation: Evaluation, words: Words, prose: Prose) -> Iterator[Flowable]:
    yield prose.passage(words["lead"].format(count=len(evaluation.text)), look.LEAD)
    lines = [line for line in evaluation.text.splitlines() if line.strip()]
    yield from map(prose.passage, lines or [words["empty"]])


def _band(bands: Sequence[Words], value: float) -> Words:
    """The last band that starts at or below the value; the first one for a value below them all."""
    reached = [band for band in bands if band["from"] <= value]
    return reached[-1] if reached else bands[0]


CHAPTERS: dict[str, Chapter] = {
    "picture": _picture,
    "indices": _indices,
    "maturity": _maturity,
    "similar": _similar,
    "text": _text,
}
