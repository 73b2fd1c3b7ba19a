// Readable times. If the server has its own clock, its day and offset are used, so that messages agree
// with the clock on top; otherwise the browser's.
import { say } from "./language.js";

let offsetMinutes = null; // the server's offset from UTC; null: the browser's own
let aheadMs = 0; // how far the server's clock is ahead of the browser's

/** Follow the server's clock: `iso` is its time with an offset, from GET /clock. */
export function keepServerTime(iso) {
  const [, sign, hours, minutes] = iso.match(/([+-])(\d\d):(\d\d)$/) ?? [null, "+", "0", "0"];
  offsetMinutes = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  aheadMs = Date.parse(iso) - Date.now();
}

/** The current time in milliseconds since 1970. */
export function now() {
  return Date.now() + aheadMs;
}

/** The local time of an instant in UTC fields, so that any zone can be formatted as UTC. */
function wall(ms) {
  const minutes = offsetMinutes ?? -new Date(ms).getTimezoneOffset();
  return new Date(ms + minutes * 60_000);
}

export const clockTime = (ms) => wall(ms).toISOString().slice(11, 16);

/** Weekday, day, month, year and time. The names are our own: many browsers lack Kazakh ones. */
export function fullTime(ms) {
  const weekday = say("weekdays").split(" ")[wall(ms).getUTCDay()];
  return `${weekday}, ${date(ms, "date_with_year")}, ${clockTime(ms)}`;
}

function date(ms, pattern) {
  const day = wall(ms);
  const month = say("months").split(" ")[day.getUTCMonth()];
  return say(pattern, { day: day.getUTCDate(), month, year: day.getUTCFullYear() });
}

/** "2026-10-01T09:00": the value of a datetime-local field. */
export const fieldTime = (ms) => wall(ms).toISOString().slice(0, 16);

/** A datetime-local field's value with the server's offset, for POST /clock. */
export function withOffset(field) {
  const minutes = offsetMinutes ?? 0;
  const part = (value) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  return `${field}:00${minutes < 0 ? "-" : "+"}${part(minutes / 60)}:${part(minutes % 60)}`;
}

/** A key shared by all instants of a day. */
export const dayOf = (ms) => wall(ms).toISOString().slice(0, 10);

/** "Today", or the day and month, with the year if it is not the current one. */
export function dayTitle(ms) {
  if (dayOf(ms) === dayOf(now())) {
    return say("today");
  }
  const sameYear = dayOf(ms).slice(0, 4) === dayOf(now()).slice(0, 4);
  return date(ms, sameYear ? "date" : "date_with_year");
}
