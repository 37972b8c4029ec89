/** Finds the records of a JSON text that comes in pieces: of a list, or one after the other. */

import { UserMistake } from "../core.js";

/** @typedef {Record<string, unknown>} JsonRecord */

const [QUOTE, BACKSLASH, COMMA, NEWLINE] = ['"', "\\", ",", "\n"].map((c) => c.charCodeAt(0));
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [..."{}[]"].map((c) => c.charCodeAt(0));

/** A record separator (RFC 7464) may stand ahead of each record. */
const BLANKS = [..." \t\r\n\u001e"].map((c) => c.charCodeAt(0));

const DEEPEST = 100;

/** Lists of something else than records, by how their first value begins. */
const OTHER_LISTS = [
  {
    begins: /^\[/,
    message:
      'This JSON is a list of lists. A table needs a list of records, such as [{"x": 1, "y": 2}].',
  },
  {
    begins: /^"/,
    message:
      'This JSON is a list of texts. A table needs a list of records, such as [{"x": 1, "y": 2}].',
  },
  {
    begins: /^[-\d]/,
    message:
      'This JSON is a list of numbers. A table needs a list of records, such as [{"x": 1, "y": 2}].',
  },
];

/** Python writes numbers that JSON does not have. @param {string} text */
const withoutNaN = (text) =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g, (found) =>
    found.startsWith('"') ? found : "null",
  );

/** @param {string} text @param {number} line @returns {JsonRecord} */
function parse(text, line) {
  for (const form of [() => text, () => withoutNaN(text)]) {
    try {
      return JSON.parse(form());
    } catch {
      continue;
    }
  }
  throw new UserMistake({
    message: `The record that begins in line ${line} is not valid JSON. Names and texts stand in double quotes, and no comma behind the last value.`,
    line,
  });
}

export class JsonScanner {
  #isList = false;
  #hasEnded = false;
  #text = "";
  #at = 0;
  #line = 1;
  /** Where the record under way begins; -1 between records. */
  #start = -1;
  #startLine = 1;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #nRecords = 0;

  /** Whether the records are those of a list. */
  get isList() {
    return this.#isList;
  }

  get nRecords() {
    return this.#nRecords;
  }

  /**
   * The records that the next piece of the text completes.
   * @param {string} piece
   * @returns {Generator<JsonRecord>}
   */
  *take(piece) {
    this.#text += piece;
    for (; this.#at < this.#text.length; this.#at++) {
      const c = this.#text.charCodeAt(this.#at);
      if (this.#start < 0) {
        this.#passBetween(c);
      } else if (this.#endsRecord(c)) {
        this.#nRecords++;
        yield parse(this.#text.slice(this.#start, this.#at + 1), this.#startLine);
        this.#start = -1;
      }
      this.#line += c === NEWLINE ? 1 : 0;
    }
    const kept = this.#start < 0 ? this.#at : this.#start;
    this.#text = this.#text.slice(kept);
    this.#at -= kept;
    this.#start = Math.min(this.#start, 0);
  }

  /** The text has come to its end. */
  finish() {
    if (this.#start >= 0 || (this.#isList && !this.#hasEnded)) {
      throw new UserMistake({
        message: "This JSON ends within its list or a record. Is the file complete?",
        line: this.#start < 0 ? this.#line : this.#startLine,
      });
    }
    if (this.#nRecords === 0) {
      throw new UserMistake({ message: "This JSON is an empty list: there are no records in it." });
    }
  }

  /** @param {number} c */
  #passBetween(c) {
    if (BLANKS.includes(c) || (this.#isList && !this.#hasEnded && c === COMMA)) {
      return;
    }
    if (c === OPEN && !this.#hasEnded) {
      this.#start = this.#at;
      this.#startLine = this.#line;
      this.#depth = 1;
    } else if (c === OPEN_LIST && !this.#isList && this.#nRecords === 0) {
      this.#isList = true;
    } else if (c === CLOSE_LIST && this.#isList && !this.#hasEnded) {
      this.#hasEnded = true;
    } else {
      this.#refuse();
    }
  }

  /** Whether a character of the record under way is its last. @param {number} c */
  #endsRecord(c) {
    if (this.#isInString) {
      this.#isInString = this.#isEscaped || c !== QUOTE;
      this.#isEscaped = !this.#isEscaped && c === BACKSLASH;
      return false;
    }
    if (c === QUOTE) {
      this.#isInString = true;
    } else if (c === OPEN || c === OPEN_LIST) {
      this.#deepen();
    } else if (c === CLOSE || c === CLOSE_LIST) {
      this.#depth--;
    }
    return this.#depth === 0;
  }

  #deepen() {
    this.#depth++;
    if (this.#depth > DEEPEST) {
      throw new UserMistake({
        message: `The record that begins in line ${this.#startLine} holds values within values, ${DEEPEST} deep. Is this a table?`,
        line: this.#startLine,
      });
    }
  }

  /** @returns {never} */
  #refuse() {
    const found = this.#text.slice(this.#at);
    const other = OTHER_LISTS.find(({ begins }) => begins.test(found));
    if (this.#nRecords === 0 && this.#isList && !this.#hasEnded && other) {
      throw new UserMistake({ message: other.message, line: this.#line });
    }
    throw new UserMistake({
      message: `In line ${this.#line} there is "${found.slice(0, 20)}" where a record, as {"x": 1, "y": 2}, should begin.`,
      line: this.#line,
    });
  }
}
