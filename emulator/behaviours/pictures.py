"""Pictures as bytes: whether they are readable JPG or PNG files, what they show, how alike two of them look, and what
is left of one when only its lines are drawn.

It knows nothing of HTTP, accounts or patents, keeps no state, and sets no limit on the size of a file: only on the
number of pixels.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from PIL import Image, ImageChops, ImageFilter

from emulator.behaviours import sight

HALF_LIKE = 78  # bits that differ between two pictures of likeness one half
STEEPNESS = 2.2
NEARLY = 1024  # pixels a side that are looked at
CHROMA = 40  # of 255: tones nearer to grey than this are grey, because JPEG is never quite
SHADE = 48  # of 255: how far from the ground something is, to be seen
DRAWN = 480  # pixels of the longer side of a line drawing
FAINT, CLEAR = 14, 44  # of 255: edges below the first are shading, from the second on they are lines
Format = Literal["PNG", "JPEG"]
_NAMES: dict[str | None, Format] = {"PNG": "PNG", "JPEG": "JPEG", "MPO": "JPEG"}  # MPO: a JPEG as some cameras write it


class UnreadablePicture(Exception):
    """The bytes are no decodable JPG or PNG picture; the reason is a plain sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sight:
    """What is compared of a picture: hashes of what it may show, likeliest first, and how coloured that is, 0 to 1."""

    hashes: tuple[int, ...]
    colour: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of an uploaded picture: its true format, its size in pixels and what it looks like."""

    format: Format
    width: int
    height: int
    sight: Sight


def read_picture(data: bytes, most_pixels: int) -> Picture:
    """Decode the whole file, whatever its name says; UnreadablePicture when that fails for any cause."""
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            name, (width, height) = _checked(image, most_pixels), image.size
            return Picture(name, width, height, seen(_upright(image)))
    except UnreadablePicture:
        raise
    except Exception as error:  # Pillow's parsers raise many kinds: OSError, SyntaxError, struct.error, zlib.error …
        raise UnreadablePicture(_reason(data, error)) from error


def opened(data: bytes) -> Image.Image:
    """The picture of a file that was read before, upright, in colour or grey, no larger than is looked at."""
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
        return _upright(image)


def seen(image: Image.Image) -> Sight:
    """What a picture looks like to whoever searches with it."""
    return Sight(sight.hashes(_grey(image)), _colour(image))


def difference_hash(image: Image.Image) -> int:
    """256 bits of a picture as it is, as patents keep them."""
    return sight.plain_hash(_grey(image))


def places() -> tuple[tuple[float, float] | None, ...]:
    """Where each bit of a hash looks, first bit first, as shares of the subject from its upper left.

    None for a bit that looks at no one place.
    """
    return sight.places()


def nearest(shown: int, hashes: Iterable[int]) -> int:
    """The hash that is most like what is shown."""
    return min(hashes, key=lambda one: (shown ^ one).bit_count())


def likeness(a: int, b: int) -> float:
    """1.0 for equal hashes, falling with every bit that differs: 0.99 at 8, 0.95 at 20, about 0.35 for strangers."""
    return likeness_at((a ^ b).bit_count())


def likeness_at(bits: int) -> float:
    """The likeness of two hashes that differ in so many bits."""
    different: float = (bits / HALF_LIKE) ** STEEPNESS
    return 1.0 / (1.0 + different)


def line_drawing(image: Image.Image) -> Image.Image:
    """What a picture shows as thin dark lines on white, in grey; lines stay lines, areas become their edges."""
    image = _on_paper(image)
    image.thumbnail((DRAWN, DRAWN))
    ink = [_lines(band.filter(ImageFilter.GaussianBlur(0.6))) for band in image.split()]
    strongest = ink[0]
    for band in ink[1:]:
        strongest = ImageChops.lighter(strongest, band)
    steep = 255 / (CLEAR - FAINT)
    return strongest.point([255 - max(0, min(255, round((tone - FAINT) * steep))) for tone in range(256)])


def small_png(drawing: Image.Image) -> bytes:
    """A line drawing as a PNG file of a few kilobytes: sixteen tones are enough for lines."""
    buffer = BytesIO()
    drawing.point([tone // 17 * 17 for tone in range(256)]).convert("P").save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _lines(band: Image.Image) -> Image.Image:
    """Dark lines as they are, and the steps between the areas that are left without them."""
    areas = ImageChops.invert(_spread(_spread(ImageChops.invert(_spread(_spread(band))))))
    steps = ImageChops.subtract(_spread(areas), areas)
    return ImageChops.lighter(ImageChops.subtract(areas, band), steps)


def _spread(band: Image.Image) -> Image.Image:
    """Each pixel as light as the lightest of its neighbours: what MaxFilter(3) does, in a tenth of the time."""
    width, height = band.size
    level = ImageChops.lighter(band.crop((1, 0, width + 1, height)), band.crop((-1, 0, width - 1, height)))
    level = ImageChops.lighter(level, band)
    upright = ImageChops.lighter(level.crop((0, 1, width, height + 1)), level.crop((0, -1, width, height - 1)))
    return ImageChops.lighter(upright, level)


def _checked(image: Image.Image, most_pixels: int) -> Format:
    """The true format; UnreadablePicture for another one and for too many pixels, before anything is unfolded."""
    width, height = image.size
    if width * height > most_pixels:
        raise UnreadablePicture(f"{width} × {height} pixels are more than {most_pixels}")
    if image.format not in _NAMES:
        raise UnreadablePicture(f"a {image.format} file, neither JPG nor PNG")
    return _NAMES[image.format]


def _upright(image: Image.Image) -> Image.Image:
    """The unfolded picture, no larger than is looked at, turned as its camera was held."""
    image.draft("RGB", (NEARLY, NEARLY))  # a JPEG is unfolded no larger than needed
    image.load()
    turn = image.getexif().get(_ORIENTATION)
    if image.mode.startswith("I"):  # 16 bits of grey, which thumbnails cannot be made of
        image = image.convert("I").point(lambda tone: tone * (1 / 256)).convert("L")
    elif image.mode == "P":  # numbers of colours cannot be averaged
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image.thumbnail((NEARLY, NEARLY))  # before any copy is made of it
    way = _TURNS.get(turn) if isinstance(turn, int) else None
    return image.transpose(way) if way is not None else image.copy()


_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _on_paper(image: Image.Image) -> Image.Image:
    """RGB or grey; what is transparent becomes white paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image.convert("L" if image.mode in ("L", "1") else "RGB")


def _grey(image: Image.Image) -> Image.Image:
    return _on_paper(image).convert("L")


def _colour(image: Image.Image) -> float:
    """How much of what a picture shows beside its ground is coloured."""
    small = _on_paper(image)
    if small.mode == "L":
        return 0.0
    small.thumbnail((128, 128))
    red, green, blue = small.split()
    highest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    lowest = ImageChops.darker(ImageChops.darker(red, green), blue)
    coloured = ImageChops.subtract(highest, lowest).point([255 * (tone > CHROMA) for tone in range(256)])
    grey = small.convert("L")
    ground = Image.new("L", grey.size, grey.getpixel((0, 0)))
    dark = ImageChops.difference(grey, ground).point([255 * (tone > SHADE) for tone in range(256)])
    shown = ImageChops.lighter(coloured, dark).histogram()[255]
    return round(coloured.histogram()[255] / shown, 4) if shown else 0.0


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
