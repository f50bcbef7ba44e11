"""A naive client: the first version that people write, which works as long as nothing happens.

    .venv/bin/python examples/naive_client.py PICTURE IDEA PATENT_NUMBER...

The same mission as the sound client's. It is here to be drilled, not to be copied.
"""

import sys
import time
from os import environ
from typing import Any

import httpx2

BASE = environ["PATSNAP_BASE_URL"]
CLIENT_ID = environ["PATSNAP_CLIENT_ID"]
CLIENT_SECRET = environ["PATSNAP_CLIENT_SECRET"]
DETECTION = "/ai/infringement-detection"
EVALUATION = "/patent-valuation-data/pre_patent-evaluation"


def get_token() -> str:
    response = httpx2.post(
        f"{BASE}/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(CLIENT_ID, CLIENT_SECRET),
        timeout=None,
    )
    return str(response.json().get("token"))


TOKEN = get_token()


def get(path: str, **params: Any) -> Any:
    response = httpx2.get(
        BASE + path,
        params={"apikey": CLIENT_ID, **params},
        headers={"Authorization": f"Bearer {TOKEN}"},
        timeout=None,
    )
    return response.json().get("data", {})


def post(path: str, **body: Any) -> Any:
    response = httpx2.post(
        BASE + path,
        params={"apikey": CLIENT_ID},
        json=body,
        headers={"Authorization": f"Bearer {TOKEN}"},
        timeout=None,
    )
    return response.json().get("data", {})


def upload(file: str) -> Any:
    with open(file, "rb") as picture:
        response = httpx2.post(
            f"{BASE}/image-search/image-upload",
            params={"apikey": CLIENT_ID},
            files={"image": picture},
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=None,
        )
    return response.json()["data"]["url"]


def main() -> None:
    picture_file, idea_file, *numbers = sys.argv[1:]

    # 1. upload and search
    url = upload(picture_file)
    found = post("/search/patent/image-single", url=url, patent_type="D", model=1, limit=20)
    patents = found.get("patent_messages", [])
    print("similar designs:")
    for patent in patents:
        print(patent["patent_pn"], patent["title"], patent.get("score"))

    # 2. compare with the designs found
    task_id = post(f"{DETECTION}-creation", urls=[url], patent_messages=patents, report_lang="en").get("task_id")
    result = post(f"{DETECTION}-query", task_id=task_id)
    while result.get("task_status") != 2:
        time.sleep(0.2)
        result = post(f"{DETECTION}-query", task_id=task_id)
    for comparison in result["comparisons"]:
        print(comparison["patent_pn"], comparison["risk_level"])

    # 3. clearance
    task_id = post("/ai/image-search/submit", url=url, country=["US", "CN", "EU"], lang="en").get("task_id")
    while True:
        result = post("/ai/image-search/report", task_id=task_id)
        if result.get("report"):
            break
        time.sleep(0.2)
    print("closest:", result["report"]["comparisons"][0]["patent_pn"])

    # 4. the idea
    with open(idea_file, encoding="utf-8") as idea:
        job = post(f"{EVALUATION}-create", text=idea.read(), tech_maturity_index=5, report_name="Idea")
    export = get(f"{EVALUATION}-export", job_id=job.get("job_id"))
    while export.get("report_status") == "PENDING":
        time.sleep(0.2)
        export = get(f"{EVALUATION}-export", job_id=job.get("job_id"))
    if export.get("report_url"):
        with open("evaluation.pdf", "wb") as file:
            file.write(httpx2.get(export["report_url"], timeout=None).content)
    print("report saved")

    # 5. translate
    for number in numbers + [patent["patent_pn"] for patent in patents]:
        try:
            item = get("/basic-patent-data/abstract-data-translated", patent_number=number, lang="en")[0]
            print(number, item["title"], item.get("abstract", "")[:60])
        except Exception as error:
            print(number, "skipped:", error)


if __name__ == "__main__":
    main()
