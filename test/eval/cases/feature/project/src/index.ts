export { addDays, isDay } from './days.ts';
export { TodoStore } from './store.ts';
export type { NewTodo, Todo } from './store.ts';
