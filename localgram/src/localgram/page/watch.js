// Long polling of one chat, which recovers when the server comes back.
import { chat } from "./api.js";

const WAIT_SECONDS = 25;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;

/** Calls `news(chat)` for each change until `signal` aborts; `trouble(error or null)` when the error changes. */
export async function watch(person, signal, news, trouble) {
  let version = 0;
  let wait = 0;
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      const state = await chat(person, version, wait, signal);
      trouble(null);
      if (wait === 0 || state.version !== version) {
        news(state);
      }
      [version, wait, pause] = [state.version, WAIT_SECONDS, FIRST_PAUSE_MS];
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      trouble(error);
      await new Promise((resolve) => { setTimeout(resolve, pause); });
      // A restarted server counts versions from zero.
      [version, wait, pause] = [0, 0, Math.min(pause * 2, LONGEST_PAUSE_MS)];
    }
  }
}
