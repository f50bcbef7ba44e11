"""What an R003 report says, in reading order: scores, maturity, indices, the field, the closest patents, conclusions.

It fills the words of `fixtures/texts/evaluation.yaml` with an `Evaluation` and arranges them in parts. It computes
nothing but which band a score falls into and how many patents fall into which year and office.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from emulator.behaviours.assessment import UNSURE
from emulator.behaviours.paper import Evaluation, SimilarPatent
from emulator.behaviours.paper.parts import (
    Card,
    Chapter,
    Column,
    Columns,
    Facts,
    Grid,
    Ladder,
    Meter,
    Pair,
    Paragraph,
    Part,
    Points,
    Radar,
    Report,
    Score,
    Scores,
    Words,
    band,
    day,
    filled,
    shortened,
)

DIMENSIONS = ("innovation", "patentability", "transformation")
BARS = 12  # of a chart
LONG_TEXT = 2000  # characters; a shorter one needs no page of its own
EXCERPT = 420  # characters of an abstract; wide ones count twice


def report(evaluation: Evaluation, words: Words) -> Report:
    """The whole report."""
    parts: list[Part] = []
    for number, (name, chapter) in enumerate(CHAPTERS.items(), 1):
        opens = name == "text" and len(evaluation.text) > LONG_TEXT
        parts.append(Chapter(f"{number}  {words['chapters'][name]}", opens))
        parts += chapter(evaluation, words[name])
    name = evaluation.report_name.strip() or words["kind"]
    return Report(name, evaluation.language, evaluation.created, words, tuple(_cover(evaluation, words)), tuple(parts))


def _cover(evaluation: Evaluation, words: Words) -> Iterator[Part]:
    yield Scores(tuple(_scores(evaluation, words["picture"])))
    if evaluation.info:
        yield Paragraph(words["details"], "caption")
        yield Facts(evaluation.info)


def _scores(evaluation: Evaluation, words: Words) -> Iterator[Score]:
    for name in DIMENSIONS:
        value = float(getattr(evaluation, name))
        reached = words["grades"][evaluation.grades[name]]
        says = words["dimensions"][name]["says"][evaluation.grades[name]]
        yield Score(words["dimensions"][name]["name"], value, reached, says)


def _picture(evaluation: Evaluation, words: Words) -> Iterator[Part]:
    values = {name: float(getattr(evaluation, name)) for name in DIMENSIONS}
    names = {name: words["dimensions"][name]["name"] for name in DIMENSIONS}
    best, worst = max(values, key=values.__getitem__), min(values, key=values.__getitem__)
    lead = words["unsure" if UNSURE in evaluation.grades.values() else "lead"]
    yield Paragraph(lead.format(overall=evaluation.overall, best=names[best], worst=names[worst]), "lead")
    scores = tuple(_scores(evaluation, words))
    columns = (
        Column(words["dimension"], 5),
        Column("", 6),
        Column(words["score"], 2, number=True),
        Column(words["meaning"], 9),
    )
    yield Grid(columns, tuple((one.name, Meter(one.value), f"{one.value:.1f}", one.text) for one in scores))
    if len(evaluation.indices) > 2:
        yield Radar(tuple((words["indices"].get(one.name, one.name), one.value) for one in evaluation.indices))


def _indices(evaluation: Evaluation, words: Words) -> Iterator[Part]:
    if not evaluation.indices:
        yield Paragraph(words["none"])
        return
    yield Paragraph(words["lead"], "lead")
    columns = (
        Column(words["index"], 5),
        Column("", 5),
        Column(words["score"], 2, number=True),
        Column(words["why"], 11),
    )
    rows = []
    for one in evaluation.indices:
        name = words["names"].get(one.name, one.name)
        sentence = words["sentences"].get(one.name, {}).get(one.case, "")
        rows.append((name, Meter(one.value), f"{one.value:.1f}", filled(sentence, one.told, words, {})))
    yield Grid(columns, tuple(rows))


def _maturity(evaluation: Evaluation, words: Words) -> Iterator[Part]:
    index = evaluation.tech_maturity_index
    yield Paragraph(words["lead"].format(index=index), "lead")
    yield Ladder(index)
    yield Paragraph(band(words["bands"], index)["text"])


def _similar(evaluation: Evaluation, words: Words) -> Iterator[Part]:
    found = evaluation.similar
    if not found:
        yield Paragraph(words["none"])
        return
    yield Paragraph(words["one"] if len(found) == 1 else words["lead"].format(count=len(found)), "lead")
    falling = tuple((str(number), 100 * one.score) for number, one in enumerate(found[:BARS], 1))
    offices = Counter(one.office for one in found)
    most = sorted(offices, key=lambda office: (-offices[office], office))[:8]
    if len(found) > 2:
        by_office = Columns(words["by_office"], tuple((office, offices[office]) for office in most))
        yield Pair(Columns(words["by_closeness"], falling), by_office)
        yield Columns(words["by_year"], tuple(_years(found, evaluation.created.year)))
    columns = (
        Column(words["number"], 10, number=True), Column(words["patent"], 33), Column(words["title"], 51),
        Column(words["assignee"], 44), Column(words["published"], 20), Column(words["score"], 20, number=True),
    )  # fmt: skip
    yield Grid(columns, tuple(_row(number, one) for number, one in enumerate(found, 1)))


def _years(found: tuple[SimilarPatent, ...], last: int) -> Iterator[tuple[str, float]]:
    """How many were published in each of the years up to the report's, those long before together."""
    years = Counter(one.publication_date // 10_000 for one in found)
    last = max(last, *years)
    first = max(min(years), last - BARS + 1)
    for year in range(first, last + 1):
        older = sum(count for other, count in years.items() if other <= year) if year == first else years[year]
        yield f"≤{year}" if year == first and min(years) < first else str(year), older


def _row(number: int, one: SimilarPatent) -> tuple[str, ...]:
    return (str(number), one.patent_pn, one.title, one.assignee, day(one.publication_date), f"{one.score:.2f}")


def _closest(evaluation: Evaluation, words: Words) -> Iterator[Part]:
    if not evaluation.similar:
        yield Paragraph(words["none"])
        return
    yield Paragraph(words["lead"], "lead")
    length = EXCERPT // (2 if evaluation.language == "cn" else 1)
    for number, one in enumerate((one for one in evaluation.similar if one.closest), 1):
        texts = [shortened(one.abstract, length) or words["no_abstract"]]
        if one.shared:
            texts.append(shortened(words["shared"].format(words=words["comma"].join(one.shared)), EXCERPT))
        head = f"{number}.  {shortened(one.patent_pn, 40)}  {shortened(one.title, 160)}"
        yield Card(head, shortened(_line(one, words), EXCERPT), tuple(texts), one.picture)


def _line(one: SimilarPatent, words: Words) -> str:
    return str(
        words["line"].format(
            assignee=shortened(one.assignee, 120),
            date=day(one.publication_date),
            status=words["status"].get(one.status, one.status),
            classes=words["comma"].join(one.classes),
            closeness=one.score,
        )
    )


def _conclusions(evaluation: Evaluation, words: Words) -> Iterator[Part]:
    if not evaluation.findings:
        yield Paragraph(words["none"])
        return
    yield Paragraph(words["lead"], "lead")
    names = words["dimensions"]
    yield Points(tuple(filled(words["findings"][one.name], one.told, words, names) for one in evaluation.findings))


def _text(evaluation: Evaluation, words: Words) -> Iterator[Part]:
    yield Paragraph(words["lead"].format(count=len(evaluation.text)), "lead")
    lines = [line for line in evaluation.text.splitlines() if line.strip()]
    yield from map(Paragraph, lines or [words["empty"]])


def _method(evaluation: Evaluation, words: Words) -> Iterator[Part]:
    yield from (Paragraph(text, "faint") for text in words["texts"])


CHAPTERS: dict[str, Callable[[Evaluation, Words], Iterator[Part]]] = {
    "picture": _picture,
    "maturity": _maturity,
    "indices": _indices,
    "similar": _similar,
    "closest": _closest,
    "conclusions": _conclusions,
    "method": _method,
    "text": _text,
}
