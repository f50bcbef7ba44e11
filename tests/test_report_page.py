"""The page of a report in a real browser: it loads nothing, says everything, filters, and can be used by everybody."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from emulator.verifier.report import html
from emulator.verifier.report.harmless import harmless
from emulator.verifier.report.model import Report
from tests import sample_reports

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
pytestmark = pytest.mark.skipif(
    not Path(CHROMIUM).exists() and "CI" not in os.environ, reason="chromium is not installed"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Open = Callable[..., Page]
# The least contrast of all texts with what is behind them, by the formula of WCAG.
CONTRAST = """() => {
  const parts = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const behind = (element) => {
    for (let part = element; part; part = part.parentElement) {
      const colour = parts(getComputedStyle(part).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  let least = [99, ""];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest("script,style,.skip")) continue;
    const [a, b] = [light(parts(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < least[0]) least = [ratio, node.data.trim().slice(0, 60)];
  }
  return least;
}"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach((part) => { part.open = true; })"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a report as a file; afterwards nothing may have been complained about, asked for or loaded."""
    complaints: list[str] = []
    asked: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(report: Report, **how: object) -> Page:
        file = tmp_path / f"{len(contexts)}.html"
        file.write_text(html.form(harmless(report)), "utf-8")
        context = browser.new_context(offline=True, **how)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith("file:") or ".html" not in url] == []
    assert len(asked) == len(contexts)


@pytest.mark.parametrize("name", sample_reports.ALL)
def test_the_page_opens_and_loads_nothing(show: Open, name: str) -> None:
    page = show(sample_reports.ALL[name]())
    page.evaluate(OPEN_ALL)
    assert page.locator("h1").inner_text()


def test_a_finding_opens_to_advice_evidence_request_and_answer(show: Open) -> None:
    page = show(sample_reports.verify())
    finding = page.locator("details.entry", has_text='asked for the task "None"')
    assert not finding.get_by_text("Look at status and error_code").is_visible()
    finding.locator("summary").first.click()
    assert finding.get_by_text("Look at status and error_code").is_visible()
    assert finding.get_by_text("vendor page [AI39-2] Appearance Anti-Infringement Search - Get Result").is_visible()
    assert finding.get_by_text("task_id None is not known").first.is_visible()
    assert finding.get_by_text('"status": false').first.is_visible()


def test_a_closed_call_takes_one_line_and_an_open_one_all_of_them(show: Open) -> None:
    query = "patent_number=" + ",".join(f"CN1015955{number}B" for number in range(40))
    calls = tuple(replace(one, query=query) for one in sample_reports.verify().exchanges)
    page = show(replace(sample_reports.verify(), exchanges=calls))
    page.locator("#calls > details > summary").click()
    summary = page.locator("#calls .call > summary").first
    closed = summary.evaluate("(part) => part.offsetHeight")
    summary.click()
    assert closed < 40 < summary.evaluate("(part) => part.offsetHeight")


def test_filters_by_severity_operation_and_text(show: Open) -> None:
    page = show(sample_reports.verify())
    findings = page.locator("#findings > .entry:visible")
    assert findings.count() == 4
    page.get_by_label("Errors").uncheck()
    page.locator("#findings > .entry.error").first.wait_for(state="hidden")
    assert findings.count() == 2
    page.locator("#filters select").select_option("token")
    page.locator("#findings > .entry.note").wait_for(state="hidden")
    assert findings.count() == 1
    assert "of 16 entries" in page.locator("#filters output").inner_text()
    page.get_by_role("button", name="Clear").click()
    page.locator("#findings > .entry.error").first.wait_for()
    assert findings.count() == 4
    page.get_by_label("Containing").fill("no ANSWER ever named")
    page.locator("#findings > .entry.note").wait_for(state="hidden")
    assert findings.count() == 1


def test_drills_and_cases_are_filtered_too(show: Open) -> None:
    page = show(sample_reports.drill())
    page.get_by_label("Fine").uncheck()
    page.locator("#drills > .entry.fine").first.wait_for(state="hidden")
    assert page.locator("#drills > .entry:visible").count() == 4
    assert page.locator("#drills > .entry.warning:visible .badge").first.inner_text() == "gave up cleanly"
    page = show(sample_reports.conformance())
    page.locator("#filters select").select_option("P043")
    page.locator("#cases > .entry.warning").wait_for(state="hidden")
    assert page.locator("#cases > .entry:visible").count() == 1


def test_a_link_to_a_call_opens_what_hides_it(show: Open) -> None:
    page = show(sample_reports.verify())
    page.locator("#finding-2 > summary").click()
    page.locator("#finding-2 p a").first.click()
    page.locator("#call-9 dl").wait_for()
    page = show(sample_reports.conformance())
    page.locator("td.breached a").click()
    page.locator("#case-1 dl").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["verify", "drill", "conformance"])
def test_every_text_stands_out(show: Open, name: str, scheme: str) -> None:
    page = show(sample_reports.ALL[name](), color_scheme=scheme)
    page.evaluate(OPEN_ALL)
    least, text = page.evaluate(CONTRAST)
    assert least >= 4.5, text


@pytest.mark.parametrize("name", ["verify", "drill", "conformance"])
def test_the_keyboard_reaches_everything(show: Open, name: str) -> None:
    page = show(sample_reports.ALL[name]())
    page.evaluate(OPEN_ALL)
    page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, summary, [tabindex='0']")]
            .filter((one) => one.checkVisibility()).forEach((one) => one.classList.add("to-reach"))"""
    )
    number = page.locator(".to-reach").count()
    for _ in range(number + 2):
        page.keyboard.press("Tab")
        page.evaluate("() => document.activeElement.classList.remove('to-reach')")
    assert page.locator(".to-reach").all_inner_texts() == []


def test_enter_opens_a_finding(show: Open) -> None:
    page = show(sample_reports.verify())
    page.locator("#finding-1 > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#finding-1 .advice").is_visible()


def test_nothing_is_wider_than_a_telephone(show: Open) -> None:
    for report in (sample_reports.verify(), sample_reports.drill(), sample_reports.conformance()):
        page = show(report, viewport={"width": 360, "height": 700})
        page.evaluate(OPEN_ALL)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_without_script_all_is_there_but_the_filters(show: Open) -> None:
    page = show(sample_reports.verify(), java_script_enabled=False)
    assert not page.locator("#filters").is_visible()
    page.locator("#finding-1 > summary").click()
    assert page.locator("#finding-1 .advice").is_visible()
    assert page.locator(".more .call").count() == 12


def test_findings_are_printed_open(show: Open) -> None:
    page = show(sample_reports.verify())
    page.emulate_media(media="print")
    assert page.locator("#finding-1 .advice").is_visible()
    assert not page.locator("#filters").is_visible()


def test_nothing_that_a_client_sent_becomes_part_of_the_page(show: Open) -> None:
    page = show(sample_reports.hostile())
    page.evaluate(OPEN_ALL)
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert "alert(1)" in page.locator("#finding-1 .sentence").inner_text()


def test_not_even_a_script_that_was_not_escaped_would_run(show: Open, browser: Browser, tmp_path: Path) -> None:
    page = html.form(harmless(sample_reports.verify())).replace(
        "</main>", "<script>document.title='run'</script></main>"
    )
    file = tmp_path / "planted.html"
    file.write_text(page.replace("<h1>", "<h1 style='color: red' onclick='document.title=1'>"), "utf-8")
    context = browser.new_context(offline=True)
    opened = context.new_page()
    opened.goto(file.as_uri())
    opened.locator("h1").click()
    assert opened.title().startswith("2 errors")
    context.close()


def test_many_calls_leave_the_page_small() -> None:
    calls = tuple(sample_reports.exchange(place, answer='{"a":"' + "x" * 8000 + '"}') for place in range(3000))
    page = html.form(harmless(replace(sample_reports.verify(), exchanges=calls)))
    assert len(page) < 12_000_000
    assert page.count("left out of this page") > 2000
    assert "call-02999" in page
