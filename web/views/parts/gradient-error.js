/**
 * How far backpropagation may be from a central difference: float arithmetic alone stays well below.
 */
const WRONG = 1e-3;

/** @param {number} relativeError */
export const gradientAgrees = (relativeError) => relativeError < WRONG;
