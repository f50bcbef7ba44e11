"""R002 leads from a granted patent to its value report, as a PDF or a Word file behind a signed link.

The status counts through waiting, being exported and done, or tells why a report failed.
"""

import io
import re
import zipfile
from decimal import Decimal
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import INVALID, SERVICE, least
from contract_tests.flows import KINDS

pytestmark = pytest.mark.needs_clock
REPORT = KINDS[4]
FOREIGN, DESIGN, UNGRANTED = "US11205304B2", "EU0065350760001S", "CN103106923A"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def _create(account: Account, **values: object) -> Answer:
    return account.send("R002-create", {"report_type": "pdf", **values})


def _file(account: Account, **more: object) -> Answer:
    job_id = REPORT.create(account, **more)
    account.advance("1m")
    return account.target.fetch(REPORT.ask(account, job_id).data["download_url"])


def _said(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf), strict=True).pages
    assert len(pages) >= 3
    return "".join("".join(page.extract_text() for page in pages).split())


def _written(word: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert archive.testzip() is None
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    return "".join("".join(node.text or "" for node in document.iter(_TEXT)).split())


def test_a_report_waits_is_exported_and_is_done(account: Account) -> None:
    job_id = REPORT.create(account)
    seen = []
    for _ in range(13):
        data = REPORT.ask(account, job_id).data
        seen.append((data["job_status"], data["queue_num"]))
        account.advance("5s")
    states, queues = zip(*seen, strict=True)
    assert states == (0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2)
    assert 10 >= queues[0] >= queues[3] >= 1
    assert list(queues) == sorted(queues, reverse=True)
    assert set(queues[4:]) == {0}


def test_planned_polls_lead_through_the_same_states(account: Account) -> None:
    account.steer("PUT", "plan", {"polls": 4})
    job_id = REPORT.create(account)
    assert [REPORT.ask(account, job_id).data["job_status"] for _ in range(6)] == [0, 0, 1, 1, 2, 2]


def test_a_held_report_is_being_exported(account: Account) -> None:
    account.steer("PUT", "plan", "hold")
    job_id = REPORT.create(account)
    assert REPORT.ask(account, job_id).data == {"job_id": int(job_id), "queue_num": 0, "job_status": 1}


def test_a_job_id_is_a_number_that_a_reader_with_53_bits_keeps(account: Account) -> None:
    for _ in range(5):
        job_id = _create(account, patent_number=FOREIGN).data["job_id"]
        assert type(job_id) is int
        shortest = Decimal(repr(float(job_id)))  # what such a reader prints: the fewest digits that name its number
        assert int(shortest) == job_id
        assert REPORT.ask(account, str(job_id)).data["job_id"] == job_id


@pytest.mark.parametrize("language", ["en", "cn"])
def test_a_failed_report_tells_its_cause(account: Account, language: str) -> None:
    account.configure(language=language)
    job_id = REPORT.create(account)
    account.order(job_id, "failed")
    data = REPORT.ask(account, job_id).data
    assert list(data) == ["job_id", "queue_num", "job_status", "abnormal_cause"]
    assert (data["queue_num"], data["job_status"]) == (0, 3)
    sample = SERVICE.operations["R002-status"].answer["properties"]["data"]["properties"]["abnormal_cause"]["example"]
    assert (data["abnormal_cause"] == sample) is (language == "cn")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"patent_number": DESIGN}, "is a design"),
        ({"patent_number": UNGRANTED}, "is not granted"),
        ({"patent_number": "XX0000000A"}, "names no patent"),
        ({"patent_id": "00000000-0000-4000-8000-000000000000"}, "names no patent"),
        ({"patent_number": f"{FOREIGN},CN101595528B"}, "one patent"),
        ({}, "patent_id"),
        ({"patent_number": FOREIGN, "report_type": "doc"}, "report_type"),
        ({"patent_number": FOREIGN, "report_type": None}, "report_type"),
    ],
    ids=str,
)
def test_a_patent_that_is_not_supported_is_refused(account: Account, values: dict[str, object], reason: str) -> None:
    answer = _create(account, **values)
    assert (answer.code, answer.cost) == (INVALID, 0)
    assert reason in str(answer.reason)


def test_the_id_counts_where_both_are_given(account: Account) -> None:
    known = least(SERVICE.operations["R002-create"])["patent_id"]
    assert _create(account, patent_id=known, patent_number=DESIGN).code == 0
    assert _create(account, patent_id="nobody", patent_number=FOREIGN).code == INVALID


def test_a_pdf_tells_what_the_patent_is_worth(account: Account) -> None:
    answer = _file(account, report_type="pdf", patent_id=None, patent_number=FOREIGN)
    assert (answer.status, answer.header("content-type")) == (200, "application/pdf")
    said = _said(answer.body)
    for part in (
        FOREIGN,
        "Memorydevicearchitecturesandoperation",
        "QUALCOMMINCORPORATED",
        "2021-11-08",
        "CN101595528B",
    ):
        assert part in said
    assert re.search(r"USD[\d,]+estimatedvalue|USD[\d,]+CNY[\d,]+", said)
    for dimension in ("Market", "Technology", "Strategy", "Legal", "Economic"):
        assert re.search(dimension + r"\d+\.\d", said)


def test_a_chinese_patent_has_a_chinese_report(account: Account) -> None:
    answer = _file(account, report_type="pdf", patent_id=None, patent_number="CN101595528B")
    said = _said(answer.body)
    for part in ("专利价值报告", "存储器装置架构和操作", "市场价值", "第1页"):
        assert part in said
    assert "Patentvaluereport" not in said


def test_a_word_file_says_what_the_pdf_says(account: Account) -> None:
    word = _file(account, report_type="word", patent_id=None, patent_number=FOREIGN)
    assert (word.status, word.header("content-type")) == (200, WORD)
    pdf = _said(_file(account, report_type="pdf", patent_id=None, patent_number=FOREIGN).body)
    written = _written(word.body)
    for money in re.findall(r"(?:USD|CNY)[\d,]+\d", written):
        assert money in pdf
    for part in (FOREIGN, "Valueataglance", "Comparablepatents", "CN101595528B"):
        assert part in written


def test_the_ending_of_a_link_is_that_of_its_file(account: Account) -> None:
    for kind, ending in (("pdf", ".pdf"), ("word", ".docx")):
        job_id = REPORT.create(account, report_type=kind)
        account.advance("1m")
        url = REPORT.ask(account, job_id).data["download_url"]
        assert urlsplit(url).path.endswith(ending)
        other = url.replace(ending, ".docx" if kind == "pdf" else ".pdf")
        assert account.target.fetch(other).status == 403


@pytest.mark.parametrize("link_lifetime", ["documented", "signed"])
def test_a_link_lives_seven_days(account: Account, link_lifetime: str) -> None:
    account.configure(link_lifetime=link_lifetime)
    job_id = REPORT.create(account)
    account.advance("1m")
    url = REPORT.ask(account, job_id).data["download_url"]
    assert "X-Amz-Expires=604800" in url
    account.advance("604799999ms")
    assert account.target.fetch(url).status == 200
    account.advance("1ms")
    assert account.target.fetch(url).status == 403
    assert REPORT.ask(account, job_id).code == INVALID


def test_the_sample_of_the_query_names_the_sample_of_the_answer(account: Account) -> None:
    status = SERVICE.operations["R002-status"]
    sample = status.answer["properties"]["data"]["properties"]["job_id"]["example"]
    for written in (str(sample), least(status)["job_id"]):
        assert REPORT.ask(account, written).data["job_status"] == 2


@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_equal_patents_have_equal_files(account: Account, other: Account, kind: str) -> None:
    mine, theirs = (_file(one, report_type=kind).body for one in (account, other))
    assert mine == theirs
