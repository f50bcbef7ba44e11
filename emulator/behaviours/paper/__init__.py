"""The pre-patent evaluation report (R003) on paper: an `Evaluation` becomes the bytes of a PDF.

It knows nothing of jobs, links, lifetimes or the clock, and judges nothing: scores and patents are handed in.
Equal input gives equal bytes. reportlab is imported when the first report is made: few runs of the emulator
make one, and all of them would start later.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Evaluation", "SimilarPatent", "evaluation_pdf"]


@dataclass(frozen=True)
class SimilarPatent:
    """A row of the table of similar patents; `publication_date` is yyyymmdd, `score` gets two decimals."""

    patent_pn: str
    title: str
    assignee: str
    publication_date: int
    score: float


@dataclass(frozen=True)
class Evaluation:
    """All that a report shows: scores and indices from 0 to 100, maturity from 1 to 10.

    `language` is a key of the texts ("cn" or "en"). The strings may be of any length and hold anything. An
    index named in the texts (`indices.names`) is shown under the name given there, any other as it is.
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
    indices: tuple[tuple[str, float], ...]
    similar: tuple[SimilarPatent, ...]


def evaluation_pdf(evaluation: Evaluation, texts: Mapping[str, Any], font: Path) -> bytes:
    """The report as a PDF of at least two A4 pages.

    `texts` is `fixtures/texts/evaluation.yaml` as parsed; `font` a TrueType font with quadratic outlines: the
    characters in use are embedded, and one it lacks is replaced by its plain form or by a box.
    """
    from emulator.behaviours.paper import document

    return document.render(evaluation, texts[evaluation.language], font)
