#!/usr/bin/env python3
"""PatSnap client: python client.py REPORT_JOB_ID SEARCH_ID PATENT_NUMBER...

Written by somebody who had the five pages of the contract and nothing else, and left as it was written: it is here to
be verified and drilled. Only four paths are set right that its author had to guess, because the address lines were
missing in the text of these pages that it was written from.
"""
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

# The vendor's pages give method and path for P009 only. The other methods are inferred (pages listing HTTP 201: POST);
# the other paths are GUESSES to be confirmed with the vendor; override them by PATSNAP_PATH_P043, ..._DETECTION etc.
PATHS = {name: os.environ.get("PATSNAP_PATH_" + name, default) for name, default in {
    "P009": "/image-search/results",
    "P043": "/basic-patent-data/abstract-data-translated",
    "DETECTION": "/ai/infringement-detection-creation",
    "CLEARANCE": "/ai/image-search/submit",
    "REPORT": "/patent-valuation-data/pre_patent-evaluation-export",
}.items()}
PICTURE = "https://static-open.zhihuiya.com/sample/common_demo.png"
REQUIRED = ("url", "title", "patent_id", "patent_pn")
OPTIONAL = ("score", "apdt", "apno", "pbdt", "inventor", "loc_match", "original_assignee", "current_assignee")
RATE_LIMITED = 67200002             # refused before it ran: safe to repeat for POST too
BUSY = {67200100, 68300008}         # may have run: repeated for GET only, lest a paid task is created twice
ATTEMPTS, POLL_EVERY, POLL_FOR = 4, 10, 15 * 60


class ApiError(Exception):
    """A call that did not succeed, or whose result is of no use."""


def fetch(request):
    """HTTP status and body, also of an answer that is an error."""
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def call(method, name, params):
    """Call an endpoint, return the `data` of its answer; raise ApiError when it did not succeed."""
    query = "?" + urllib.parse.urlencode(params) if method == "GET" else ""
    url = os.environ["PATSNAP_BASE_URL"].rstrip("/") + PATHS[name] + query
    request = urllib.request.Request(url, None if query else json.dumps(params).encode(), method=method, headers={
        "Accept": "application/json", "Content-Type": "application/json", "User-Agent": "patsnap-client/1.0"})
    # "unredirected": the key does not follow a redirect to another host
    request.add_unredirected_header("Authorization", "Bearer " + os.environ["PATSNAP_API_KEY"])
    for attempt in range(1, ATTEMPTS + 1):
        status, body, problem = 0, {}, ""
        try:
            status, raw = fetch(request)
            body = json.loads(raw)
        except (OSError, http.client.HTTPException, ValueError) as error:
            problem = str(error)
        body = body if isinstance(body, dict) else {}
        code, problem = body.get("error_code"), body.get("error_msg") or problem or "no message"
        if 200 <= status < 300 and body.get("status") and code == 0:
            return body.get("data")
        refused = status == 429 or code == RATE_LIMITED
        unsure = status == 0 or status >= 500 or code in BUSY
        if attempt == ATTEMPTS or not (refused or unsure and method == "GET"):
            raise ApiError(f"{method} {PATHS[name]}: HTTP {status or '-'}, error_code {code}: {problem}")
        time.sleep(2 ** attempt)


def translate(numbers):
    numbers = list(dict.fromkeys(number.strip().upper() for number in numbers))  # every result is charged
    found = {}
    for start in range(0, len(numbers), 100):
        batch = numbers[start:start + 100]
        for item in call("GET", "P043", {"patent_number": ",".join(batch), "lang": "en"}) or []:
            found[str(item.get("pn")).upper()] = item
    for number in numbers:
        if item := found.get(number):
            print(f"{number}\t{item.get('title') or '(no title)'}\t{' '.join((item.get('abstract') or '').split())[:60]}")
    if missing := [number for number in numbers if not found.get(number, {}).get("abstract")]:
        raise ApiError("no translated abstract for " + ", ".join(missing))


def fetch_designs(search_id, designs, wanted=150):
    """Fill `designs` in the order of the server (default: similarity, best first) and show the first five."""
    found, offset, more = {}, 0, True
    while more:
        data = call("GET", "P009", {"search_id": search_id, "country": "US,EU,CN", "offset": offset,
                                    "limit": min(100, wanted - len(found))})
        page, total = data["patent_messages"] or [], data["total_search_result_count"]
        for item in page:
            found.setdefault(item["patent_id"], item)
        offset += len(page)
        more = page and len(found) < wanted and offset < total and offset <= 1000  # 1000: the vendor's limit
    designs.extend(list(found.values())[:wanted])
    for item in designs[:5]:
        print(f"{item.get('patent_pn')}\t{item.get('score')}\t{item.get('title')}")
    print(f"{total} designs in all, {len(designs)} fetched")


def detect(designs):
    usable = [{key: item[key] for key in REQUIRED + OPTIONAL if item.get(key) is not None}
              for item in designs if all(item.get(key) for key in REQUIRED)]
    if not usable:
        raise ApiError("there are no designs to compare with")
    data = call("POST", "DETECTION", {"urls": [PICTURE], "patent_messages": usable[:100], "report_lang": "en"})
    print("infringement detection task:", data["task_id"])


def clear():
    data = call("POST", "CLEARANCE", {"url": PICTURE, "country": ["US", "CN", "EU"], "lang": "en"})
    print("clearance search task:", data["task_id"])


def save_report(job_id):
    deadline = time.monotonic() + POLL_FOR
    while (data := call("GET", "REPORT", {"job_id": job_id}))["report_status"] == "PENDING":
        if time.monotonic() + POLL_EVERY > deadline:
            raise ApiError(f"still pending after {POLL_FOR // 60} minutes")
        time.sleep(POLL_EVERY)
    if data["report_status"] != "SUCCESS":
        raise ApiError(f"the export ended with {data['report_status']}; its task has to be created again")
    status, pdf = fetch(data["report_url"])  # a signed link: no Authorization
    if status != 200 or not pdf.startswith(b"%PDF-"):
        raise ApiError(f"the report's link does not deliver a PDF (HTTP {status})")
    with open("report.pdf", "wb") as file:
        file.write(pdf)
    print(f"report.pdf: {len(pdf)} bytes")


def main(arguments):
    if len(arguments) < 3:
        sys.exit("usage: python client.py REPORT_JOB_ID SEARCH_ID PATENT_NUMBER...")
    if unset := [name for name in ("PATSNAP_BASE_URL", "PATSNAP_API_KEY") if not os.environ.get(name)]:
        sys.exit("not set in the environment: " + ", ".join(unset))
    job_id, search_id, *numbers = arguments
    designs, failed = [], False
    for title, step, *values in (("translation", translate, numbers), ("designs", fetch_designs, search_id, designs),
                                 ("infringement detection", detect, designs), ("clearance search", clear),
                                 ("report", save_report, job_id)):
        try:
            step(*values)
        except (ApiError, OSError, http.client.HTTPException, KeyError, TypeError, AttributeError, ValueError) as error:
            odd = isinstance(error, (KeyError, TypeError, AttributeError, ValueError))
            print(f"{title} could not be done: {f'unexpected answer, {error!r}' if odd else error}", file=sys.stderr)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
