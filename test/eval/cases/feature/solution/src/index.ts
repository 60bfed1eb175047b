export { addDays, isDay } from './days.ts';
export type { Repeat } from './repeat.ts';
export { TodoStore } from './store.ts';
export type { NewTodo, Todo } from './store.ts';
