// Stands in for the native logger of the same name, so that no C++ is compiled. Without it log files and output channels stay empty.

const { closeSync, openSync, writeSync } = require('node:fs');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const INFO = LEVELS.indexOf('info');

/** One log file, appended to synchronously; a file that cannot be opened swallows what is written. */
class Logger {
  #level = INFO;
  #plain = false;
  #file;

  constructor(_kind, _name, file) {
    try {
      this.#file = openSync(file, 'a');
    } catch {
      this.#file = null;
    }
  }

  #write(level, message) {
    if (this.#file === null || level < this.#level) return;
    const line = this.#plain ? String(message) : `${new Date().toISOString()} [${LEVELS[level]}] ${message}\n`;
    try {
      writeSync(this.#file, line);
    } catch {
      // A full disk must not take the editor with it.
    }
  }

  trace(message) {
    this.#write(0, message);
  }
  debug(message) {
    this.#write(1, message);
  }
  info(message) {
    this.#write(2, message);
  }
  warn(message) {
    this.#write(3, message);
  }
  error(message) {
    this.#write(4, message);
  }
  critical(message) {
    this.#write(5, message);
  }
  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.#plain = true;
  }
  flush() {}
  drop() {
    if (this.#file === null) return;
    closeSync(this.#file);
    this.#file = null;
  }
}

// One assignment a name: the ESM loader reads the names of a CommonJS module only when they are written this way.
exports.version = 'javascript';
exports.Logger = Logger;
exports.setLevel = () => undefined;
exports.setFlushOn = () => undefined;
exports.shutdown = () => undefined;
exports.createRotatingLogger = (name, file) => Promise.resolve(new Logger('rotating', name, file));
exports.createAsyncRotatingLogger = (name, file) => Promise.resolve(new Logger('rotating', name, file));
