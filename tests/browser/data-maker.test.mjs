// Points that are made: the same text for a seed everywhere, in the shapes that they are named for.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { madeExamples } from "../../tools/make-examples.mjs";
import { cosine, logarithm, sine } from "../../web/data-maker/elementary.js";
import { createMaker } from "../../web/data-maker/maker.js";
import { randomSource } from "../../web/data-maker/random.js";
import { SHAPES, shapeOf } from "../../web/data-maker/shapes.js";
import { historyOf, push, redo, undo } from "../../web/data-maker/sketch-history.js";
import { lackText, summaryText } from "../../web/data-maker/sketch-text.js";
import {
  addPoint,
  countsOf,
  csvText,
  firstRecipe,
  makeSketch,
  movePoint,
  nearestPoint,
  removePoint,
} from "../../web/data-maker/sketch.js";
import { createState } from "../../web/state.js";

/** @typedef {import("../../web/data-maker/shapes.js").Point} Point */

/** @param {string} shape @param {Partial<import("../../web/data-maker/sketch.js").Recipe>} [changes] */
const made = (shape, changes = {}) => makeSketch({ ...firstRecipe(shape), ...changes });

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {number[]} values */
const deviation = (values) => Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));

/** @param {Point} point */
const radius = ({ x, y }) => Math.hypot(x, y);

test("sine, cosine and logarithm are those of Math to rounding", () => {
  for (let i = -400; i <= 400; i++) {
    const x = i / 17;
    assert.ok(Math.abs(sine(x) - Math.sin(x)) < 1e-14, `sine ${x}`);
    assert.ok(Math.abs(cosine(x) - Math.cos(x)) < 1e-14, `cosine ${x}`);
  }
  for (let x = 2 ** -34; x < 4; x *= 1.07) {
    assert.ok(Math.abs(logarithm(x) - Math.log(x)) < 1e-14 * (1 + Math.abs(Math.log(x))), `${x}`);
  }
  assert.equal(logarithm(1), 0);
});

test("normal numbers have the moments of a normal distribution", () => {
  const { normal } = randomSource(5);
  const values = Array.from({ length: 20_000 }, normal);
  assert.ok(Math.abs(mean(values)) < 0.03);
  assert.ok(Math.abs(deviation(values) - 1) < 0.03);
  assert.ok(Math.abs(mean(values.map((v) => v ** 4)) - 3) < 0.2);
  const near = values.filter((v) => Math.abs(v) < 1).length / values.length;
  assert.ok(Math.abs(near - 0.6827) < 0.015);
});

test("the examples of the site come from the same shapes", async () => {
  const examples = madeExamples();
  assert.equal(examples.length, 6);
  for (const [file, text] of examples) {
    assert.equal(text, await readFile(file, "utf8"), file);
  }
});

test("the text of every shape for its first recipe stays as it is", () => {
  const texts = SHAPES.map(({ key }) => csvText(made(key))).join("\n");
  const hash = createHash("sha256").update(texts).digest("hex");
  assert.equal(hash.slice(0, 16), "d5e80d501f2dc829");
});

for (const { key, names, rows, target } of SHAPES.filter((shape) => shape.rows > 0)) {
  test(`${key}: as many rows as asked for, a seed each`, () => {
    for (const n of [10, 11, 400]) {
      const lines = csvText(made(key, { rows: n }))
        .trimEnd()
        .split("\n");
      assert.equal(lines.length, n + 1);
      assert.equal(lines[0], names.length > 0 ? `x,y,${target}` : `x,${target}`);
      for (const line of lines.slice(1)) {
        const cells = line.split(",");
        assert.ok(
          cells.slice(0, 2).every((text) => /^-?\d+\.\d{4}$/.test(text)),
          line,
        );
        assert.ok(names.length === 0 || names.includes(cells[2]), line);
      }
    }
    assert.equal(csvText(made(key, { seed: 3 })), csvText(made(key, { seed: 3 })));
    assert.notEqual(csvText(made(key, { seed: 3 })), csvText(made(key, { seed: 4 })));
    assert.equal(made(key).points.length, rows);
  });
}

test("classes take turns, and are in order of the alphabet", () => {
  for (const { key, names, rows } of SHAPES.filter(({ names }) => names.length > 0)) {
    assert.deepEqual([...names].sort(), names, key);
    if (rows > 0 && key !== "xor") {
      const counts = countsOf(made(key));
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `${key} ${counts}`);
    }
  }
});

test("moons without noise are half circles of radius 1 around (0, 0) and (1, 0.5)", () => {
  const { points } = made("moons", { noise: 0, rows: 101 });
  for (const { x, y, kind } of points) {
    const [cx, cy, side] = kind === 1 ? [0, 0, y] : [1, 0.5, 0.5 - y];
    assert.ok(Math.abs(Math.hypot(x - cx, y - cy) - 1) < 1e-12);
    assert.ok(side > -1e-12);
  }
  const upper = points.filter(({ kind }) => kind === 1).map(({ x }) => x);
  assert.ok(Math.abs(Math.max(...upper) - 1) < 1e-12 && Math.abs(Math.min(...upper) + 1) < 1e-12);
});

test("circles without noise have the radii 1 and 0.5, spirals grow with their turn", () => {
  for (const point of made("circles", { noise: 0 }).points) {
    assert.ok(Math.abs(radius(point) - (point.kind === 1 ? 1 : 0.5)) < 1e-12);
  }
  for (const point of made("spirals", { noise: 0 }).points) {
    const angle = 3.5 * Math.PI * radius(point) + point.kind * Math.PI;
    assert.ok(Math.abs(radius(point) * Math.cos(angle) - point.x) < 1e-12);
    assert.ok(Math.abs(radius(point) * Math.sin(angle) - point.y) < 1e-12);
  }
});

test("the noise is the standard deviation", () => {
  const noisy = made("circles", { rows: 2000, noise: 0.05 });
  const off = noisy.points.map((p) => radius(p) - (p.kind === 1 ? 1 : 0.5));
  assert.ok(Math.abs(deviation(off) - 0.05) < 0.004);
  const blob = made("blobs", { rows: 2000, noise: 2 }).points.filter(({ kind }) => kind === 1);
  assert.ok(Math.abs(deviation(blob.map(({ x }) => x)) - 2) < 0.2);
  const sines = made("sine", { rows: 2000, noise: 0.3 }).points;
  assert.ok(Math.abs(deviation(sines.map(({ x, y }) => y - Math.sin(x))) - 0.3) < 0.02);
  const lines = made("line", { rows: 2000, noise: 2 }).points;
  assert.ok(Math.abs(deviation(lines.map(({ x, y }) => y - 2 * x - 1)) - 2) < 0.15);
});

test("the classes of xor go by the signs; an eighth of the outliers is far above the line", () => {
  for (const { x, y, kind } of made("xor", { noise: 0 }).points) {
    assert.equal(kind, x * y > 0 ? 0 : 1);
    assert.ok(Math.min(Math.abs(x), Math.abs(y)) >= 0.05);
  }
  const far = made("outliers").points.filter(({ x, y }) => y - 2 * x - 1 > 15);
  assert.equal(far.length, 30);
});

test("edits give another sketch and leave the first as it was", () => {
  const first = made("points");
  const two = addPoint(addPoint(first, { x: 1, y: 2, kind: 0 }), { x: -1, y: 0.5, kind: 2 });
  const moved = movePoint(two, 0, { x: 3, y: 4 });
  assert.equal(csvText(moved), "x,y,class\n3.0000,4.0000,a\n-1.0000,0.5000,c\n");
  assert.equal(csvText(removePoint(moved, 0)), "x,y,class\n-1.0000,0.5000,c\n");
  assert.equal(csvText(two), "x,y,class\n1.0000,2.0000,a\n-1.0000,0.5000,c\n");
  assert.equal(first.points.length, 0);
});

test("the nearest point within reach, on axes of their own", () => {
  const sketch = [
    { x: 0, y: 0, kind: 0 },
    { x: 1, y: 0, kind: 0 },
    { x: 1, y: 0, kind: 1 },
  ].reduce(addPoint, made("points"));
  assert.equal(nearestPoint(sketch, { x: 0.3, y: 0 }, { x: 0.5, y: 0.5 }), 0);
  assert.equal(nearestPoint(sketch, { x: 0.9, y: 0 }, { x: 0.5, y: 0.5 }), 2, "the newest");
  assert.equal(nearestPoint(sketch, { x: 0, y: 0.6 }, { x: 0.5, y: 0.5 }), -1);
  assert.equal(nearestPoint(sketch, { x: 0, y: 0.6 }, { x: 0.5, y: 1 }), 0);
});

test("undo leads from a shape back to what was drawn, past the shapes tried before", () => {
  const drawn = addPoint(made("points"), { x: 0, y: 0, kind: 1 });
  let history = push(historyOf(made("moons")), drawn);
  history = push(push(history, made("circles")), made("spirals"));
  assert.equal(history.present.recipe.shape, "spirals");
  const back = undo(history);
  assert.equal(back.present, drawn);
  const start = undo(back);
  assert.equal(start.present.recipe.shape, "moons");
  assert.equal(undo(start), start, "nothing before the first");
  assert.equal(redo(back).present.recipe.shape, "spirals");
  assert.equal(push(back, drawn).future.length, 0);
});

test("points outlive the dialog that they were drawn in", () => {
  const state = createState();
  const maker = createMaker(state);
  maker.pick("points");
  maker.choose(2);
  maker.add({ x: 1, y: 1 });
  assert.match(maker.told.value, /Added: c at x 1, y 1\./);
  const again = createMaker(state);
  assert.deepEqual(countsOf(again.sketch.value), [0, 0, 1]);
  again.remove({ x: -3, y: 0 }, { x: 0.1, y: 0.1 });
  assert.equal(again.told.value, "There is no point here.");
  again.remove({ x: 1, y: 1.05 }, { x: 0.1, y: 0.1 });
  assert.equal(again.sketch.value.points.length, 0);
  again.undo();
  assert.equal(summaryText(again.sketch.value), "1 point in all: a 0, b 0, c 1.");
  again.pick("sine");
  assert.equal(state.maker.tool.value, 0, "the sine has no third class");
});

test("too few points and a single class are told before they are used", () => {
  const grown = (/** @type {number} */ n, /** @type {(i: number) => number} */ kind) =>
    Array.from({ length: n }, (_, i) => ({ x: i, y: i, kind: kind(i) })).reduce(
      addPoint,
      made("points"),
    );
  assert.match(lackText(grown(9, (i) => i % 2)), /Draw 10 points at least/);
  assert.match(lackText(grown(10, () => 1)), /of one class/);
  assert.equal(lackText(grown(10, (i) => i % 2)), "");
  assert.ok(SHAPES.filter(({ rows }) => rows > 0).every(({ key }) => lackText(made(key)) === ""));
  assert.equal(shapeOf("curve").names.length, 0);
});
