"""A book of notes in one JSON file."""
import json
from datetime import date
from pathlib import Path


class Book:
    def __init__(self, path):
        self.path = Path(path)
        self.notes = json.loads(self.path.read_text("utf-8")) if self.path.exists() else []

    def add(self, text, tags=(), day=None):
        """Adds a note and gives its number, from 1."""
        if not text.strip():
            raise ValueError("a note needs a text")
        self.notes.append({"text": text, "tags": sorted(set(tags)), "day": (day or date.today()).isoformat()})
        self._save()
        return len(self.notes)

    def find(self, word):
        """Numbers of the notes whose text has the word, in any case."""
        return [i + 1 for i, note in enumerate(self.notes) if word.lower() in note["text"].lower()]

    def tagged(self, tag):
        return [i + 1 for i, note in enumerate(self.notes) if tag in note["tags"]]

    def _save(self):
        self.path.write_text(json.dumps(self.notes, ensure_ascii=False, indent=1), "utf-8")
