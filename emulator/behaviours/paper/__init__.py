"""Reports on paper: an `Evaluation` (R003) or a `Valuation` (R002) becomes the bytes of a PDF or a Word file.

It knows nothing of jobs, links, lifetimes or the clock, and judges nothing: scores and patents are handed in.
Equal input gives equal bytes. reportlab and python-docx are imported when the first report is made: few runs of the
emulator make one, and all of them would start later.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulator.behaviours.appraisal import Appraisal
from emulator.behaviours.assessment import Finding, Index
from emulator.corpus.patents import Patent

__all__ = ["Evaluation", "SimilarPatent", "Valuation", "evaluation_pdf", "valuation_pdf", "valuation_word"]


@dataclass(frozen=True)
class SimilarPatent:
    """A patent near to the text; `publication_date` is yyyymmdd, `score` from 0 to 1, `picture` a PNG file.

    `status` is a simple legal status as a word of the texts, `shared` are the text's words that the patent has too.
    One of the `closest` is told at length.
    """

    patent_pn: str
    title: str
    assignee: str
    publication_date: int
    score: float
    office: str = ""
    status: str = ""
    abstract: str = ""
    classes: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    picture: bytes | None = None
    closest: bool = False


@dataclass(frozen=True)
class Evaluation:
    """All that an R003 report shows: scores and indices from 0 to 100, maturity from 1 to 10.

    `language` is a key of the texts ("cn" or "en"). The strings may be of any length and hold anything. An
    index named in the texts (`indices.names`) is shown under the name given there, any other as it is.
    `grades` are those of the three scores, by their names: low, medium, high or unsure.
    """

    report_name: str
    text: str
    tech_maturity_index: int
    info: tuple[tuple[str, str], ...]
    language: str
    created: datetime.date
    innovation: float
    patentability: float
    transformation: float
    overall: float
    grades: Mapping[str, str]
    indices: tuple[Index, ...]
    similar: tuple[SimilarPatent, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Valuation:
    """All that an R002 report shows. `yuan` are what a dollar costs; `standing` is a simple legal status as a word of
    the texts, `picture` a PNG file of what the patent shows.
    """

    patent: Patent
    language: str
    created: datetime.date
    appraisal: Appraisal
    yuan: float
    standing: str
    picture: bytes | None = None


def evaluation_pdf(evaluation: Evaluation, texts: Mapping[str, Any], font: Path) -> bytes:
    """The report as a PDF of at least two A4 pages.

    `texts` is `fixtures/texts/evaluation.yaml` as parsed; `font` a TrueType font with quadratic outlines: the
    characters in use are embedded, and one it lacks is replaced by its plain form or by a box.
    """
    from emulator.behaviours.paper import document
    from emulator.behaviours.paper import evaluation as story

    return document.render(story.report(evaluation, texts[evaluation.language]), font)


def valuation_pdf(valuation: Valuation, texts: Mapping[str, Any], font: Path) -> bytes:
    """The report as a PDF; `texts` is `fixtures/texts/valuation.yaml` as parsed, `font` as for an evaluation."""
    from emulator.behaviours.paper import document
    from emulator.behaviours.paper import valuation as story

    return document.render(story.report(valuation, texts[valuation.language]), font)


def valuation_word(valuation: Valuation, texts: Mapping[str, Any], font: Path) -> bytes:
    """The same report as a Word file (.docx); `font` draws the letters of its charts and is not embedded."""
    from emulator.behaviours.paper import valuation as story
    from emulator.behaviours.paper import word

    return word.render(story.report(valuation, texts[valuation.language]), font)
