"""Pictures: what is readable, what is refused and why, and how likeness behaves."""

import struct
import zlib
from io import BytesIO
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from emulator.behaviours.drawings import PRODUCTS, draw, jpeg, png
from emulator.behaviours.pictures import (
    Picture,
    UnreadablePicture,
    difference_hash,
    likeness,
    line_drawing,
    read_picture,
    seen,
    small_png,
)
from tests.picture_changes import nearest_likeness

MOST = 24_000_000  # pixels

PHONE = png("phone", 1, 0)


def saved(image: Image.Image, format_: str, **options: int) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format_, **options)
    return buffer.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small PNG file that claims, and really unfolds to, a huge white area."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("data", "format_"), [(PHONE, "PNG"), (jpeg("phone", 1, 0), "JPEG")])
def test_readable_pictures_are_measured(data: bytes, format_: str) -> None:
    picture = read_picture(data, MOST)
    assert (picture.format, picture.width, picture.height) == (format_, 480, 480)
    assert 0 < picture.sight.hashes[0] < 1 << 256


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"hello", "neither"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"%PDF-1.7 ...", "PDF"),
        (saved(Image.new("L", (8, 8)), "GIF"), "GIF"),
        (saved(Image.new("L", (8, 8)), "BMP"), "BMP"),
        (saved(Image.new("RGB", (8, 8)), "WEBP"), "WebP"),
        (PHONE[: len(PHONE) // 2], "truncated"),
        (jpeg("phone", 1, 0)[:600], "truncated"),
        (PHONE[:50] + bytes(200) + PHONE[250:], "damaged"),
        (bomb(9000, 9000), "pixels"),
        (bomb(30000, 30000), "pixels"),
    ],
)
def test_everything_else_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePicture, match=reason) as refused:
        read_picture(data, MOST)
    assert refused.value.reason


def test_a_picture_just_within_the_area_is_read() -> None:
    assert read_picture(bomb(6000, 4000), MOST).width == 6000


@given(st.binary(max_size=300), st.integers(0, len(PHONE)))
def test_hostile_bytes_are_read_or_refused_never_raised(noise: bytes, place: int) -> None:
    for data in (noise, PHONE[:place] + noise + PHONE[place + len(noise) :]):
        outcome: Picture | str
        try:
            outcome = read_picture(data, MOST)
        except UnreadablePicture as refused:
            outcome = refused.reason
        assert outcome


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize(("size", "quality"), [(480, 75), (240, 60), (700, 90)])
def test_resized_and_recompressed_pictures_are_nearly_alike(product: str, size: int, quality: int) -> None:
    original = draw(product, 4, 0)
    copy = saved(original.resize((size, size), Image.Resampling.LANCZOS), "JPEG", quality=quality)
    assert nearest_likeness(difference_hash(original), read_picture(copy, MOST).sight.hashes) > 0.96


def test_margins_and_transparency_do_not_matter() -> None:
    original = draw("lamp", 6, 0)
    sheet = Image.new("L", (900, 700), 255)
    sheet.paste(original, (300, 100))
    ink = Image.merge("LA", (Image.new("L", original.size, 0), original.point([255 - tone for tone in range(256)])))
    for copy in (sheet, ink, sheet.convert("RGB"), sheet.convert("P")):
        assert likeness(difference_hash(original), difference_hash(copy)) > 0.97


def test_an_empty_sheet_has_a_hash() -> None:
    assert difference_hash(Image.new("L", (50, 20), 255)) == difference_hash(Image.new("L", (500, 200), 255))
    assert seen(Image.new("L", (50, 20), 255)).hashes == (difference_hash(Image.new("L", (50, 20), 255)),)


def test_other_products_are_less_alike() -> None:
    hashes = {product: difference_hash(draw(product, 2, 0)) for product in PRODUCTS}
    pairs = [likeness(a, b) for x, a in hashes.items() for y, b in hashes.items() if x < y]
    assert 0.25 < sum(pairs) / len(pairs) < 0.45
    assert sorted(pairs)[len(pairs) * 99 // 100] < 0.75


def test_variations_of_a_product_are_more_alike_than_other_products() -> None:
    hashes = {
        (product, number): difference_hash(draw(product, number, 0)) for product in PRODUCTS for number in range(5)
    }
    same = [likeness(a, b) for x, a in hashes.items() for y, b in hashes.items() if x < y and x[0] == y[0]]
    other = [likeness(a, b) for x, a in hashes.items() for y, b in hashes.items() if x < y and x[0] != y[0]]
    assert sum(same) / len(same) > sum(other) / len(other) + 0.12


@given(st.integers(0, (1 << 256) - 1), st.integers(0, 255))
def test_likeness_falls_with_every_bit(hash_: int, bit: int) -> None:
    lower = (1 << bit) - 1
    assert likeness(hash_, hash_) == 1.0
    assert 0 < likeness(0, lower | 1 << bit) < likeness(0, lower) <= 1
    assert likeness(hash_, lower) == likeness(lower, hash_)


PLAIN = draw("car", 3, 0)


def rotated(image: Image.Image, orientation: int) -> bytes:
    """A JPG that lies on its side and says so."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = image.transpose({6: Image.Transpose.ROTATE_90, 3: Image.Transpose.ROTATE_180}[orientation])
    buffer = BytesIO()
    turned.convert("RGB").save(buffer, "JPEG", exif=exif, quality=92)
    return buffer.getvalue()


def sixteen_bits(image: Image.Image) -> Image.Image:
    return Image.frombytes("I;16", image.size, b"".join(struct.pack("<H", tone * 257) for tone in image.tobytes()))


def animated(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", save_all=True, append_images=[Image.new("L", image.size, 90)], duration=200)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        saved(PLAIN.convert("CMYK"), "JPEG"),
        saved(sixteen_bits(PLAIN), "PNG"),
        saved(PLAIN.convert("P"), "PNG"),
        saved(PLAIN.convert("RGB").quantize(7), "PNG"),
        saved(PLAIN.convert("1"), "PNG"),
        saved(PLAIN.convert("RGB"), "JPEG", progressive=True),
        animated(PLAIN),
        rotated(PLAIN, 6),
        rotated(PLAIN, 3),
    ],
    ids=[
        "CMYK",
        "16 bits",
        "palette",
        "few colours",
        "two tones",
        "progressive",
        "animated",
        "on its side",
        "upside down",
    ],
)
def test_unusual_files_show_what_they_show(data: bytes) -> None:
    shown = read_picture(data, MOST).sight
    assert nearest_likeness(difference_hash(PLAIN), shown.hashes) > 0.98
    assert shown.colour == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (3000, 2), (17, 11)])
@pytest.mark.parametrize("tone", [0, 255])
def test_slivers_are_read(size: tuple[int, int], tone: int) -> None:
    image = Image.new("L", size, 255)
    image.putpixel((0, 0), tone)
    assert read_picture(saved(image, "PNG"), MOST).sight.hashes


@given(st.integers(1, 60), st.integers(1, 60), st.randoms(use_true_random=False))
def test_any_pixels_have_few_hashes_of_256_bits(width: int, height: int, chance: Random) -> None:
    noise = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    hashes = seen(noise).hashes
    assert 1 <= len(hashes) <= 120
    assert all(0 <= one < 1 << 256 for one in hashes)
    assert hashes == seen(noise).hashes


def rendering(product: str, variation: int) -> Image.Image:
    """A shaded and coloured picture of a product without any lines, as a photograph would have it."""
    areas = draw(product, variation, 0).point([255 if tone > 150 else 0 for tone in range(256)]).convert("RGB")
    paints = [(180, 60, 50), (60, 110, 170), (90, 150, 80), (200, 170, 60), (120, 80, 140), (70, 70, 75)]
    ImageDraw.floodfill(areas, (0, 0), (225, 230, 238))
    painted = 0
    for y in range(0, areas.height, 3):
        for x in range(0, areas.width, 3):
            if areas.getpixel((x, y)) == (255, 255, 255):
                ImageDraw.floodfill(areas, (x, y), paints[painted % len(paints)])
                painted += 1
    light = Image.linear_gradient("L").resize(areas.size).point([200 + tone * 55 // 255 for tone in range(256)])
    return ImageChops.multiply(areas.filter(ImageFilter.MedianFilter(7)), Image.merge("RGB", [light] * 3))


@pytest.mark.parametrize("product", ["phone", "chair", "kettle", "controller", "watch", "sofa", "faucet"])
def test_a_rendering_is_found_by_its_lines(product: str) -> None:
    shown, photo = difference_hash(draw(product, 3, 0)), rendering(product, 3)
    by_shape = nearest_likeness(shown, seen(line_drawing(photo)).hashes)
    assert by_shape > 0.75
    assert by_shape > nearest_likeness(shown, seen(photo).hashes) + 0.1
    assert seen(photo).colour > 0.5
    assert seen(line_drawing(photo)).colour == 0


@pytest.mark.parametrize("product", PRODUCTS)
def test_the_line_drawing_of_a_line_drawing_is_the_same(product: str) -> None:
    original = draw(product, 5, 0)
    assert likeness(difference_hash(original), difference_hash(line_drawing(original))) > 0.98


def test_a_line_drawing_is_a_small_file_of_dark_lines_on_white() -> None:
    data = small_png(line_drawing(rendering("bicycle", 2)))
    assert data == small_png(line_drawing(rendering("bicycle", 2)))
    assert len(data) < 20_000
    with Image.open(BytesIO(data)) as image:
        tones = image.convert("L").histogram()
        assert image.size == (480, 480)
    assert tones[255] > 0.75 * 480**2
    assert sum(tones[:100]) > 0.005 * 480**2


def test_colour_is_the_share_of_what_is_coloured() -> None:
    sheet = Image.new("RGB", (100, 100), "white")
    assert seen(sheet).colour == 0
    sheet.paste((20, 20, 20), (10, 10, 50, 90))
    assert seen(sheet).colour == 0
    sheet.paste((220, 30, 30), (50, 10, 90, 90))
    assert seen(sheet).colour == pytest.approx(0.5, abs=0.02)
    assert seen(sheet.convert("L")).colour == 0
