"""What an R002 report says, in reading order: value, record, legal status, family, what is protected, estimate, others.

It fills the words of `fixtures/texts/valuation.yaml` with a `Valuation` and arranges them in parts; it computes
nothing but sums of money in another currency.
"""

from collections.abc import Callable, Iterator

from emulator.behaviours import similarity
from emulator.behaviours.paper import Valuation
from emulator.behaviours.paper.parts import (
    Card,
    Chapter,
    Column,
    Facts,
    Figures,
    Grid,
    Meter,
    Paragraph,
    Part,
    Radar,
    Report,
    Words,
    band,
    day,
    filled,
    shortened,
)
from emulator.corpus.patents import Patent

EXCERPT = 900  # characters of an abstract or of claims
MEMBERS = 30  # of a family
_BETWEEN = "; "  # names of people, which may hold a comma


def report(valuation: Valuation, words: Words) -> Report:
    """The whole report."""
    parts: list[Part] = []
    for number, (name, chapter) in enumerate(CHAPTERS.items(), 1):
        parts.append(Chapter(f"{number}  {words['chapters'][name]}"))
        parts += chapter(valuation, words[name])
    patent = valuation.patent
    name = f"{patent.pn}  {patent.title[valuation.language]}"
    cover = tuple(_cover(valuation, words["cover"]))
    return Report(name, valuation.language, valuation.created, words, cover, tuple(parts))


def _cover(valuation: Valuation, words: Words) -> Iterator[Part]:
    found, patent = valuation.appraisal, valuation.patent
    yield Figures(
        (
            (f"{found.overall:.1f}", f"{words['overall']} · {band(words['bands'], found.overall)['grade']}"),
            (_dollars(found.dollars), words["dollars"]),
            (_yuan(found.dollars, valuation), words["yuan"]),
        )
    )
    yield Paragraph(words["patent"], "caption")
    yield Facts(
        (
            (words["assignee"], patent.current_assignee),
            (words["inventors"], _BETWEEN.join(patent.inventors[:20])),
            (words["published"], day(patent.pbdt)),
            (words["status"], words["standing"].get(valuation.standing, valuation.standing)),
        )
    )


def _value(valuation: Valuation, words: Words) -> Iterator[Part]:
    found = valuation.appraisal
    yield Paragraph(words["lead"].format(overall=found.overall), "lead")
    yield Radar(tuple((words["names"][one.name], one.value) for one in found.dimensions))
    score = Column(words["score"], 2, number=True)
    columns = (Column(words["dimension"], 4), Column("", 5), score, Column(words["why"], 12))
    rows: list[tuple[str | Meter, ...]] = []
    for one in found.dimensions:
        why = filled(words["sentences"][one.name], one.told, words, {})
        rows.append((words["names"][one.name], Meter(one.value), f"{one.value:.1f}", why))
    yield Grid(columns, tuple(rows))


def _record(valuation: Valuation, words: Words) -> Iterator[Part]:
    patent = valuation.patent
    comma, title, original = words["comma"], patent.title[valuation.language], patent.title["original"]
    yield Facts(
        (
            (words["number"], f"{patent.pn} ({patent.kind})"),
            (words["title"], title),
            *(((words["original"], original),) if original != title else ()),
            (words["type"], words["types"][patent.patent_type]),
            (words["apno"], patent.apno),
            (words["filed"], day(patent.apdt)),
            (words["published"], day(patent.pbdt)),
            (words["granted"], day(patent.isd or 0)),
            (words["applicant"], patent.original_assignee),
            (words["assignee"], patent.current_assignee),
            (words["inventors"], _BETWEEN.join(patent.inventors[:20])),
            (words["classes"], comma.join((*patent.ipc, *patent.loc)) or "–"),
        )
    )
    if valuation.picture is not None:
        yield Card(
            words["drawing"],
            shortened(patent.pn, 40),
            (shortened(title, 200),),
            valuation.picture,
        )


def _legal(valuation: Valuation, words: Words) -> Iterator[Part]:
    patent, life = valuation.patent, valuation.appraisal.life
    codes = words["comma"].join(words["codes"].get(code, str(code)) for code in patent.legal_status) or words["none"]
    yield Facts(
        (
            (words["standing"], words["standings"].get(valuation.standing, valuation.standing)),
            (words["status"], codes),
            (words["filed"], day(patent.apdt)),
            (words["granted"], day(patent.isd or 0)),
            (words["ends"], day(life.ends)),
        )
    )
    yield Paragraph(words["left" if life.left else "over"].format(left=life.left, term=life.term))
    columns = (Column(words["term"], 5), Column("", 12), Column(words["years"], 3, number=True))
    yield Grid(columns, (
        (words["used"], Meter(100 * (1 - life.share)), f"{life.term - life.left:.1f}"),
        (words["remaining"], Meter(100 * life.share), f"{life.left:.1f}"),
    ))  # fmt: skip


def _family(valuation: Valuation, words: Words) -> Iterator[Part]:
    members = valuation.appraisal.family
    yield Paragraph(words["one" if len(members) == 1 else "lead"].format(count=len(members)), "lead")
    columns = (
        Column(words["number"], 32), Column(words["office"], 14), Column(words["title"], 62),
        Column(words["published"], 22), Column(words["status"], 26),
    )  # fmt: skip
    yield Grid(columns, tuple(_member(one, valuation, words) for one in members[:MEMBERS]))


def _member(patent: Patent, valuation: Valuation, words: Words) -> tuple[str, ...]:
    mark = words["this"] if patent is valuation.patent else ""
    granted = words["granted"] if patent.isd else words["published_only"]
    return patent.pn + mark, patent.authority, patent.title[valuation.language], day(patent.pbdt), granted


def _protected(valuation: Valuation, words: Words) -> Iterator[Part]:
    patent, language = valuation.patent, valuation.language
    length = EXCERPT // (2 if language == "cn" else 1)
    abstract = similarity.excerpt(patent.abstract, language)
    yield Paragraph(words["abstract"], "caption")
    yield Paragraph(shortened(abstract, length) or words["no_abstract"])
    yield Paragraph(words["claims"], "caption")
    lines = [line for line in similarity.excerpt(patent.claims, language).splitlines() if line.strip()]
    yield from (Paragraph(shortened(line, length)) for line in lines[:3] or [words["no_claims"]])
    if len(lines) > 3:
        yield Paragraph(words["more"].format(count=len(lines) - 3), "faint")


def _estimate(valuation: Valuation, words: Words) -> Iterator[Part]:
    found = valuation.appraisal
    money = {name: _dollars(getattr(found, name)) for name in ("dollars", "low", "high")}
    yield Paragraph(words["lead"].format(**money, yuan=_yuan(found.dollars, valuation)), "lead")
    columns = (Column(words["factor"], 5), Column(words["why"], 12), Column("×", 4, number=True))
    sentences, standings = words["sentences"], words["standings"]
    rows = [
        (words["names"][one.name], filled(sentences[one.name], one.told, words, standings), f"{one.factor:.2f}")
        for one in found.factors
    ]
    rows.insert(0, (words["base"], words["bases"][valuation.patent.patent_type], _dollars(found.base)))
    rows.append((words["result"], words["range"].format(**money), _dollars(found.dollars)))
    yield Grid(columns, tuple(rows))
    low, high = (_yuan(amount, valuation) for amount in (found.low, found.high))
    yield Paragraph(words["exchange"].format(rate=valuation.yuan, low=low, high=high), "faint")


def _compared(valuation: Valuation, words: Words) -> Iterator[Part]:
    others = valuation.appraisal.comparables
    if not others:
        yield Paragraph(words["none"])
        return
    yield Paragraph(words["one" if len(others) == 1 else "lead"].format(count=len(others)), "lead")
    columns = (
        Column(words["number"], 30), Column(words["title"], 48), Column(words["assignee"], 40),
        Column(words["closeness"], 19, number=True), Column(words["value"], 25, number=True),
    )  # fmt: skip
    yield Grid(columns, tuple(
        (one.patent.pn, one.patent.title[valuation.language], one.patent.current_assignee,
         f"{one.nearness:.2f}", _dollars(one.dollars))
        for one in others
    ))  # fmt: skip


def _method(valuation: Valuation, words: Words) -> Iterator[Part]:
    yield from (Paragraph(text, "faint") for text in words["texts"])


def _dollars(amount: int) -> str:
    return f"USD {amount:,}"


def _yuan(dollars: int, valuation: Valuation) -> str:
    return f"CNY {round(dollars * valuation.yuan / 100) * 100:,}"


CHAPTERS: dict[str, Callable[[Valuation, Words], Iterator[Part]]] = {
    "value": _value,
    "record": _record,
    "legal": _legal,
    "family": _family,
    "protected": _protected,
    "estimate": _estimate,
    "compared": _compared,
    "method": _method,
}
