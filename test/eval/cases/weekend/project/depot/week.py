"""Names of weekdays."""

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# The days on which a depot is open if nothing else is said.
STANDARD = {0, 1, 2, 3, 4}


def weekday(name):
    """The number of a weekday as in date.weekday()."""
    try:
        return NAMES.index(name.lower())
    except ValueError:
        raise ValueError(f"unknown weekday: {name}") from None


def weekdays(names):
    return {weekday(name) for name in names}
