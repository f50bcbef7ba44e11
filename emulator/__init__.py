"""A local stand-in for the PatSnap / Zhihuiya Open Platform HTTP API.

`create_app(Settings())` is an ASGI application; everything else is the command `patsnap-emulator`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emulator.app import create_app
    from emulator.settings import Settings

__version__ = "0.1.0"
__all__ = ["Settings", "__version__", "create_app"]


def __getattr__(name: str) -> Any:
    """Import the parts at first use, so that `--version` and `--help` stay quick."""
    if name == "create_app":
        from emulator.app import create_app

        return create_app
    if name == "Settings":
        from emulator.settings import Settings

        return Settings
    raise AttributeError(f"module 'emulator' has no attribute {name!r}")
