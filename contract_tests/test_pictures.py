"""A picture that the service answered finds its own patent again, whatever happened to it on the way."""

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageFilter, ImageOps

from contract_tests.account import Account
from contract_tests.flows import KINDS, RUNS_S, seconds

pytestmark = pytest.mark.needs_clock
CLEARANCE = KINDS[1]
SAMPLE = "https://static-open.zhihuiya.com/sample/common_demo.png"
CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "whole": lambda image: image,
    "quarter": lambda image: image.resize((120, 120), Image.Resampling.LANCZOS),
    "double": lambda image: image.resize((960, 960)),
    "cut": lambda image: image.crop((48, 48, 480, 432)),
    "framed": lambda image: ImageOps.expand(image, 3, 0),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(1.5)),
}


def _fetched(account: Account, url: str) -> Image.Image:
    answer = account.target.fetch(url)
    assert answer.status == 200
    return Image.open(io.BytesIO(answer.body))


def _file(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _uploaded(account: Account, image: Image.Image, kind: str = "PNG", **options: Any) -> str:
    return str(account.call("P010", image=_file(image, kind, **options)).data["url"])


def _hits(account: Account, operation: str = "P060", **request: Any) -> list[dict[str, Any]]:
    body = {"patent_type": "D", "model": 2, "limit": 100, **request}
    return list(account.send(operation, body).data["patent_messages"])


def _coloured(image: Image.Image) -> Image.Image:
    return ImageOps.colorize(image.convert("L"), (190, 30, 20), (255, 255, 255))


@pytest.mark.parametrize("patent_type", ["D", "U"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_finds_its_patent_first(account: Account, change: str, patent_type: str) -> None:
    model = 2 if patent_type == "D" else 3
    for original in _hits(account, url=SAMPLE, patent_type=patent_type, model=model)[5:100:18]:
        copy = CHANGES[change](_fetched(account, original["url"]).convert("L"))
        url = _uploaded(account, copy, "JPEG", quality=60)
        found = _hits(account, url=url, patent_type=patent_type, model=model)
        scores = [one["score"] for one in found]
        assert scores == sorted(scores, reverse=True)
        own = next(one["score"] for one in found if one["patent_id"] == original["patent_id"])
        twins = 0.01 if change == "cut" else 0  # what was cut may have been all that told two near twins apart
        assert own >= scores[0] - twins, change
        assert own > 0.93
        assert scores[-1] < 0.8


def test_a_design_search_finds_it_as_well_and_remembers_it(account: Account) -> None:
    original = _hits(account, url=SAMPLE)[40]
    url = _uploaded(account, _fetched(account, original["url"]).crop((48, 0, 480, 480)))
    created = account.call("P009-search-id", url=url, limit=50).data
    again = account.call("P009-results", search_id=created["search_id"], limit=50).data["patent_messages"]
    assert created["patent_messages"] == again
    assert original["patent_id"] in {one["patent_id"] for one in again if one["score"] == again[0]["score"]}


def test_links_lead_to_png_and_jpg(account: Account) -> None:
    for kind in ("PNG", "JPEG"):
        with _fetched(account, _uploaded(account, Image.new("L", (50, 40), 200), kind)) as image:
            assert (image.format, image.size) == (kind, (50, 40))
    with _fetched(account, _hits(account, url=SAMPLE)[0]["url"]) as image:
        assert (image.format, image.size) == ("PNG", (480, 480))


def test_the_first_of_several_pictures_predicts_the_class(account: Account) -> None:
    """Model 1 takes the Locarno class from the first picture; turned round, other patents match."""
    hits = _hits(account, url=SAMPLE)
    first = hits[0]
    other = next(hit for hit in reversed(hits) if not set(hit["loc"]) & set(first["loc"]))
    links = [hit["url"] for hit in (first, other)]
    for order, own, foreign in ((links, first, other), (links[::-1], other, first)):
        told = {one["patent_id"]: one for one in _hits(account, "P061", urls=order, model=1)}
        assert told[own["patent_id"]]["loc_match"] == 1
        assert told[foreign["patent_id"]]["loc_match"] == 0
        assert told[own["patent_id"]]["score"] == 1
        assert told[foreign["patent_id"]]["score"] == pytest.approx(0.8)


def test_model_1_lowers_other_classes_and_model_2_tells_none(account: Account) -> None:
    plain = {one["patent_id"]: one for one in _hits(account, url=SAMPLE, model=2)}
    smart = _hits(account, url=SAMPLE, model=1)
    assert [one["score"] for one in smart] == sorted((one["score"] for one in smart), reverse=True)
    assert {one["loc_match"] for one in smart} == {0, 1}
    for one in smart:
        if one["patent_id"] in plain:
            likeness = plain[one["patent_id"]]["score"]
            assert one["score"] == pytest.approx(likeness if one["loc_match"] else 0.8 * likeness, abs=1e-6)
    assert all("loc_match" not in one for one in plain.values())


def test_model_4_counts_colours_and_model_3_does_not(account: Account) -> None:
    shown = _fetched(account, _hits(account, url=SAMPLE, patent_type="U", model=3)[3]["url"])
    for picture, kept in ((shown, 1.0), (_coloured(shown), 0.7)):
        url = _uploaded(account, picture)
        by_shape, by_both = (_hits(account, url=url, patent_type="U", model=model) for model in (3, 4))
        assert [one["patent_id"] for one in by_shape] == [one["patent_id"] for one in by_both]
        assert by_shape[0]["score"] > 0.97
        assert by_both[0]["score"] == pytest.approx(kept * by_shape[0]["score"], abs=0.03)


def _cleared(account: Account, **request: Any) -> dict[str, Any]:
    made = account.send(CLEARANCE.maker, {"country": ["US", "CN", "EU", "JP"], "lang": "en", **request})
    account.advance(seconds(RUNS_S))
    return dict(CLEARANCE.ask(account, made.data["task_id"]).data)


def test_a_report_links_to_thumbnails(account: Account) -> None:
    messages = _cleared(account, url=SAMPLE)["patent_messages"]["patent_messages"]
    for message in messages[:3]:
        small, whole = _fetched(account, message["url_120"]), _fetched(account, message["url"])
        assert max(small.size) == 120
        assert max(whole.size) == 480
        assert small.format == whole.format == "PNG"
    found = _hits(account, url=messages[0]["url_120"])
    assert messages[0]["patent_id"] in {one["patent_id"] for one in found if one["score"] == 1}


def test_a_report_carries_a_line_drawing_that_outlives_the_upload(account: Account) -> None:
    shown = _fetched(account, _hits(account, url=SAMPLE)[30]["url"])
    url = _uploaded(account, _coloured(shown), "JPEG", quality=80)
    account.advance("5h")
    task_id = CLEARANCE.create(account, country=["CN"], lang="en", url=url)
    account.advance("1h")
    told = CLEARANCE.ask(account, task_id).data["line_drawing_base64"]
    saved = account.steer("GET", "snapshot").json()
    account.advance("4h")
    assert account.target.fetch(url).status == 403
    assert CLEARANCE.ask(account, task_id).data["line_drawing_base64"] == told
    assert account.steer("PUT", "snapshot", saved).status == 200
    account.use(account.new_token())
    assert CLEARANCE.ask(account, task_id).data["line_drawing_base64"] == told
    data = base64.b64decode(told, validate=True)
    assert len(data) < 20_000
    with Image.open(io.BytesIO(data)) as drawing:
        assert (drawing.format, drawing.size) == ("PNG", (480, 480))
        tones = drawing.convert("L").histogram()
    assert tones[255] > 0.7 * 480**2
    assert sum(tones[:128]) > 0.003 * 480**2


def test_the_drawing_of_a_known_or_foreign_picture_stands_for_it(account: Account) -> None:
    foreign = "https://pictures.example/9.png"
    drawings = [_cleared(account, url=url)["line_drawing_base64"] for url in (SAMPLE, foreign, foreign)]
    assert drawings[0] != drawings[1] == drawings[2]
    original = Image.open(io.BytesIO(base64.b64decode(drawings[0])))
    found, known = _hits(account, url=_uploaded(account, original)), _hits(account, url=SAMPLE)
    assert found[0]["score"] == pytest.approx(known[0]["score"], abs=0.03)
    assert "line_drawing_base64" not in _cleared(account, loc_items=["14-03"])
