/**
 * Runs a Snowball stemming algorithm, as the index carries it; `FORMAT.md` describes the commands.
 *
 * @typedef {string | [string, ...any[]]} Command a text to pass over, or a command and what it takes
 * @typedef {{ groupings: Record<string, string>, tables: (string | [string, string])[][][], routines: Record<string, Command> }} Program
 *
 * In a worker it is in a script of its own, which gives the class to the worker's scope; see `open.js`.
 */

export class Stemmer {
  /** @param {Program} program */
  constructor({ groupings, tables, routines }) {
    this.groupings = groupings;
    this.routines = routines;
    /** For each table its texts, with the number of the case and the routine that decides. */
    this.tables = tables.map((cases) => {
      /** @type {Map<string, { number: number, routine?: string }>} */
      const texts = new Map();
      cases.forEach((entries, number) => {
        for (const [text, routine] of entries.map((entry) => [entry].flat())) texts.set(text, { number, routine });
      });
      return { texts, longest: Math.max(...[...texts.keys()].map((text) => text.length)) };
    });
    this.text = "";
    this.cursor = 0;
    this.start = 0;
    this.limit = 0;
    this.bra = 0;
    this.ket = 0;
    this.isBackward = false;
    /** The case that the last table gave. */
    this.found = 0;
    /** @type {Record<string, any>} values of the variables */
    this.values = {};
  }

  /** @param {string} word folded */
  stem(word) {
    this.text = word;
    this.cursor = this.start = this.bra = 0;
    this.limit = this.ket = word.length;
    this.isBackward = false;
    this.values = {};
    this.run(this.routines.stem);
    return this.text;
  }

  /** The cursor, in such a way that it survives changes behind it. */
  get mark() {
    return this.isBackward ? this.limit - this.cursor : this.cursor;
  }

  set mark(mark) {
    this.cursor = this.isBackward ? this.limit - mark : mark;
  }

  /**
   * Whether the cursor can move on by so many characters; moves it if so.
   * @param {number} count
   */
  move(count) {
    const next = this.cursor + (this.isBackward ? -count : count);
    if (next < this.start || next > this.limit) return false;
    this.cursor = next;
    return true;
  }

  /**
   * The characters that the cursor would pass over.
   * @param {number} count
   */
  ahead(count) {
    const { text, cursor, limit, start, isBackward } = this;
    return isBackward ? text.slice(Math.max(start, cursor - count), cursor) : text.slice(cursor, Math.min(limit, cursor + count));
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {string} by
   */
  replace(from, to, by) {
    const change = by.length - (to - from);
    this.text = this.text.slice(0, from) + by + this.text.slice(to);
    this.limit += change;
    if (this.cursor >= to) this.cursor += change;
    else if (this.cursor > from) this.cursor = from;
    return change;
  }

  /**
   * @param {string | number} value a number, or what has one
   * @returns {number}
   */
  number(value) {
    if (typeof value === "number") return value;
    if (value === "len") return this.text.length;
    return value === "cursor" || value === "limit" ? this[value] : this.values[value];
  }

  /** @param {any} value a text, or a variable that holds one */
  textOf(value) {
    return typeof value === "string" ? value : this.values[value[1]];
  }

  /** @param {string} text */
  passes(text) {
    return this.ahead(text.length) === text && this.move(text.length);
  }

  /**
   * Runs a command, and puts the cursor back if it fails.
   * @param {Command} command
   */
  tries(command) {
    const { mark } = this;
    const isDone = this.run(command);
    if (!isDone) this.mark = mark;
    return isDone;
  }

  /**
   * @param {Command} command
   * @returns {boolean} whether it succeeds
   */
  run(command) {
    if (typeof command === "string") return this.passes(command);
    const [name, first, second] = command;
    const { mark } = this;
    switch (name) {
      case "all":
        for (let i = 1; i < command.length; i++) if (!this.run(command[i])) return false;
        return true;
      case "or":
        return command.slice(1).some((one) => this.tries(one));
      case "and":
        return command.slice(1).every((one) => {
          this.mark = mark;
          return this.run(one);
        });
      case "call":
        return this.run(this.routines[first]);
      case "in":
      case "out": {
        const next = this.ahead(1);
        return next !== "" && this.groupings[first].includes(next) === (name === "in") && this.move(1);
      }
      case "do":
        this.run(first);
        this.mark = mark;
        return true;
      case "try":
        this.tries(first);
        return true;
      case "test":
        if (!this.run(first)) return false;
        this.mark = mark;
        return true;
      case "not":
        if (this.run(first)) return false;
        this.mark = mark;
        return true;
      case "fail":
        this.run(first);
        return false;
      case "goto":
      case "gopast":
        for (;;) {
          const before = this.mark;
          const isHere = this.run(first);
          if (!isHere || name === "goto") this.mark = before;
          if (isHere) return true;
          if (!this.move(1)) return false;
        }
      case "loop":
      case "atleast":
        for (let left = this.number(first); left > 0; left--) if (!this.run(second)) return false;
        if (name === "atleast") while (this.tries(second));
        return true;
      case "repeat":
        while (this.tries(first));
        return true;
      case "backwards": {
        this.start = this.cursor;
        this.cursor = this.limit;
        this.isBackward = true;
        const isDone = this.run(first);
        this.isBackward = false;
        this.cursor = this.start;
        return isDone;
      }
      case "setlimit": {
        // All algorithms use it backwards.
        if (!this.run(first)) return false;
        const { start } = this;
        this.start = this.cursor;
        this.mark = mark;
        const isDone = this.run(second);
        this.start = start;
        return isDone;
      }
      case "[":
      case "]":
        if ((name === "[") === this.isBackward) this.ket = this.cursor;
        else this.bra = this.cursor;
        return true;
      case "<-":
        this.replace(this.bra, this.ket, this.textOf(first));
        return true;
      case "<+": {
        const { cursor } = this;
        const change = this.replace(cursor, cursor, this.textOf(first));
        if (cursor <= this.bra) this.bra += change;
        if (cursor <= this.ket) this.ket += change;
        if (this.isBackward) this.cursor = cursor;
        return true;
      }
      case "->":
        this.values[first] = this.text.slice(this.bra, this.ket);
        return true;
      case "at":
        return this.passes(this.values[first]);
      case "set":
      case "unset":
        this.values[first] = name === "set";
        return true;
      case "is":
        return Boolean(this.values[first]);
      case "setmark":
        this.values[first] = this.cursor;
        return true;
      case "tomark":
      case "atmark": {
        const place = this.number(first);
        if (name === "atmark") return this.cursor === place;
        if (this.isBackward ? this.cursor < place : this.cursor > place) return false;
        this.cursor = place;
        return true;
      }
      case "true":
        return true;
      case "next":
        return this.move(1);
      case "hop":
        return this.move(this.number(first));
      case "atlimit":
        return this.ahead(1) === "";
      case "tolimit":
        this.cursor = this.isBackward ? this.start : this.limit;
        return true;
      case "substring":
        return this.substring(this.tables[first]);
      case "case":
        return command.length <= this.found + 1 || this.run(command[this.found + 1]);
      case "=":
        this.values[first] = this.number(second);
        return true;
      default:
        return compare(name, this.number(first), this.number(second));
    }
  }

  /**
   * Passes over the longest text of a table whose routine, if it has one, succeeds.
   * @param {Stemmer["tables"][number]} table
   */
  substring({ texts, longest }) {
    const { mark } = this;
    for (let length = longest; length >= 0; length--) {
      this.mark = mark;
      const ahead = this.ahead(length);
      const found = ahead.length === length && texts.get(ahead);
      if (!found) continue;
      this.move(length);
      const after = this.mark;
      if (found.routine && !this.run(this.routines[found.routine])) continue;
      this.mark = after;
      this.found = found.number;
      return true;
    }
    return false;
  }
}

/**
 * @param {string} sign
 * @param {number} a
 * @param {number} b
 */
function compare(sign, a, b) {
  const signs = { "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a === b, "!=": a !== b };
  return signs[/** @type {keyof typeof signs} */ (sign)];
}
