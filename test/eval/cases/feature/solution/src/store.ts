import { checkDay } from './days.ts';
import { checkRepeat, dayOfSeries, type Repeat } from './repeat.ts';

export type Todo = {
  id: number;
  title: string;
  tags: string[];
  due?: string;
  /** The day it was completed. */
  done?: string;
  repeat?: Repeat;
  /** The first due day of the series; months are counted from it. */
  began?: string;
  /** The completed todo that this one follows. */
  previous?: number;
};

export type NewTodo = {
  due?: string;
  tags?: string[];
  repeat?: Repeat;
};

type Dump = { version: 1; nextId: number; todos: Todo[] };

export class TodoStore {
  #todos = new Map<number, Todo>();
  #nextId = 1;

  add(title: string, options: NewTodo = {}): Todo {
    if (title.trim() === '') throw new RangeError('a todo needs a title');
    const todo: Todo = { id: this.#nextId, title, tags: [...(options.tags ?? [])] };
    if (options.due !== undefined) todo.due = checkDay(options.due);
    if (options.repeat !== undefined) {
      if (todo.due === undefined) throw new RangeError('a repeating todo needs a due day');
      todo.repeat = checkRepeat(options.repeat);
      todo.began = todo.due;
    }
    return this.#insert(todo);
  }

  #insert(todo: Todo): Todo {
    this.#nextId += 1;
    this.#todos.set(todo.id, todo);
    return structuredClone(todo);
  }

  get(id: number): Todo {
    return structuredClone(this.#find(id));
  }

  complete(id: number, today: string): Todo {
    const todo = this.#find(id);
    checkDay(today);
    if (todo.done === undefined) {
      todo.done = today;
      if (todo.repeat) this.#addNext(todo, today);
    }
    return structuredClone(todo);
  }

  /** Ends the series; the todo stays. */
  stopRepeat(id: number): Todo {
    const todo = this.#find(id);
    delete todo.repeat;
    delete todo.began;
    return structuredClone(todo);
  }

  occurrences(id: number, from: string, to: string): string[] {
    const { due, repeat, began } = this.#find(id);
    checkDay(from);
    checkDay(to);
    if (due === undefined) return [];
    if (!repeat || !began) return due >= from && due <= to ? [due] : [];
    const days: string[] = [];
    for (let n = 0; ; n += 1) {
      const day = dayOfSeries(began, repeat, n);
      if (day > to) return days;
      if (day >= due && day >= from) days.push(day);
    }
  }

  #addNext(todo: Todo, today: string): void {
    const { id, title, tags, due, repeat, began } = structuredClone(todo);
    if (!repeat || !began || !due) return;
    const after = due > today ? due : today;
    let n = 1;
    while (dayOfSeries(began, repeat, n) <= after) n += 1;
    this.#insert({
      id: this.#nextId,
      title,
      tags,
      due: dayOfSeries(began, repeat, n),
      repeat,
      began,
      previous: id,
    });
  }

  list(filter: { open?: boolean } = {}): Todo[] {
    return [...this.#todos.values()]
      .filter((todo) => !filter.open || todo.done === undefined)
      .sort((a, b) => compareDue(a.due, b.due) || a.id - b.id)
      .map((todo) => structuredClone(todo));
  }

  dump(): string {
    const dump: Dump = { version: 1, nextId: this.#nextId, todos: [...this.#todos.values()] };
    return JSON.stringify(dump, null, 2);
  }

  static load(text: string): TodoStore {
    const dump = JSON.parse(text) as Dump;
    if (dump.version !== 1) throw new RangeError(`unknown version: ${dump.version}`);
    const store = new TodoStore();
    for (const { id, title, tags, due, done, repeat, began, previous } of dump.todos) {
      const todo: Todo = { id, title, tags };
      if (due !== undefined) todo.due = due;
      if (done !== undefined) todo.done = done;
      if (repeat !== undefined) todo.repeat = repeat;
      if (began !== undefined) todo.began = began;
      if (previous !== undefined) todo.previous = previous;
      store.#todos.set(id, todo);
    }
    store.#nextId = dump.nextId;
    return store;
  }

  #find(id: number): Todo {
    const todo = this.#todos.get(id);
    if (!todo) throw new RangeError(`no todo with id ${id}`);
    return todo;
  }
}

function compareDue(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
