from cart.gone import gone


def test_never_runs():
    gone()
