"""The pictures of patents: links to their views, and the files behind these.

What a view shows is `drawings`' business, and what a link is that of `links`; pictures that users upload are not known
here.
"""

from emulator.behaviours import drawings, links
from emulator.behaviours.links import FilePath, Gone
from emulator.behaviours.world import Account, Call, World
from emulator.corpus.patents import Patent

PATENTS = "patents"
_THUMBNAIL = f"_{drawings.THUMBNAIL}"


def link_life(world: World, account: Account) -> int:
    """How long a link to an answered picture is good: as the prose says, or as the sample link is signed."""
    return world.service.life(life_name(account))


def life_name(account: Account) -> str:
    return "image" if account.link_lifetime == "documented" else "image_link_signed"


def link(call: Call, patent: Patent, *, thumbnail: bool = False) -> str:
    """A fresh link to a patent's first view, whole or as a thumbnail."""
    name = f"0{_THUMBNAIL if thumbnail else ''}.png"
    return _linked(call.world, call.account, patent, name, call.base_url, call.now)


def views(world: World, account: Account, patent: Patent, base_url: str, now: int) -> list[dict[str, str]]:
    """Fresh links to every view of a patent, the first first: `png`, `jpeg` and `thumbnail`. None without a picture."""
    endings = {"png": ".png", "jpeg": ".jpg", "thumbnail": f"{_THUMBNAIL}.png"}
    count = patent.picture.views if patent.picture else 0
    return [
        {name: _linked(world, account, patent, f"{view}{end}", base_url, now) for name, end in endings.items()}
        for view in range(count)
    ]


def _linked(world: World, account: Account, patent: Patent, file: str, base_url: str, now: int) -> str:
    path = FilePath(account.id, PATENTS, f"{patent.patent_id}/{file}")
    return links.make(world.service.links, account, base_url, path, now, link_life(world, account))


def patent_picture(world: World, account: Account, name: str) -> bytes:
    """The file behind a patent's link: `<patent id>/<view>.png` or `.jpg`, `<view>_120` for a thumbnail."""
    patent_id, _, view = name.partition("/")
    number, _, ending = view.partition(".")
    size = drawings.THUMBNAIL if number.endswith(_THUMBNAIL) else drawings.SIZE
    number = number.removesuffix(_THUMBNAIL)
    patent = world.corpus_of(account.id).by_id(patent_id)
    picture = patent.picture if patent else None
    if picture is None or ending not in ("png", "jpg") or number not in map(str, range(picture.views)):
        raise Gone(was_there=False)
    make = drawings.png if ending == "png" else drawings.jpeg
    return make(picture.product, picture.variation, int(number), size=size)
