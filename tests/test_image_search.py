"""Search by shape: an uploaded picture is turned into a line drawing first, and nothing else differs from P060."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from emulator.behaviours import image_search, images
from emulator.behaviours.drawings import draw
from emulator.behaviours.pictures import read_picture
from emulator.behaviours.table import BEHAVIOURS
from emulator.behaviours.world import Account, Call, Upload, World
from emulator.errors import ApiError
from tests.conftest import BASE_URL, NOW
from tests.test_pictures import rendering

SAMPLE = "https://static-open.zhihuiya.com/sample/common_demo.png"
ASKED = {"patent_type": "D", "model": 2, "lang": "en", "field": "SCORE", "order": "desc", "limit": 50}


def call(world: World, operation: str, values: dict[str, Any]) -> Call:
    return Call(world, world.service.operations[operation], Account("searcher"), NOW, values, BASE_URL)


def uploaded(world: World, image: Image.Image) -> str:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    content = buffer.getvalue()
    upload = Upload("picture.png", content, picture=read_picture(content, 10_000_000))
    return str(images.upload(call(world, "P010", {"image": upload})).data["url"])


def found(world: World, behaviour: str, url: str) -> list[dict[str, Any]]:
    outcome = BEHAVIOURS[behaviour].do(call(world, "P060", {**ASKED, "url": url}))
    return list(outcome.data["patent_messages"])


def test_a_rendering_of_a_product_is_found_better_by_shape(world: World) -> None:
    products = ("chair", "cup", "headphones", "kettle")
    designs = [patent.picture for patent in world.corpus.patents if patent.patent_type == "D"]
    shown = [picture for picture in designs if picture and picture.product in products]
    for picture in shown[:40:10]:
        url = uploaded(world, rendering(picture.product, picture.variation))
        own = {one.patent_id for one in world.corpus.patents if one.picture and one.picture.hash == picture.hash}
        plain, by_shape = (
            next((one["score"] for one in found(world, name, url) if one["patent_id"] in own), 0.0)
            for name in ("search_single_image", "search_by_shape")
        )
        assert by_shape > plain + 0.05
        assert by_shape > 0.75


def test_what_is_a_line_drawing_already_is_found_alike(world: World) -> None:
    by_shape, plain = (found(world, name, SAMPLE) for name in ("search_by_shape", "search_single_image"))
    assert [(one["patent_id"], one["score"]) for one in by_shape] == [(one["patent_id"], one["score"]) for one in plain]
    shown = next(one.picture for one in world.corpus.patents if one.patent_type == "D" and one.picture)
    url = uploaded(world, draw(shown.product, shown.variation, 0))
    first = [found(world, name, url)[0]["score"] for name in ("search_by_shape", "search_single_image")]
    assert abs(first[0] - first[1]) < 0.02


def test_a_dead_upload_is_refused_by_shape_as_well(world: World) -> None:
    later = call(world, "P060", {**ASKED, "url": uploaded(world, draw("cup", 3, 0))})
    late = Call(later.world, later.operation, later.account, NOW + 33_000_000, later.values, BASE_URL)
    for behaviour in (image_search.search_by_shape, image_search.search_single_image):
        with pytest.raises(ApiError, match="expired"):
            behaviour(late)
