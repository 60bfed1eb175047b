"""Splits bills and settles debts, in whole cents."""


def _check_names(names):
    for name in names:
        if not name.strip():
            raise ValueError("a name must not be empty")


def split(total, weights):
    """Divides total cents by weights; left cents go to the largest fractions, then to the first names."""
    _check_names(weights)
    if total < 0:
        raise ValueError("the total must not be below zero")
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("a weight must not be below zero")
    whole = sum(weights.values())
    if whole == 0:
        raise ValueError("somebody must have a weight")
    shares = {name: total * weight // whole for name, weight in weights.items()}
    left = total - sum(shares.values())
    by_fraction = sorted(weights, key=lambda name: -(total * weights[name] % whole))
    for name in by_fraction[:left]:
        shares[name] += 1
    return shares


def settle(balances):
    """Transfers (payer, receiver, cents) that bring everybody to zero."""
    _check_names(balances)
    if sum(balances.values()) != 0:
        raise ValueError("the balances must add up to zero")
    payers = [[name, -cents] for name, cents in balances.items() if cents < 0]
    receivers = [[name, cents] for name, cents in balances.items() if cents > 0]
    transfers = []
    while payers and receivers:
        payer, receiver = payers[-1], receivers[-1]
        cents = min(payer[1], receiver[1])
        transfers.append((payer[0], receiver[0], cents))
        payer[1] -= cents
        receiver[1] -= cents
        if payer[1] == 0:
            payers.pop()
        if receiver[1] == 0:
            receivers.pop()
    return transfers
