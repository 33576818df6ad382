/** Calls into Python that are no events: one function that Python lends, numbers in between. */

/** @typedef {(what: number, number: number, name: string, value: unknown) => unknown} Answer */

/** What Python is asked for, as `dom/calls.py` numbers it. */
export const CALL = 0;
export const ENTER = 1;
export const DRAW = 2;
export const LEAVE = 3;
export const ATTRIBUTE = 4;
export const SET = 5;
export const GET = 6;
export const DEFAULT = 7;
export const WISH = 8;
export const BEGIN = 9;
export const ARRIVE = 10;
export const GIVE_UP = 11;
export const HASH = 12;
export const PRELOAD = 13;
export const SUBMIT = 14;

/** @type {Answer} */
let answer = () => undefined;

/** Hand over the function that answers.
 * @param {Answer} given */
export const on_call = (given) => {
  answer = given;
};

/** @type {Answer} */
export const ask = (what, number, name, value) => answer(what, number, name, value);

/** A function of JavaScript that calls the one of Python behind a number.
 * @param {number} number @returns {(...values: unknown[]) => unknown} */
export const callback = (number) => (...values) => answer(CALL, number, '', values);
