from . import settings


def due_for_purge(store, today):
    """The ids of the tickets that have been closed or withdrawn for too long."""
    return [
        ticket.id
        for ticket in store.all()
        if ticket.state != "open" and (today - ticket.ended).days > settings.KEEP_DAYS
    ]


def purge(store, today):
    """Removes these tickets for good. Their ids are not given again."""
    ids = due_for_purge(store, today)
    for id in ids:
        store.remove(id)
    return ids
