/** What the build writes into the loader. */

/** The sum of the bytes that a start downloads. */
declare const SIZE: number;

/** Pyodide's lock file without its packages, which are not served here. */
declare const LOCK: { info: Record<string, string>; packages: Record<string, never> };

/** What a table of files takes the place of. */
declare const FILES: string;

/** The framework that an image has to be made of. */
declare const FRAMEWORK: string;

/** Of a page that a browser loads before anybody asks for it. */
interface Document {
  readonly prerendering?: boolean;
  onprerenderingchange: (() => void) | null;
}
