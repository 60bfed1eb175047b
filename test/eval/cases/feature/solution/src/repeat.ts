import { addDays } from './days.ts';

export type Repeat = { every: number; unit: 'day' | 'week' | 'month' };

const UNITS = ['day', 'week', 'month'];

export function checkRepeat({ every, unit }: Repeat): Repeat {
  if (!Number.isInteger(every) || every < 1) throw new RangeError(`not a whole number from 1 on: ${every}`);
  if (!UNITS.includes(unit)) throw new RangeError(`unknown unit: ${unit}`);
  return { every, unit };
}

/** The day of the series after n steps, counted from its first day so that short months leave no trace. */
export function dayOfSeries(began: string, { every, unit }: Repeat, n: number): string {
  if (unit === 'day') return addDays(began, n * every);
  if (unit === 'week') return addDays(began, n * every * 7);
  const [year, month, day] = began.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + n * every, 0));
  last.setUTCDate(Math.min(day, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}
