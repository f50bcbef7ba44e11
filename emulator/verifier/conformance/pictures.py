"""Pictures to upload: a phone drawn in a few lines, if need be padded to an exact number of bytes."""

import io
from functools import cache

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo


@cache
def picture(size: int | None = None) -> bytes:
    """A PNG of a phone; with a size, exactly that many bytes."""
    image = Image.new("RGB", (60, 80), "white")
    ImageDraw.Draw(image).rounded_rectangle((16, 6, 44, 74), 5, outline="black", width=2)
    plain = _png(image, None)
    if size is None:
        return plain
    more = PngInfo()
    more.add(b"paDd", bytes(size - len(plain) - 12))
    return _png(image, more)


def _png(image: Image.Image, more: PngInfo | None) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=more)
    return out.getvalue()
