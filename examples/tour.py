"""A tour of the emulator: every flow of the service, told as it goes.

    scripts/serve &
    .venv/bin/python examples/tour.py [http://127.0.0.1:8390]

It talks to the emulated service as any client would; only the steps marked with a clock move time.
"""

import io
import sys
from typing import Any

import httpx2
from PIL import Image, ImageDraw

try:
    import pypdf
except ImportError:
    pypdf = None  # type: ignore[assignment]

BASE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8390"
CLIENT, SECRET = "tour-client", "tour-secret"
http = httpx2.Client(base_url=BASE, timeout=30, trust_env=False)


def tell(step: str, answer: Any) -> None:
    text = str(answer)
    print(f"{step:<44} {text if len(text) <= 150 else text[:147] + '...'}")


def new_token() -> str:
    answer = http.post("/oauth/token", auth=(CLIENT, SECRET), data={"grant_type": "client_credentials"}).json()
    return str(answer["data"]["token"])


def call(method: str, path: str, **more: Any) -> dict[str, Any]:
    """One call of the service, with a fresh token because the tour jumps through time."""
    params = {"apikey": CLIENT, **more.pop("params", {})}
    headers = {"Authorization": f"Bearer {new_token()}"}
    answer = http.request(method, path, params=params, headers=headers, **more)
    body: dict[str, Any] = answer.json()
    if "X-Emulator-Reason" in answer.headers:
        body["reason"] = answer.headers["X-Emulator-Reason"]
    return body


def advance(by: str) -> str:
    answer = http.post(f"/_emulator/accounts/{CLIENT}/clock", json={"advance": by})
    return str(answer.json()["now"])


def picture() -> bytes:
    """A phone, drawn on the spot."""
    image = Image.new("RGB", (300, 400), "white")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((80, 30, 220, 370), 22, outline="black", width=4)
    pen.ellipse((100, 50, 130, 80), outline="black", width=3)
    pen.ellipse((140, 340, 160, 360), outline="black", width=3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def infringement() -> str:
    """upload, P060, AI39-1 creation, AI39-2; the address of the uploaded picture."""
    url = call("POST", "/image-search/image-upload", files={"image": ("phone.png", picture(), "image/png")})["data"][
        "url"
    ]
    tell("P010 upload", url)
    found = call("POST", "/search/patent/image-single", json={"url": url, "patent_type": "D", "model": 1, "limit": 3})[
        "data"
    ]
    tell(
        "P060",
        [(hit["patent_pn"], hit["score"]) for hit in found["patent_messages"]] + [found["total_search_result_count"]],
    )
    request = {
        "urls": [url],
        "patent_messages": found["patent_messages"],
        "report_lang": "en",
        "country": ["CN", "US", "EU"],
    }
    task_id = call("POST", "/ai/infringement-detection-creation", json=request)["data"]["task_id"]
    tell("AI39-1 creation", task_id)
    tell("AI39-2 query at once", call("POST", "/ai/infringement-detection-query", json={"task_id": task_id}))
    tell("clock + 6 s", advance("6s"))
    result = call("POST", "/ai/infringement-detection-query", json={"task_id": task_id})["data"]
    tell("AI39-2 query", {name: result[name] for name in ("task_status", "loc", "suspected_infringement_count")})
    tell("clock to one second before 8 h", advance("7h59m53s"))
    tell("AI39-2 query", call("POST", "/ai/infringement-detection-query", json={"task_id": task_id})["status"])
    tell("clock to 8 h", advance("1s"))
    tell("AI39-2 query", call("POST", "/ai/infringement-detection-query", json={"task_id": task_id}))
    return str(url)


def search(url: str) -> None:
    """search-id, then page 2 of the results by application date."""
    search_id = call("GET", "/image-search/search-id", params={"url": url})["data"]["search_id"]
    tell("P009 search-id", search_id)
    filters = {
        "search_id": search_id,
        "loc": "(14-01 OR 14-02)",
        "country": "CN",
        "field": "APD",
        "limit": 5,
        "offset": 5,
    }
    data = call("GET", "/image-search/results", params=filters)["data"]
    tell(
        "P009 results, page 2",
        [hit["patent_pn"] for hit in data["patent_messages"]] + [data["total_search_result_count"]],
    )
    tell("P009 results, limit 250", call("GET", "/image-search/results", params={"search_id": search_id, "limit": 250}))


def report() -> None:
    """R003: create, export, download, and a week later."""
    request = {
        "text": "A bottle cap with a ring that shows when the filter is worn.",
        "tech_maturity_index": 4,
        "report_name": "Filter bottle, before filing",
        "report_info": [{"key": "Case", "value": "F-17"}],
    }
    job_id = call("POST", "/patent-valuation-data/pre_patent-evaluation-create", json=request)["data"]["job_id"]
    export = "/patent-valuation-data/pre_patent-evaluation-export"
    tell("R003 create", job_id)
    tell("R003 export at once", call("GET", export, params={"job_id": job_id})["data"])
    tell("clock + 6 s", advance("6s"))
    data = call("GET", export, params={"job_id": job_id})["data"]
    tell("R003 export", data)
    pdf = http.get(data["report_url"])
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.content)).pages) if pypdf else ""
    tell(
        "download",
        (pdf.status_code, pdf.headers["content-type"], len(pdf.content), text[:60] or "(pypdf would read it)"),
    )
    tell("download, link touched", http.get(data["report_url"] + "0").status_code)
    tell("clock + 7 d", advance("7d"))
    tell("download", http.get(data["report_url"]).status_code)
    tell("R003 export", call("GET", export, params={"job_id": job_id}))


def value_report() -> None:
    """R002: a granted patent, its value report as a Word file."""
    path = "/patent-valuation-data/patent-report"
    request = {"patent_number": "US11205304B2", "report_type": "word"}
    job_id = call("POST", f"{path}/task/create", json=request)["data"]["job_id"]
    tell("R002 create", job_id)
    status = {"params": {"job_id": job_id}}
    for _ in range(3):
        data = call("GET", f"{path}/job_id/status", **status)["data"]
        tell("R002 status", data)
        tell("clock + 30 s", advance("30s"))
    file = http.get(data["download_url"])
    tell("download", (file.status_code, file.headers["content-type"], len(file.content)))


def translations() -> None:
    """P043: three known patents and an unknown one, in three languages; P044 and P045 are asked alike."""
    numbers = "US11205304B2,CN103106923A,CN101595528B,XX0000000A"
    for language in ("cn", "en", "jp"):
        asked = {"patent_number": numbers, "lang": language, "replace_by_related": 1}
        items = call("GET", "/basic-patent-data/abstract-data-translated", params=asked)["data"]
        tell(f"P043 {language}", [(item["pn"], item["title"]) for item in items])
    for operation, path, text in (("P044", "claim", "claims"), ("P045", "description", "description")):
        (item,) = call("GET", f"/basic-patent-data/{path}-data-translated", params={"patent_number": "US11205304B2"})[
            "data"
        ]
        tell(operation, item[text])


def numbers() -> None:
    """P069 finds a patent by its number, P041 tells whether it is in force, P014 who its relatives are."""
    found = call("POST", "/search/patent/patent-search-pn", json={"pn": "us 11,205,304"})["data"]["results"]
    tell("P069", [(one["pn"], one["current_assignee"]) for one in found])
    asked = {"patent_id": found[0]["patent_id"]}
    (item,) = call("GET", "/basic-patent-data/simple-legal-status", params=asked)["data"]
    tell("P041", item["simple_legal_status"])
    (item,) = call("GET", "/basic-patent-data/patent-family", params=asked)["data"]
    members = item["patent_family"]["simple_family"]
    tell("P014", [f"{one['country']}{one['doc_number']}{one['kind']}" for one in members])


def clearance(url: str) -> None:
    """AI39-1 submit and AI39-2 report."""
    request = {"url": url, "country": ["US", "CN"], "lang": "en", "loc_items": ["14-01", "14-02", "14-03"]}
    task_id = call("POST", "/ai/image-search/submit", json=request)["data"]["task_id"]
    tell("AI39-1 submit", task_id)
    advance("6s")
    data = call("POST", "/ai/image-search/report", json={"task_id": task_id})["data"]
    tell("AI39-2 report", [(one["patent_pn"], one["risk_level"]) for one in data["report"]["comparisons"][:3]])


def one_to_one(url: str) -> None:
    """AI67-1 and AI67-2: the picture against one patent, in words."""
    request = {"url": url, "patent_number": "EU0065350760001S", "report_lang": "en"}
    task_id = call("POST", "/ai/infringement-detection-1v1-creation", json=request)["data"]["task_id"]
    tell("AI67-1", task_id)
    advance("6s")
    (one,) = call("POST", "/ai/infringement-detection-1v1-query", json={"task_id": task_id})["data"]["comparisons"]
    tell("AI67-2", {name: one[name] for name in ("patent_pn", "score", "risk_level", "difference", "suggestion")})


def more_searches(url: str) -> None:
    """P009 search, P060 beta, and P062, which runs overnight."""
    found = call("GET", "/image-search/search", params={"url": url, "limit": 3})["data"]
    tell("P009 search", [hit["patent_pn"] for hit in found["patent_messages"]])
    request = {"patent_type": "D", "model": 1, "limit": 3}
    found = call("POST", "/search/patent/image-single/beta", json={**request, "url": url})["data"]
    tell("P060 beta", [hit["patent_pn"] for hit in found["patent_messages"]])
    batch = "/search/patent/image-search/single-batch"
    urls = [url, "https://shop.example/kettle.png"]
    job_id = call("POST", f"{batch}-create", json={**request, "urls": urls})["data"]["job_id"]
    tell("P062 create", job_id)
    tell("P062 result at once", call("POST", f"{batch}-result", params={"task_id": job_id}, json={})["data"])
    tell("clock + 1 d", advance("1d"))
    data = call("POST", f"{batch}-result", params={"task_id": job_id}, json={})["data"]
    tell("P062 result", [(one["status"], one["result_count"]) for one in data["search_result"]])


def main() -> None:
    tell("token by Basic auth", new_token()[:4] + "...")
    url = infringement()
    search(url)
    clearance(url)
    one_to_one(url)
    more_searches(url)
    report()
    value_report()
    translations()
    numbers()


if __name__ == "__main__":
    main()
