import { checkDay } from './days.ts';

export type Todo = {
  id: number;
  title: string;
  tags: string[];
  due?: string;
  /** The day it was completed. */
  done?: string;
};

export type NewTodo = {
  due?: string;
  tags?: string[];
};

type Dump = { version: 1; nextId: number; todos: Todo[] };

export class TodoStore {
  #todos = new Map<number, Todo>();
  #nextId = 1;

  add(title: string, options: NewTodo = {}): Todo {
    if (title.trim() === '') throw new RangeError('a todo needs a title');
    const todo: Todo = { id: this.#nextId, title, tags: [...(options.tags ?? [])] };
    if (options.due !== undefined) todo.due = checkDay(options.due);
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
    if (todo.done === undefined) todo.done = today;
    return structuredClone(todo);
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
    for (const { id, title, tags, due, done } of dump.todos) {
      const todo: Todo = { id, title, tags };
      if (due !== undefined) todo.due = due;
      if (done !== undefined) todo.done = done;
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
