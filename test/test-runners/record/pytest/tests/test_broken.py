from gone import nothing


def test_never():
    nothing()
