// The clock on top, shown only if the server's clock can be moved.
import { clock, moveClock } from "./api.js";
import { askForm, field } from "./dialogs.js";
import { byId } from "./dom.js";
import { say } from "./language.js";
import { showError } from "./notices.js";
import { fieldTime, fullTime, keepServerTime, now, withOffset } from "./time.js";

const TICK_MS = 1000;
const ASK_AGAIN_MS = 15_000;

/** Show the clock if there is one; calls `moved()` after each move. */
export async function prepareClock(moved) {
  try {
    keepServerTime((await clock()).now);
  } catch {
    return; // no movable clock: this is not the demo
  }
  byId("clock").hidden = false;
  showClock();
  setInterval(showClock, TICK_MS);
  setInterval(() => clock().then(({ now: time }) => keepServerTime(time), () => {}), ASK_AGAIN_MS);
  const move = async (how) => {
    try {
      keepServerTime((await moveClock(how)).now);
      showClock();
      moved();
    } catch (error) {
      showError(error);
    }
  };
  byId("hour-on").addEventListener("click", () => move({ advance: "PT1H" }));
  byId("day-on").addEventListener("click", () => move({ advance: "P1D" }));
  byId("go-to").addEventListener("click", async () => {
    const time = await askTime();
    if (time) {
      await move({ now: time });
    }
  });
}

export function showClock() {
  const time = byId("clock-time");
  if (time.textContent !== fullTime(now())) {
    time.textContent = fullTime(now());
    time.dateTime = new Date(now()).toISOString();
  }
}

async function askTime() {
  const values = await askForm({ title: say("go_to_title"), note: say("go_to_text"), yes: say("go"), rows: [
    field(say("date_time"), { name: "time", type: "datetime-local", required: true, value: fieldTime(now()) })] });
  return values && withOffset(values.time);
}
