// What the rate finder reads from a sweep: on curves of known shape, and on runs of the core.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  analyse,
  DECADES,
  hasExploded,
  lossesOfSteps,
  LOWEST,
  rateOfStep,
  STEPS,
  sweepSettings,
} from "../../web/race/rate-range-test.js";
import { indexSettings, toPairs } from "../../web/settings.js";
import { column, ended, open } from "./worker-session.js";

/** Level at 2, falls around `fallAt` to 0.5, explodes from `burstAt` on. @param {{ fallAt?: number, burstAt?: number, noise?: number, seed?: number }} [shape] */
function sweep({ fallAt = 1e-3, burstAt = 1, noise = 0, seed = 1 } = {}) {
  let random = seed;
  return Array.from({ length: STEPS }, (_, step) => {
    const rate = rateOfStep(step);
    random = (random * 16807) % 2147483647;
    const shake = noise * (random / 2147483647 - 0.5);
    const fall = 1.5 / (1 + (fallAt / rate) ** 2);
    return 2 - fall + shake + (rate / burstAt) ** 3;
  });
}

/** @param {import("../../web/race/rate-range-test.js").Finding} finding */
const ratesOf = ({ suggestions }) =>
  Object.fromEntries(suggestions.map(({ key, rate }) => [key, rate]));

/** @param {number} rate @param {number} low @param {number} high */
const within = (rate, low, high) => assert.ok(rate >= low && rate <= high, `${rate}`);

test("the sweep covers its range in equal factors", () => {
  assert.equal(rateOfStep(0), LOWEST);
  assert.ok(Math.abs(rateOfStep(STEPS) / (LOWEST * 10 ** DECADES) - 1) < 1e-12);
});

test("the answers lie where the curve says", () => {
  // The steepest place of 1 / (1 + (a / x)²) over log x is x = a.
  const { steepest, valley, minimum } = ratesOf(analyse([sweep()]));
  within(steepest, 0.7e-3, 1.4e-3);
  within(valley, 3e-4, 2e-2);
  within(minimum, 2e-3, 3e-2);
});

test("an early spike, a late one and noise do not fool it", () => {
  const clean = ratesOf(analyse([sweep()]));
  const spiky = sweep({ noise: 0.1, seed: 5 });
  [3, 9, 10, 60].forEach((step) => (spiky[step] = 40));
  [30, 31].forEach((step) => (spiky[step] = 0.01));
  const others = [2, 3].map((seed) => sweep({ noise: 0.1, seed }));
  for (const found of [analyse([spiky]), analyse([spiky, ...others])].map(ratesOf)) {
    for (const key of ["steepest", "valley", "minimum"]) {
      within(found[key], clean[key] / 4, clean[key] * 4);
    }
  }
});

test("a loss that never falls gives no answer", () => {
  const flat = Array.from({ length: STEPS }, () => 1);
  assert.deepEqual(analyse([flat]).suggestions, []);
  assert.deepEqual(analyse([[]]).suggestions, []);
});

test("a sweep ends when its loss explodes, not at a spike", () => {
  const losses = sweep({ burstAt: 0.1 });
  const end = losses.findIndex((_, step) => hasExploded(losses.slice(0, step)));
  within(rateOfStep(end), 0.1, 2);
  const spiky = sweep({ burstAt: 1e9 });
  [20, 21, 60, 100].forEach((step) => (spiky[step] = 1e6));
  assert.ok(spiky.every((_, step) => !hasExploded(spiky.slice(0, step))));
  assert.ok(hasExploded([...sweep().slice(0, 40), ...Array(12).fill(NaN)]));
});

test("the loss of a step comes out of the mean over the epoch so far", () => {
  const epochs = [0.4, 0.8, 1, 1.4, 1.8, 2];
  const means = [3, 2, 2.2, 5, 4, 4.4];
  const expected = [3, 1, 3, 5, 3, 6];
  lossesOfSteps(epochs, means).forEach((loss, i) =>
    assert.ok(Math.abs(loss - expected[i]) < 1e-9, `${loss} is not ${expected[i]}`),
  );
});

for (const [
  optimizer,
  parameters,
  low,
  high,
] of /** @type {[string, Record<string, string>, number, number][]} */ ([
  ["adam", {}, 1e-3, 0.5],
  ["sgd", { "optimizer.sgd.momentum": "0.9", "optimizer.sgd.nesterov": "1" }, 1e-3, 1],
  ["sgd", {}, 1e-2, 10],
])) {
  const name = Object.keys(parameters).length > 0 ? `${optimizer} with momentum` : optimizer;
  test(`iris: the rates found for ${name} are sane, and train well`, async () => {
    const { core, events, prepare, run } = await open("iris");
    const index = indexSettings(core.catalogue);
    const settings = { optimizer, ...parameters, "train.batch_size": "16", "model.hidden": "8" };
    const rateKey = `optimizer.${optimizer}.lr`;
    const sweeps = [];
    for (const number of [1, 2, 3]) {
      events.length = 0;
      await prepare(toPairs(sweepSettings(settings, index, { rateKey, stepsPerEpoch: 8, number })));
      run("end");
      await ended(events);
      const rates = column(core, events, "learning_rate");
      assert.ok(Math.abs(rates[25] / rateOfStep(25) - 1) < 1e-9);
      const epochs = column(core, events, "epoch");
      sweeps.push(lossesOfSteps(epochs, column(core, events, "training_loss")).slice(0, STEPS));
    }
    const { suggestions } = analyse(sweeps);
    assert.equal(suggestions.length, 3);
    for (const { key, rate } of suggestions) {
      assert.ok(rate >= low && rate <= high, `${key}: ${rate}`);
      events.length = 0;
      await prepare(toPairs({ ...settings, [rateKey]: String(rate), "train.epochs": "60" }));
      run("end");
      await ended(events);
      const loss = column(core, events, "training_loss").at(-1) ?? NaN;
      assert.ok(loss < 0.3, `${key}: ${rate} ends at ${loss}`);
    }
  });
}
