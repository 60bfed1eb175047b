import unittest


class SyntaxTest(unittest.TestCase):
    def test_never(:
