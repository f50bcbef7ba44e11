"""Pictures as bytes: whether they are readable JPG or PNG files, and how alike two of them look.

It knows nothing of HTTP, accounts or patents, keeps no state, and sets no limit on the size of a file: only on the
number of pixels.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from PIL import Image, ImageChops

SIDE = 16  # the hash compares 16 × 16 neighbouring tones
CONTRAST = 48  # tones nearer to the ground than this are ground: paper is never quite white
MARGIN = 0.06  # so that the outer lines of the subject do not lie on the very edge of a cell
STEP = 2  # tones of a shrunken picture that differ by less are equal, so that recompression flips no bit
HALF_LIKE = 78  # bits that differ between two pictures of likeness one half
STEEPNESS = 2.2
NEARLY = 1024  # pixels a side that are looked at
Format = Literal["PNG", "JPEG"]
_NAMES: dict[str | None, Format] = {"PNG": "PNG", "JPEG": "JPEG", "MPO": "JPEG"}  # MPO: a JPEG as some cameras write it


class UnreadablePicture(Exception):
    """The bytes are no decodable JPG or PNG picture; the reason is a plain sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of an uploaded picture: its true format, its size in pixels and its 256-bit hash."""

    format: Format
    width: int
    height: int
    hash: int


def read_picture(data: bytes, most_pixels: int) -> Picture:
    """Decode the whole file, whatever its name says; UnreadablePicture when that fails for any cause."""
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            return _measured(image, most_pixels)
    except UnreadablePicture:
        raise
    except Exception as error:  # Pillow's parsers raise many kinds: OSError, SyntaxError, struct.error, zlib.error …
        raise UnreadablePicture(_reason(data, error)) from error


def difference_hash(image: Image.Image) -> int:
    """256 bits, one for each pair of neighbouring tones of the shrunken picture without the ground around it."""
    tones = _shrunken(_subject(_grey(image))).tobytes()
    bits = 0
    for row in range(SIDE):
        start = row * (SIDE + 1)
        for left, right in zip(tones[start : start + SIDE], tones[start + 1 : start + SIDE + 1], strict=True):
            bits = bits << 1 | (left > right + STEP)
    return bits


def places() -> tuple[tuple[float, float] | None, ...]:
    """Where in the subject each bit of a hash looks, the highest bit first: right and down from its upper left, 0 to 1.

    None for a bit that looks at no one place.
    """
    return tuple(((column + 0.5) / SIDE, (row + 0.5) / SIDE) for row in range(SIDE) for column in range(SIDE))


def likeness(a: int, b: int) -> float:
    """1.0 for equal hashes, falling with every bit that differs: 0.99 at 8 bits, about 0.5 for unrelated drawings."""
    different: float = ((a ^ b).bit_count() / HALF_LIKE) ** STEEPNESS
    return 1.0 / (1.0 + different)


def _measured(image: Image.Image, most_pixels: int) -> Picture:
    width, height = image.size
    if width * height > most_pixels:  # before anything is unfolded
        raise UnreadablePicture(f"{width} × {height} pixels are more than {most_pixels}")
    if image.format not in _NAMES:
        raise UnreadablePicture(f"a {image.format} file, neither JPG nor PNG")
    name = _NAMES[image.format]
    image.draft("L", (NEARLY, NEARLY))  # a JPEG is unfolded no larger than needed
    image.load()
    if image.mode.startswith("I"):  # 16 bits of grey, which thumbnails cannot be made of
        image = image.convert("I").point(lambda tone: tone * (1 / 256)).convert("L")
    image.thumbnail((NEARLY, NEARLY))  # before any copy is made of it
    return Picture(name, width, height, difference_hash(image))


def _grey(image: Image.Image) -> Image.Image:
    """Tones of grey; what is transparent becomes white paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("L")
    return image.convert("L")


def _subject(grey: Image.Image) -> Image.Image:
    """What differs from the corner's tone, on a square of that tone: proportions count, margins do not."""
    ground = grey.getpixel((0, 0))
    assert isinstance(ground, int)
    distance = ImageChops.difference(grey, Image.new("L", grey.size, ground))
    box = distance.point([255 if tone > CONTRAST else 0 for tone in range(256)]).getbbox() or (0, 0, *grey.size)
    width, height = box[2] - box[0], box[3] - box[1]
    side = round(max(width, height) * (1 + 2 * MARGIN))
    square = Image.new("L", (side, side), ground)
    square.paste(grey.crop(box), ((square.width - width) // 2, (square.height - height) // 2))
    return square


def _shrunken(square: Image.Image) -> Image.Image:
    return square.resize((SIDE + 1, SIDE), Image.Resampling.BILINEAR)


def _reason(data: bytes, error: Exception) -> str:
    if isinstance(error, (Image.DecompressionBombError, Image.DecompressionBombWarning)):
        return "unfolds to too many pixels"
    disguises = {
        b"GIF8": "GIF",
        b"RIFF": "WebP",
        b"%PDF": "PDF",
        b"<svg": "SVG",
        b"<?xm": "XML",
        b"BM": "BMP",
        b"II*\0": "TIFF",
    }
    for start, name in disguises.items():
        if data.startswith(start):
            return f"a {name} file, neither JPG nor PNG"
    if not data:
        return "an empty file"
    known = data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))
    return "a damaged or truncated picture" if known else "neither JPG nor PNG"
