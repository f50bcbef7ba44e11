"""R003 leads from an invention's text to a real PDF behind a signed link, or says plainly that it is not there yet.

A link that was touched, or whose time is over, is refused by the storage with 403 and a body of XML.
"""

import io
import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import SERVICE, least
from contract_tests.flows import KINDS, RUNS_S, seconds
from contract_tests.published_facts import PAGES

pytestmark = pytest.mark.needs_clock
REPORT = KINDS[2]
CHINESE = "本发明涉及一种饮水瓶，其瓶盖上设有弹簧环，滤芯堵塞时无需电池即可提示使用者更换滤芯，结构简单，清洗方便。"


def _finished(account: Account, **more: object) -> str:
    """The link of a new report."""
    job_id = REPORT.create(account, **more)
    account.advance(seconds(RUNS_S))
    return str(REPORT.ask(account, job_id).data["report_url"])


def _text(account: Account, url: str) -> str:
    answer = account.target.fetch(url)
    assert (answer.status, answer.header("content-type")) == (200, "application/pdf")
    assert answer.body.startswith(b"%PDF-")
    pages = PdfReader(io.BytesIO(answer.body), strict=True).pages
    assert len(pages) >= 2
    return "".join("".join(page.extract_text() for page in pages).split())


def _is_refused(answer: Answer, status: int, code: str) -> None:
    assert answer.status == status
    assert answer.header("content-type") == "application/xml"
    document = ElementTree.fromstring(answer.body)
    assert (document.tag, document.findtext("Code")) == ("Error", code)
    assert document.findtext("Message")
    assert answer.reason


def test_pending_then_success(account: Account) -> None:
    job_id = REPORT.create(account)
    assert REPORT.ask(account, job_id).data == {"report_status": "PENDING"}
    account.advance(seconds(RUNS_S))
    data = REPORT.ask(account, job_id).data
    assert list(data) == list(PAGES["R003-export"].success_example["data"])
    assert data["report_status"] == "SUCCESS"


def test_a_failed_report_has_no_link(account: Account) -> None:
    job_id = REPORT.create(account)
    account.order(job_id, "failed")
    assert REPORT.ask(account, job_id).data == {"report_status": "FAIL"}


def test_a_link_of_a_report_that_failed_later_leads_nowhere(account: Account) -> None:
    url = _finished(account)
    job_id = url.rpartition("/")[2].split("-")[0]
    account.order(job_id, "failed")
    assert account.target.fetch(url).status == 403


def test_each_export_answers_the_same_link(account: Account) -> None:
    job_id = REPORT.create(account)
    account.advance(seconds(RUNS_S))
    first = REPORT.ask(account, job_id).body
    account.advance("3d")
    assert REPORT.ask(account, job_id).body == first


def test_a_link_has_the_form_of_the_sample(account: Account) -> None:
    ours = urlsplit(_finished(account))
    sample = urlsplit(PAGES["R003-export"].success_example["data"]["report_url"])
    assert set(parse_qs(ours.query)) == set(parse_qs(sample.query))
    assert ours.path.endswith("-application.pdf")
    query = {name: values[0] for name, values in parse_qs(ours.query).items()}
    assert query["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert query["X-Amz-Expires"] == str(7 * 86400)
    assert re.fullmatch(r"\d{8}T\d{6}Z", query["X-Amz-Date"])
    assert re.fullmatch(r"[0-9a-f]{64}", query["X-Amz-Signature"])


def test_the_report_holds_what_was_handed_in(account: Account) -> None:
    info = [{"key": "Docket", "value": "F-17/2026"}]
    text = _text(account, _finished(account, report_name="Filter bottle", report_info=info, tech_maturity_index=7))
    for word in ("Filterbottle", "Docket", "F-17/2026", "drinkingbottle"):
        assert word in text


def test_a_chinese_text_makes_a_chinese_report(account: Account) -> None:
    text = _text(account, _finished(account, text=CHINESE, report_name="过滤瓶申请前评估"))
    assert "过滤瓶申请前评估" in text
    assert "滤芯堵塞" in text
    assert len(re.findall(r"[\u4e00-\u9fff]", text)) > len(CHINESE) * 2


def test_the_same_text_makes_the_same_report(account: Account) -> None:
    assert _text(account, _finished(account)) == _text(account, _finished(account))


def test_a_report_lists_as_many_patents_as_were_asked_for(account: Account) -> None:
    few, many = (_text(account, _finished(account, limit=limit)) for limit in (1, 100))
    assert len(few) < len(many)


def test_figures_do_not_depend_on_how_many_patents_are_listed(account: Account) -> None:
    told = [_text(account, _finished(account, limit=limit)) for limit in (1, 5, 50)]
    figures = [re.search(r"1Overallpicture.*?4Similarpatents", text) for text in told]
    assert len({found and found[0].split("Page")[0] for found in figures}) == 1
    assert all(figures)


def test_the_documented_report_can_be_fetched(account: Account) -> None:
    data = account.send("R003-export", least(SERVICE.operations["R003-export"])).data
    assert _text(account, data["report_url"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("X-Amz-Expires=604800", "X-Amz-Expires=6048000"),
        ("X-Amz-Date=20", "X-Amz-Date=21"),
        ("-application.pdf", "-Application.pdf"),
        ("/reports/", "/images/"),
        ("X-Amz-SignedHeaders=host&", ""),
        ("X-Amz-Signature=", "X-Amz-Signature=0"),
        ("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm=none"),
    ],
)
def test_a_touched_link_is_refused(account: Account, old: str, new: str) -> None:
    url = _finished(account)
    assert old in url
    _is_refused(account.target.fetch(url.replace(old, new)), 403, "SignatureDoesNotMatch")


def test_a_link_without_its_signature_is_refused(account: Account) -> None:
    url = _finished(account)
    _is_refused(account.target.fetch(url.split("?")[0]), 403, "AccessDenied")
    _is_refused(account.target.fetch(url.split("&X-Amz-Signature")[0]), 403, "AccessDenied")


def test_a_link_of_another_account_does_not_open_ones_own_file(account: Account, other: Account) -> None:
    url = _finished(account)
    _is_refused(account.target.fetch(url.replace(account.client_id, other.client_id)), 403, "SignatureDoesNotMatch")
    _is_refused(account.target.fetch(url.replace(account.client_id, "nobody")), 403, "SignatureDoesNotMatch")


def test_an_expired_link_is_refused(account: Account) -> None:
    url = _finished(account)
    account.advance("7d")
    _is_refused(account.target.fetch(url), 403, "AccessDenied")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_link_can_only_be_read(account: Account, method: str) -> None:
    url = _finished(account)
    _is_refused(account.target.fetch(url, method), 405, "MethodNotAllowed")
    assert account.target.fetch(url).status == 200


def test_the_head_of_a_report_is_told_without_its_body(account: Account) -> None:
    url = _finished(account)
    head, whole = account.target.fetch(url, "HEAD"), account.target.fetch(url)
    assert (head.status, head.body) == (200, b"")
    assert head.header("content-length") == str(len(whole.body))
