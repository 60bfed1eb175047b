from .delivery import delivery_day
from .week import NAMES


def table(depots, ordered):
    """One line a depot: name, weekday and date of the delivery."""
    lines = []
    for depot in depots:
        day = delivery_day(depot, ordered)
        lines.append(f"{depot.name:<10} {NAMES[day.weekday()]} {day.isoformat()}")
    return "\n".join(lines)
