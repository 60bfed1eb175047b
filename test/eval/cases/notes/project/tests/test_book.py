import tempfile
import unittest
from datetime import date
from pathlib import Path

from notes.__main__ import main
from notes.book import Book


class BookTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name) / "book.json"

    def test_numbers(self):
        book = Book(self.path)
        self.assertEqual(book.add("buy tea", ["home"], date(2025, 1, 2)), 1)
        self.assertEqual(book.add("Tea is out"), 2)
        self.assertEqual(Book(self.path).find("tea"), [1, 2])

    def test_needs_text(self):
        with self.assertRaises(ValueError):
            Book(self.path).add("  ")

    def test_command(self):
        said = []
        self.assertEqual(main([str(self.path), "add", "call", "Bo", "#work"], said.append), 0)
        self.assertEqual(main([str(self.path), "tagged", "work"], said.append), 0)
        self.assertEqual(said, ["note 1", "1: call Bo"])


if __name__ == "__main__":
    unittest.main()
