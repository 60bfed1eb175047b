from .links import link, resolve
from .store import Ticket, TicketStore

__all__ = ["Ticket", "TicketStore", "link", "resolve"]
