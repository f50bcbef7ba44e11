"""Pictures: what is readable, what is refused and why, and how likeness behaves."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from emulator.behaviours.drawings import PRODUCTS, draw, jpeg, png
from emulator.behaviours.pictures import Picture, UnreadablePicture, difference_hash, likeness, read_picture

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
    assert 0 < picture.hash < 1 << 256


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
    assert likeness(difference_hash(original), read_picture(copy, MOST).hash) > 0.96


def test_margins_and_transparency_do_not_matter() -> None:
    original = draw("lamp", 6, 0)
    sheet = Image.new("L", (900, 700), 255)
    sheet.paste(original, (300, 100))
    ink = Image.merge("LA", (Image.new("L", original.size, 0), original.point([255 - tone for tone in range(256)])))
    for copy in (sheet, ink, sheet.convert("RGB"), sheet.convert("P")):
        assert likeness(difference_hash(original), difference_hash(copy)) > 0.97


def test_an_empty_sheet_has_a_hash() -> None:
    assert difference_hash(Image.new("L", (50, 20), 255)) == 0


def test_other_products_are_less_alike() -> None:
    hashes = {product: difference_hash(draw(product, 2, 0)) for product in PRODUCTS}
    pairs = [likeness(a, b) for x, a in hashes.items() for y, b in hashes.items() if x < y]
    assert 0.4 < sum(pairs) / len(pairs) < 0.65
    assert min(pairs) > 0.2
    assert sorted(pairs)[len(pairs) * 9 // 10] < 0.8


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
