"""Line drawings of products, black on white, as design registrations show them: `draw` a product in one of its
variations and views.

A drawing depends on its arguments alone: the same product, variation and view are the same pixels, and two variations
differ in proportions, parts and ornaments. It knows nothing of patents, files on disk or requests.
"""

from collections.abc import Callable
from io import BytesIO

from PIL import Image

from . import (
    appliances,
    bags,
    cycles,
    devices,
    fittings,
    furniture,
    household,
    inflatables,
    phones,
    sound,
    toys,
    vehicles,
    vessels,
    watches,
    wear,
)
from .camera import Camera
from .paper import render
from .solids import Part
from .traits import Seen, Traits

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
    "sofa": furniture.sofa,
    "table": furniture.table,
    "shoe": wear.shoe,
    "spectacles": wear.spectacles,
    "bag": bags.bag,
    "suitcase": bags.suitcase,
    "bicycle": cycles.bicycle,
    "camera": appliances.camera,
    "vacuum": appliances.vacuum,
    "fan": appliances.fan,
    "faucet": fittings.faucet,
    "package": fittings.package,
}
SEEN: dict[str, Callable[[Traits], Seen]] = {
    "phone": phones.phone_seen,
    "tablet": phones.tablet_seen,
    "laptop": devices.laptop_seen,
    "watch": watches.watch_seen,
    "card": devices.card_seen,
    "charger": devices.charger_seen,
    "plug": devices.plug_seen,
    "headphones": sound.headphones_seen,
    "earbuds": sound.earbuds_seen,
    "speaker": sound.speaker_seen,
    "lamp": household.lamp_seen,
    "chair": household.chair_seen,
    "bottle": vessels.bottle_seen,
    "cup": vessels.cup_seen,
    "kettle": vessels.kettle_seen,
    "controller": toys.controller_seen,
    "doll": toys.doll_seen,
    "float": inflatables.swim_ring_seen,
    "santa": inflatables.santa_seen,
    "car": vehicles.car_seen,
    "drone": vehicles.drone_seen,
    "sofa": furniture.sofa_seen,
    "table": furniture.table_seen,
    "shoe": wear.shoe_seen,
    "spectacles": wear.spectacles_seen,
    "bag": bags.bag_seen,
    "suitcase": bags.suitcase_seen,
    "bicycle": cycles.bicycle_seen,
    "camera": appliances.camera_seen,
    "vacuum": appliances.vacuum_seen,
    "fan": appliances.fan_seen,
    "faucet": fittings.faucet_seen,
    "package": fittings.package_seen,
}
# yaw and pitch in degrees: front, perspective, left, rear, top, rear perspective, right
VIEWS = ((0, 0), (-35, 22), (90, 0), (180, 0), (0, 90), (145, 22), (-90, 0))
# What points to the left is drawn from its right side first: right, perspective, front, left, top, rear perspective,
# rear.
POINTS_LEFT = frozenset({"car", "shoe", "bicycle", "faucet"})
LEFT_VIEWS = ((0, 0), (35, 22), (90, 0), (180, 0), (0, 90), (-145, 22), (-90, 0))
# What says little from straight ahead is seen in perspective first, and from the front in the second view.
FIRST_VIEW = {
    "float": (20, 38),
    "drone": (20, 48),
    "laptop": (-18, 24),
    "chair": (-28, 16),
    "earbuds": (-10, 10),
    "headphones": (-30, 10),
    "cup": (-12, 14),
    "sofa": (-24, 16),
    "table": (-24, 18),
    "package": (-30, 18),
    "camera": (-22, 12),
    "vacuum": (-30, 16),
    "suitcase": (-26, 10),
    "spectacles": (-24, 14),
    "bag": (-16, 10),
}


SIZE = 480  # pixels a side of the pictures that links lead to
THUMBNAIL = 120


def draw(product: str, variation: int, view: int, *, size: int = SIZE) -> Image.Image:
    """A square picture in tones of grey; views beyond the seventh begin again. KeyError for an unknown product."""
    parts = PRODUCTS[product](Traits(product, variation))
    yaw, pitch = angles(product)[view % len(VIEWS)]
    return render(parts, Camera(yaw, pitch), size)


def angles(product: str) -> tuple[tuple[int, int], ...]:
    """Yaw and pitch of each view; what they are called stands with the sentences of the corpus."""
    if product in FIRST_VIEW:
        return FIRST_VIEW[product], VIEWS[0], *VIEWS[2:]
    return LEFT_VIEWS if product in POINTS_LEFT else VIEWS


def traits(product: str, variation: int) -> Seen:
    """What a variation visibly has, as name → form in plain English words; KeyError for an unknown product.

    The same numbers decide the drawing, so that a text made of them says what the picture shows.
    """
    return SEEN[product](Traits(product, variation))


def png(product: str, variation: int, view: int, *, size: int = SIZE) -> bytes:
    """The drawing as a PNG file."""
    return _file(draw(product, variation, view, size=size), "PNG")


def jpeg(product: str, variation: int, view: int, *, size: int = SIZE) -> bytes:
    """The drawing as a JPG file."""
    return _file(draw(product, variation, view, size=size), "JPEG")


def _file(image: Image.Image, format_: str) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format_)
    return buffer.getvalue()
