"""Trouble on demand: what cannot be tried at the real service, each as the calls and their answers.

    patsnap-emulator serve &
    python examples/trouble.py [http://127.0.0.1:8390]

Every part has an account of its own; nothing is left behind for others. The clock of an account stands still where a
part says so and is moved by the part itself.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2

BASE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8390"
TRANSLATIONS = "/basic-patent-data/abstract-data-translated"
REPORT = "/patent-valuation-data/pre_patent-evaluation"
SUBMIT, POLL = "/ai/image-search/submit", "/ai/image-search/report"
KNOWN = ["CN101595528B", "CN308955750S", "CN308321152S"]


class Client:
    """One account: calls as any client makes them, and the control API about it."""

    def __init__(self, name: str, **settings: Any) -> None:
        self.name = name
        self.http = httpx2.Client(base_url=BASE, timeout=30, trust_env=False)
        self.steer("DELETE")
        self.key = self.steer("PUT", "", {"secret": f"secret of {name}", **settings}).json()["api_key"]

    def call(self, method: str, path: str, **more: Any) -> httpx2.Response:
        return self.http.request(method, path, headers={"Authorization": f"Bearer {self.key}"}, **more)

    def steer(self, method: str, page: str = "", body: Any = None) -> httpx2.Response:
        return self.http.request(method, f"/_emulator/accounts/{self.name}{page}", json=body)

    def translate(self, *numbers: str) -> httpx2.Response:
        return self.call("GET", TRANSLATIONS, params={"patent_number": ",".join(numbers), "lang": "en"})

    def submit(self) -> str:
        answer = self.call("POST", SUBMIT, json={"country": ["US"], "lang": "en", "main_field": "phone"})
        return str(answer.json()["data"]["task_id"])

    def poll(self, task_id: str) -> Any:
        return self.call("POST", POLL, json={"task_id": task_id}).json()["data"]["task_status"]


def title(text: str) -> None:
    print(f"\n=== {text}")


def tell(call: str, answer: httpx2.Response) -> None:
    """The call, and the status, cost and body of its answer, the reason beneath."""
    cost = answer.headers.get("x-openapi-amount", "-")
    body = answer.text if len(answer.text) <= 150 else answer.text[:147] + "..."
    print(f"{call}\n  -> {answer.status_code}, amount {cost}, {body}")
    if reason := answer.headers.get("x-emulator-reason"):
        print(f"     reason: {reason}")


def bill(client: Client) -> str:
    usage = client.steer("GET", "/usage").json()
    return f"credits {usage['credits']}, units {usage['units']}, balance {usage['balance']}"


def balance_inside_a_batch() -> None:
    title("A balance that ends inside a batch: 2 credits, 3 patents")
    client = Client("trouble-balance", balance=2)
    tell("P043 with 3 patents", client.translate(*KNOWN))
    print(f"usage: {bill(client)}: nothing was taken")
    tell("P043 with 2 patents and one that nobody knows", client.translate(*KNOWN[:2], "CN1"))
    print(f"usage: {bill(client)}")
    tell("P043 with 1 patent", client.translate(KNOWN[0]))


def failed_task_not_billed() -> None:
    title("A task that fails and is not billed")
    client = Client("trouble-failure", plan={"polls": 1, "outcome": "fail"})
    task_id = client.submit()
    print(f"AI39-1 submit -> task {task_id}; usage: {bill(client)}")
    for _ in range(2):
        print(f"AI39-2 report -> task_status {client.poll(task_id)}; usage: {bill(client)}")
    charge = client.steer("GET", "/usage").json()["charges"][0]
    print(f"the charge: call {charge['call']}, credits {charge['credits']}, given back: {charge['given_back']}")


def requests_a_second() -> None:
    title("QPS 2, under a frozen and under a running clock")
    client = Client("trouble-rate", qps=2)
    client.steer("POST", "/clock", {"freeze": True})
    for number in (1, 2, 3):
        tell(f"P043, request {number} of a frozen second", client.translate(KNOWN[0]))
    client.steer("POST", "/clock", {"advance": "1s"})
    tell("P043, one second later", client.translate(KNOWN[0]))
    client.steer("POST", "/clock", {"freeze": False})
    codes = [client.translate(KNOWN[0]).json()["error_code"] for _ in range(6)]
    print(f"P043 six times at once, the clock running: {codes}")
    client.steer("POST", "/clock", {"advance": "1s"})
    tell("P043, a second later", client.translate(KNOWN[0]))


def link_lifetimes() -> None:
    for setting in ("documented", "signed"):
        title(f"The link to a report under link_lifetime: {setting}")
        client = Client(f"trouble-link-{setting}", link_lifetime=setting, plan="immediate")
        client.steer("POST", "/clock", {"freeze": True})
        made = client.call(
            "POST", f"{REPORT}-create", json={"text": "A bottle.", "report_name": "Bottle", "tech_maturity_index": 3}
        )
        job = {"job_id": made.json()["data"]["job_id"]}
        url = client.call("GET", f"{REPORT}-export", params=job).json()["data"]["report_url"]
        print(
            f"export -> ...{url[url.index('?X-Amz') :][:30]}... {url[url.index('X-Amz-Expires') :][:20].split('&')[0]}"
        )
        for step in ("2h59m59s", "1s", "6d20h59m59s", "1s"):
            client.steer("POST", "/clock", {"advance": step})
            now = client.steer("GET", "/clock").json()["offset_s"] / 3600
            export = client.call("GET", f"{REPORT}-export", params=job).json()["error_code"]
            print(f"{now:8.4f} h later: link {client.http.get(url).status_code}, export {export}")


def polls_of_two_clients() -> None:
    title("polls: 3, two clients polling at once")
    client = Client("trouble-polls", plan={"polls": 3})
    task_id = client.submit()
    with ThreadPoolExecutor(2) as two:
        seen = list(two.map(lambda _: client.poll(task_id), range(8)))
    print(f"eight polls of two clients: {sorted(seen)} (1 running, 2 success): three said running")


def reset_beside_another() -> None:
    title("Reset of one account while another works")
    one, other = Client("trouble-one"), Client("trouble-other", plan="hold")
    task_id = other.submit()
    print(f"other: task {task_id}, status {other.poll(task_id)}, {bill(other)}")
    print(f"one:   P043 {one.translate(KNOWN[0]).status_code}, {bill(one)}")
    print(f"one:   reset -> {one.steer('POST', '/reset').json()}, {bill(one)}")
    calls = other.steer("GET", "/requests").json()["requests"]
    print(f"other: status {other.poll(task_id)}, {bill(other)}, calls before this one {len(calls)}")


def broken_connections() -> None:
    title("Answers that break on the wire, each once")
    client = Client("trouble-wire")
    for fault in ({"status": 503}, {"reset": True}, {"truncate": True}, {"drip": "200ms"}):
        client.steer("POST", "/faults", {**fault, "operation": "P043", "times": 1})
        try:
            outcome = str(client.translate(KNOWN[0]).status_code)
        except httpx2.HTTPError as error:
            outcome = f"{type(error).__name__}: {error}"
        print(f"{fault}: {outcome}")
    print([(fault["id"], fault["seen"], fault["met"]) for fault in client.steer("GET", "/faults").json()["faults"]])


def main() -> None:
    for part in (
        balance_inside_a_batch,
        failed_task_not_billed,
        requests_a_second,
        link_lifetimes,
        polls_of_two_clients,
        reset_beside_another,
        broken_connections,
    ):
        part()


if __name__ == "__main__":
    main()
