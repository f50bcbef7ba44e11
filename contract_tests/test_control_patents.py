"""Patents that a user brings: found by that user's account everywhere, by no other, and refused by record and field."""

import io
from typing import Any

import pytest
from PIL import Image

from contract_tests.account import Account
from contract_tests.documents import picture
from contract_tests.patents import PATENTS

pytestmark = pytest.mark.emulator_only

DESIGN = {"pn": "CN300000007S", "title": {"cn": "水壶", "en": "Kettle"}, "loc": ["07-01"], "picture": "kettle"}
INVENTION = {"pn": "US9000007B2", "title": "Quietly boiling kettle", "abstract": "A kettle that boils quietly."}


def _bring(account: Account, *records: dict[str, Any]) -> list[dict[str, Any]]:
    answer = account.steer("PUT", "patents", {"patents": list(records)})
    assert answer.status == 200, answer.body
    return list(answer.json()["patents"])


def _search(account: Account, **values: Any) -> list[dict[str, Any]]:
    url = account.call("P010", image=picture()).data["url"]
    found = account.call("P060", **{"url": url, "patent_type": "D", "model": 1, "limit": 100, **values}).data
    return list(found["patent_messages"])


def test_what_was_brought_is_told_whole_and_can_be_brought_again(account: Account) -> None:
    told = _bring(account, DESIGN, INVENTION)
    assert [set(one) for one in told] == [set(PATENTS[0]) - {"subject"}] * 2
    assert account.steer("GET", "patents").json() == {"patents": told}
    assert _bring(account, *told) == told
    assert _bring(account, INVENTION) == told[1:]
    assert account.steer("DELETE", "patents").json() == {"forgotten": 1}
    assert account.steer("GET", "patents").json() == {"patents": []}


def test_it_is_translated_and_billed(account: Account) -> None:
    _bring(account, DESIGN, INVENTION)
    answer = account.call("P043", patent_number=f"{DESIGN['pn']},{INVENTION['pn']}", lang="cn")
    assert [(item["title"], item.get("abstract")) for item in answer.data] == [
        ("水壶", None),
        ("Quietly boiling kettle", "A kettle that boils quietly."),
    ]
    assert answer.cost == 1


def test_it_is_found_and_its_picture_is_behind_its_link(account: Account) -> None:
    _bring(account, DESIGN, INVENTION)
    (found,) = _search(account, main_field=DESIGN["pn"])
    shown = account.target.fetch(found["url"])
    assert shown.status == 200
    Image.open(io.BytesIO(shown.body)).verify()
    assert _search(account, url=found["url"], loc="07")[0]["patent_pn"] == DESIGN["pn"]
    assert account.call("P009-search-id", url=found["url"], limit=1).data["patent_messages"][0]["score"] == 1.0


def test_no_other_account_finds_it(account: Account, other: Account) -> None:
    _bring(account, DESIGN, INVENTION)
    assert other.steer("GET", "patents").json() == {"patents": []}
    assert other.call("P043", patent_number=INVENTION["pn"]).data == []
    assert _search(other, main_field=DESIGN["pn"]) == []


def test_a_reset_account_has_forgotten_it(account: Account) -> None:
    _bring(account, INVENTION)
    assert account.steer("POST", "reset").status == 200
    again = Account(account.target, account.client_id, account.secret)
    assert again.call("P043", patent_number=INVENTION["pn"]).data == []
    assert again.steer("GET", "patents").json() == {"patents": []}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"pn": PATENTS[0]["pn"]}, "patents.1.pn"),
        ({"pn": DESIGN["pn"]}, "patents.1.pn"),
        ({"patent_id": PATENTS[0]["patent_id"]}, "patents.1.patent_id"),
        ({"titel": "t"}, "did you mean title"),
        ({"picture": "ketle"}, "did you mean kettle"),
        ({"pbdt": "2020-01-01"}, "patents.1.pbdt"),
    ],
)
def test_a_wrong_record_is_refused_by_name_and_changes_nothing(
    account: Account, wrong: dict[str, Any], named: str
) -> None:
    before = _bring(account, INVENTION)
    answer = account.steer("PUT", "patents", {"patents": [DESIGN, {"pn": "CN2", "title": "t", **wrong}]})
    assert answer.status == 400
    assert named in answer.json()["error"]
    assert account.steer("GET", "patents").json() == {"patents": before}


@pytest.mark.parametrize(
    ("body", "named"),
    [({}, "patents"), ({"patents": {}}, "patents"), ({"patents": ["CN1"]}, "patents.0"), ({"patent": []}, "patents")],
)
def test_a_body_that_holds_no_list_of_records_is_refused(account: Account, body: dict[str, Any], named: str) -> None:
    answer = account.steer("PUT", "patents", body)
    assert answer.status == 400
    assert named in answer.json()["error"]


def test_a_checkpoint_brings_it_back_and_a_reset_of_patents_alone_forgets_it(account: Account) -> None:
    told = _bring(account, INVENTION)
    assert account.steer("POST", "checkpoints/brought").status in (200, 201)
    assert account.steer("POST", "reset", {"only": ["patents"]}).status == 200
    assert account.steer("GET", "patents").json() == {"patents": []}
    assert account.call("P043", patent_number=INVENTION["pn"]).data == []
    assert account.steer("POST", "checkpoints/brought/restore").status == 200
    assert account.steer("GET", "patents").json() == {"patents": told}
    assert len(account.call("P043", patent_number=INVENTION["pn"]).data) == 1


def test_every_view_of_a_patent_can_be_looked_at(account: Account) -> None:
    told = account.steer("GET", "pictures/EU0065350760001S").json()
    one = next(patent for patent in PATENTS if patent["pn"] == told["pn"])
    assert (told["patent_id"], len(told["views"])) == (one["patent_id"], one["picture"]["views"])
    seen = set()
    for view in told["views"]:
        opened = {name: Image.open(io.BytesIO(account.target.fetch(url).body)) for name, url in view.items()}
        assert {name: image.format for name, image in opened.items()} == {
            "png": "PNG",
            "jpeg": "JPEG",
            "thumbnail": "PNG",
        }
        assert max(opened["thumbnail"].size) == 120
        seen.add(opened["png"].tobytes())
    assert len(seen) == len(told["views"]), "views differ"
    invention = next(patent for patent in PATENTS if not patent["picture"])
    assert account.steer("GET", f"pictures/{invention['patent_id']}").json()["views"] == []
    assert account.steer("GET", "pictures/CN0").status == 404
