// A wasm module written byte by byte, so that no compiler can leave out what it is there to do:
//
//   multiplyAdd(n, m, c)  n times 52 vectors of 4 floats: x = x m + c, in registers only
//   fused(n, m, c)        the same by relaxed multiply-add, one rounding where the processor has it
//   read(start, end)      every byte of memory from start to end, 128 at a time
//
// Each returns a number that depends on all it has done.

/** @typedef {(number | Code)[]} Code */

const [I32, F32, V128] = [0x7f, 0x7d, 0x7b];
// With the two operands as many as the vector registers that engines give out on x86-64.
const CHAINS = 13;
const REPEATS = 4;

/** Floating point operations of one turn of multiplyAdd and fused. */
export const FLOPS_PER_TURN = CHAINS * REPEATS * 4 * 2;

export const MEMORY_BYTES = 256 << 20;
const PAGE_BYTES = 64 << 10;
const READ_BYTES = 128;

/** @param {number} n @returns {number[]} LEB128, for what is not negative */
function leb(n) {
  return n < 128 ? [n] : [(n & 127) | 128, ...leb(n >>> 7)];
}

/** The same for i32.const, whose sixth bit is a sign. @param {number} n @returns {number[]} */
const signedLeb = (n) => (n < 64 ? [n] : [(n & 127) | 128, ...signedLeb(n >> 7)]);

const get = (/** @type {number} */ local) => [0x20, local];
const set = (/** @type {number} */ local) => [0x21, local];
const simd = (/** @type {number} */ opcode) => [0xfd, ...leb(opcode)];
const int = (/** @type {number} */ n) => [0x41, ...signedLeb(n)];

const SPLAT = simd(0x13);
const FIRST_LANE = [...simd(0x1f), 0];
const ADD = simd(0xe4);
const MULTIPLY = simd(0xe6);
const MULTIPLY_ADD = simd(0x105);
const INT_FIRST_LANE = [...simd(0x1b), 0];
const XOR = simd(0x51);
const load = (/** @type {number} */ offset) => [...simd(0), 4, ...leb(offset)];
const [INT_ADD, INT_SUB, INT_LESS] = [0x6a, 0x6b, 0x49];

/** @param {Code} body @param {Code} again leaves 1 on the stack for one more turn */
const loop = (body, again) => [0x03, 0x40, body, again, 0x0d, 0, 0x0b];

/** @template T @param {number} n @param {(i: number) => T} of */
const times = (n, of) => Array.from({ length: n }, (_, i) => of(i));

/** Parameters n, m, c; locals: m and c as vectors, then the chains. @param {Code} operation x m c -> x */
function peakBody(operation) {
  const [M, C, FIRST] = [3, 4, 5];
  const step = (/** @type {number} */ i) => [get(FIRST + i), operation, set(FIRST + i)];
  return [
    [get(1), SPLAT, set(M), get(2), SPLAT, set(C)],
    times(CHAINS, (i) => [get(2), SPLAT, set(FIRST + i)]),
    loop(
      times(REPEATS, () => times(CHAINS, step)),
      [get(0), int(1), INT_SUB, 0x22, 0],
    ),
    get(FIRST),
    times(CHAINS - 1, (i) => [get(FIRST + 1 + i), ADD]),
    FIRST_LANE,
  ];
}

const MUL_THEN_ADD = [get(3), MULTIPLY, get(4), ADD];
const FUSED = [get(3), get(4), MULTIPLY_ADD];

/** Parameters start, end; locals: four sums. */
function readBody() {
  const part = (/** @type {number} */ i) => [
    [get(2 + (i % 4)), get(0), load(16 * i), XOR],
    set(2 + (i % 4)),
  ];
  return [
    loop(
      [times(READ_BYTES / 16, part), get(0), int(READ_BYTES), INT_ADD, set(0)],
      [get(0), get(1), INT_LESS],
    ),
    get(2),
    [3, 4, 5].map((sum) => [get(sum), XOR]),
    INT_FIRST_LANE,
  ];
}

/** @param {Code} code @returns {number[]} */
const flat = (code) => code.flatMap((part) => (Array.isArray(part) ? flat(part) : [part]));

/** @param {Code} code @returns {number[]} with its length before it */
const sized = (code) => [...leb(flat(code).length), ...flat(code)];

/** @param {Code[]} items */
const list = (items) => [items.length, ...items];

/** @param {number} id @param {Code} content */
const section = (id, content) => [id, sized(content)];

/** @param {string} name */
const text = (name) => sized([...new TextEncoder().encode(name)]);

/** @param {number} n @param {number} type */
const locals = (n, type) => list([[n, type]]);

/** @param {boolean} withFused relaxed SIMD, which not every engine knows */
export function probeModule(withFused) {
  const peak = [0x60, list([[I32], [F32], [F32]]), list([[F32]])];
  const read = [0x60, list([[I32], [I32]]), list([[I32]])];
  const operations = withFused ? [MUL_THEN_ADD, FUSED] : [MUL_THEN_ADD];
  const names = withFused ? ["multiplyAdd", "fused"] : ["multiplyAdd"];
  const bodies = [
    sized([locals(4, V128), readBody(), 0x0b]),
    ...operations.map((operation) => sized([locals(CHAINS + 2, V128), peakBody(operation), 0x0b])),
  ];
  const exported = ["read", ...names].map((name, i) => [text(name), 0, i]);
  return new Uint8Array(
    flat([
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, list([peak, read])),
      section(3, list([[1], ...operations.map(() => [0])])),
      section(5, list([[0, leb(MEMORY_BYTES / PAGE_BYTES)]])),
      section(7, list([...exported, [text("memory"), 2, 0]])),
      section(10, list(bodies)),
    ]),
  );
}
