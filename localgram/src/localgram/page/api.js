// The server's person side: one function per request. Every failure is a ServerError.

export class ServerError extends Error {
  /** `status` is the HTTP status, 0 if the server could not be reached. */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(method, path, body, signal) {
  const form = body instanceof FormData;
  const headers = body && !form ? { "Content-Type": "application/json" } : {};
  const sent = body && !form ? JSON.stringify(body) : body;
  let response;
  try {
    response = await fetch(path, { method, headers, body: sent, signal, cache: "no-store" });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new ServerError(0, error.message);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new ServerError(response.status, answer.description ?? response.statusText);
  }
  return answer;
}

const get = (path, signal) => ask("GET", path, undefined, signal);
const post = (path, body = {}) => ask("POST", path, body);

export const people = () => get("/people");
export const addPerson = (person) => post("/people", person);
export const bot = (person) => get(`/people/${person}/bot`);
export const block = (person) => post(`/people/${person}/block`);
export const unblock = (person) => post(`/people/${person}/unblock`);
export const send = (person, message) => post(`/people/${person}/messages`, message);
export const remove = (person, message) => ask("DELETE", `/people/${person}/messages/${message}`);
export const press = (person, message_id, button) => post(`/people/${person}/press`, { message_id, button });
export const inline = (person, query) => post(`/people/${person}/inline`, { query });
export const choose = (person, result) => post(`/people/${person}/inline`, { choose: result });
export const clock = () => get("/clock");
export const moveClock = (move) => post("/clock", move);

/** The current chat; waits up to `wait` seconds for anything newer than `version`. */
export function chat(person, version, wait, signal) {
  return get(`/people/${person}/messages?after=0&version=${version}&wait=${wait}`, signal);
}

/** The URL of a file in the person's chat. */
export const fileAddress = (person, file) => `/people/${person}/files/${encodeURIComponent(file)}`;

/** Send one file. `fields`: kind; optionally album, caption, reply_to. */
export function sendFile(person, file, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== "") {
      form.append(name, value);
    }
  }
  form.append("file", file, file.name);
  return post(`/people/${person}/messages`, form);
}
