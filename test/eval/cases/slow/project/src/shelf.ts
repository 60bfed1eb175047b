import { uniqueSlug } from './slug.ts';

export type Note = { name: string; title: string; text: string };

export class Shelf {
  #notes = new Map<string, Note>();

  add(title: string, text: string): Note {
    const name = uniqueSlug(title, this.#notes.keys());
    const note = { name, title, text };
    this.#notes.set(name, note);
    return note;
  }

  get(name: string): Note | undefined {
    return this.#notes.get(name);
  }

  files(): Record<string, string> {
    return Object.fromEntries([...this.#notes.values()].map(({ name, title, text }) => [`${name}.txt`, `${title}\n\n${text}\n`]));
  }
}
