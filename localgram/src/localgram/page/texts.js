// The page's own texts, in three languages with the same keys.
import { en } from "./texts/en.js";
import { kk } from "./texts/kk.js";
import { ru } from "./texts/ru.js";

export const TEXTS = { kk, ru, en };
