from datetime import date

from .week import STANDARD, weekdays


class Depot:
    """A depot with its opening days (numbers of weekdays) and the dates on which it is closed."""

    def __init__(self, name, open_days=STANDARD, closed=()):
        self.name = name
        self.open_days = set(open_days)
        self.closed = set(closed)

    def open_also(self, *names):
        """Adds opening days by name."""
        self.open_days.update(weekdays(names))

    def close_on(self, day):
        self.closed.add(day)

    def is_open(self, day):
        return day.weekday() in self.open_days and day not in self.closed


def load_depots(config):
    """Makes the depots of a configuration, in its order."""
    open_days = weekdays(config["open_days"]) if "open_days" in config else STANDARD
    closed = [date.fromisoformat(text) for text in config.get("closed", [])]
    depots = []
    for entry in config["depots"]:
        depot = Depot(entry["name"], open_days, closed)
        depot.open_also(*entry.get("also_open", []))
        for text in entry.get("closed", []):
            depot.close_on(date.fromisoformat(text))
        depots.append(depot)
    return depots
