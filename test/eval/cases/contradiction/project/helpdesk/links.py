import re

from . import settings


def link(ticket):
    """What a mail says about a ticket, as in HD-12."""
    return f"{settings.PREFIX}-{ticket.id}"


def resolve(text, store):
    """The ticket that a text is about, or None."""
    match = re.search(rf"\b{re.escape(settings.PREFIX)}-(\d+)\b", text)
    if not match:
        return None
    try:
        return store.get(int(match.group(1)))
    except KeyError:
        return None
