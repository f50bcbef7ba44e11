"""The files of reports: made when they are first asked for, kept while the report lives, reached by signed links.

What a report says, and which operations make it, is not known here.
"""

from collections.abc import Callable

from emulator.behaviours import links, tasks
from emulator.behaviours.links import FilePath, Gone
from emulator.behaviours.tasks import State
from emulator.behaviours.world import Account, Call, World
from emulator.store.base import Record

Make = Callable[[World, Account, Record], bytes]


def link(call: Call, task: Record, kind: str, ending: str, *, signed: str | None = None) -> str:
    """One link for the file's whole life; where the account wants short ones, one of the life `signed`, made anew."""
    ends, expires = tasks.finished_at(task), tasks.expires_at(task)
    assert ends is not None, "a report that succeeded has ended"
    assert expires is not None, "and so its life ends"
    start, life = ends, int(task["life"])
    if signed is not None and call.account.link_lifetime == "signed":
        start = call.now - call.now % 1000
        life = min(call.world.service.life(signed), expires - start)
    path = FilePath(call.account.id, kind, tasks.key(task["operation"], task["id"]) + ending)
    return links.make(call.world.service.links, call.account, call.base_url, path, start, life)


def file(world: World, account: Account, kind: str, name: str, endings: tuple[str, ...], now: int, make: Make) -> bytes:
    """The file behind a link, while the report lives. A name is `<operation>/<job id><ending>`. Raises Gone."""
    ending = next((one for one in endings if name.endswith(one)), None)
    job = name.removesuffix(ending or "")
    task = world.store.get(account.id, tasks.TASKS, job)
    if ending is None or task is None or tasks.state_at(task, now) is not State.SUCCESS:
        world.store.drop(account.id, kind, job)
        raise Gone(was_there=task is not None)
    content = world.store.get_bytes(account.id, kind, job)
    if content is None:
        content = make(world, account, task)
        world.store.put_bytes(account.id, kind, job, content)
    return content
