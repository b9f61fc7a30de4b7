"""Which parts of an article are not running text."""

from workbench.core.annotation import Region


def regions(text: str) -> tuple[Region, ...]:
    """List headline, captions, credits and boilerplate in reading order."""
    return ()
