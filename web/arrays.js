/** The numbers of all arrays in one, in order. @param {Float64Array[]} arrays */
export function concatenate(arrays) {
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const array of arrays) {
    all.set(array, end);
    end += array.length;
  }
  return all;
}
