import unittest


class SetUpTest(unittest.TestCase):
    def setUp(self):
        raise RuntimeError("no database")

    def test_set_up(self):
        pass


class TearDownTest(unittest.TestCase):
    def tearDown(self):
        self.fail("left open")

    def test_torn_down(self):
        pass


class ClassTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise RuntimeError("no server")

    def test_never(self):
        pass


class SkippedTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise unittest.SkipTest("not here")

    def test_never(self):
        pass
