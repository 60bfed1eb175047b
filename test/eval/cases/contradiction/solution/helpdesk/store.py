import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Optional


@dataclass
class Ticket:
    id: int
    title: str
    opened: date
    state: str = "open"
    # The day on which it was closed or withdrawn last.
    ended: Optional[date] = None


class TicketStore:
    def __init__(self):
        self._tickets = {}
        self._next_id = 1

    def open(self, title, day):
        if not title.strip():
            raise ValueError("a ticket needs a title")
        ticket = Ticket(self._next_id, title, day)
        self._next_id += 1
        self._tickets[ticket.id] = ticket
        return ticket

    def get(self, id):
        """The ticket; KeyError if there is none."""
        return self._tickets[id]

    def all(self, state=None):
        """The tickets in the order of their ids."""
        tickets = sorted(self._tickets.values(), key=lambda ticket: ticket.id)
        return [ticket for ticket in tickets if state in (None, ticket.state)]

    def close(self, id, day):
        self._end(id, "closed", day)

    def withdraw(self, id, day):
        self._end(id, "withdrawn", day)

    def reopen(self, id):
        ticket = self.get(id)
        if ticket.state != "closed":
            raise ValueError(f"ticket {id} is {ticket.state}")
        ticket.state = "open"

    def remove(self, id):
        """Takes a ticket out for good. Its id is not given again."""
        del self._tickets[id]

    def dump(self):
        rows = []
        for ticket in self.all():
            row = asdict(ticket)
            row["opened"] = ticket.opened.isoformat()
            row["ended"] = ticket.ended and ticket.ended.isoformat()
            rows.append(row)
        return json.dumps({"next_id": self._next_id, "tickets": rows}, indent=2)

    @classmethod
    def load(cls, text):
        store = cls()
        data = json.loads(text)
        for row in data["tickets"]:
            ended = row.get("ended")
            ticket = Ticket(
                row["id"],
                row["title"],
                date.fromisoformat(row["opened"]),
                row.get("state", "open"),
                date.fromisoformat(ended) if ended else None,
            )
            store._tickets[ticket.id] = ticket
        # Files from before the purge have no next_id; all their tickets are still there.
        store._next_id = data.get("next_id", max(store._tickets, default=0) + 1)
        return store

    def _end(self, id, state, day):
        ticket = self.get(id)
        if ticket.state != "open":
            raise ValueError(f"ticket {id} is {ticket.state}")
        ticket.state = state
        ticket.ended = day
