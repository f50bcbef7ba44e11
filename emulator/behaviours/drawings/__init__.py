"""Line drawings of products, black on white, as design registrations show them: `draw` a product in one of its
variations and views.

A drawing depends on its arguments alone: the same product, variation and view are the same pixels, and two variations
differ in proportions, parts and ornaments. It knows nothing of patents, files on disk or requests.
"""

from collections.abc import Callable
from io import BytesIO

from PIL import Image

from . import devices, household, inflatables, phones, sound, toys, vehicles, vessels, watches
from .camera import Camera
from .paper import render
from .solids import Part
from .traits import Traits

PRODUCTS: dict[str, Callable[[Traits], list[Part]]] = {
    "phone": phones.phone,
    "tablet": phones.tablet,
    "laptop": devices.laptop,
    "watch": watches.watch,
    "card": devices.card,
    "charger": devices.charger,
    "plug": devices.plug,
    "headphones": sound.headphones,
    "earbuds": sound.earbuds,
    "speaker": sound.speaker,
    "lamp": household.lamp,
    "chair": household.chair,
    "bottle": vessels.bottle,
    "cup": vessels.cup,
    "kettle": vessels.kettle,
    "controller": toys.controller,
    "doll": toys.doll,
    "float": inflatables.swim_ring,
    "santa": inflatables.santa,
    "car": vehicles.car,
    "drone": vehicles.drone,
}
# yaw and pitch in degrees: front, perspective, side, rear, top, second perspective, second side
VIEWS = ((0, 0), (-35, 22), (90, 0), (180, 0), (0, 90), (145, 22), (-90, 0))
# What lies flat says nothing from straight ahead, so its first view looks down on it.
FIRST_VIEW = {
    "float": (20, 38),
    "drone": (20, 48),
    "laptop": (-18, 24),
    "chair": (-28, 16),
    "earbuds": (-10, 10),
    "headphones": (-30, 10),
    "cup": (-12, 14),
}


def draw(product: str, variation: int, view: int, *, size: int = 480) -> Image.Image:
    """A square picture in tones of grey; views beyond the seventh begin again. KeyError for an unknown product."""
    parts = PRODUCTS[product](Traits(product, variation))
    angles = VIEWS[view % len(VIEWS)]
    yaw, pitch = FIRST_VIEW.get(product, angles) if view % len(VIEWS) == 0 else angles
    return render(parts, Camera(yaw, pitch), size)


def png(product: str, variation: int, view: int, *, size: int = 480) -> bytes:
    """The drawing as a PNG file."""
    return _file(draw(product, variation, view, size=size), "PNG")


def jpeg(product: str, variation: int, view: int, *, size: int = 480) -> bytes:
    """The drawing as a JPG file."""
    return _file(draw(product, variation, view, size=size), "JPEG")


def _file(image: Image.Image, format_: str) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format_)
    return buffer.getvalue()
