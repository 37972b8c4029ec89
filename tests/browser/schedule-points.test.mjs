// Points of a schedule that are moved, added, taken away, and found for a curve.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addAfter,
  addPoint,
  formatPoints,
  MOST_POINTS,
  movePoint,
  parsePoints,
  removePoint,
  simplify,
} from "../../web/views/training/schedule-points.js";

const POINTS = parsePoints("0,0.1,10,1,50,0.1");

test("points go to the text of the setting and back", () => {
  assert.deepEqual(POINTS[1], { time: 10, share: 1 });
  assert.equal(formatPoints(POINTS), "0,0.1,10,1,50,0.1");
  assert.deepEqual(parsePoints(""), []);
  assert.deepEqual(parsePoints("0,1,5"), [{ time: 0, share: 1 }]);
});

test("a point stays between its neighbours and above zero", () => {
  assert.equal(movePoint(POINTS, 1, { time: 70, share: 0.5 })[1].time, 50);
  assert.equal(movePoint(POINTS, 1, { time: -3, share: 0.5 })[1].time, 0);
  assert.equal(movePoint(POINTS, 1, { time: 10, share: -1 })[1].share, 0);
  assert.equal(movePoint(POINTS, 2, { time: 90, share: 0.1 })[2].time, 90);
  assert.equal(POINTS[1].time, 10);
});

test("a new point finds its place, and the last one stays", () => {
  const { points, index } = addPoint(POINTS, { time: 30, share: 0.7 });
  assert.equal(index, 2);
  assert.equal(formatPoints(points), "0,0.1,10,1,30,0.7,50,0.1");
  assert.deepEqual(addAfter(POINTS, 1, 100).points[2], { time: 30, share: 0.55 });
  assert.deepEqual(addAfter(POINTS, 2, 100).points[3], { time: 75, share: 0.1 });
  assert.equal(formatPoints(removePoint(POINTS, 0)), "10,1,50,0.1");
  assert.equal(removePoint([POINTS[0]], 0).length, 1);
});

test("a curve becomes few points that stay near it", () => {
  const bent = Array.from({ length: 101 }, (_, i) => ({ time: i, share: i < 30 ? i / 30 : 1 }));
  assert.deepEqual(simplify(bent, 0.01), [bent[0], bent[30], bent[100]]);
  const cosine = Array.from({ length: 201 }, (_, i) => ({
    time: i,
    share: (1 + Math.cos((Math.PI * i) / 200)) / 2,
  }));
  const points = simplify(cosine, 0.02);
  assert.ok(points.length <= MOST_POINTS);
  for (const { time, share } of cosine) {
    const next = points.findIndex((point) => point.time >= time);
    const [a, b] = [points[Math.max(0, next - 1)], points[next]];
    const line =
      a === b ? a.share : a.share + ((b.share - a.share) * (time - a.time)) / (b.time - a.time);
    assert.ok(Math.abs(line - share) <= 0.02 + 1e-9, `${time}: ${line} for ${share}`);
  }
});
