/**
 * Whether fused multiply-add can be had: the site has a module with it where its builder had the
 * compiler for it, browsers have it as relaxed SIMD, and relaxed SIMD may fuse or not.
 */
import { t } from "./text/i18n.js";

/** @import { Catalogue, Group } from "./protocol-catalogue.js" */

/** A module of one function, a * b + c by relaxed SIMD. */
const MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 125, 125, 125, 1, 125, 3, 2, 1, 0, 7, 5, 1, 1, 102,
  0, 0, 10, 22, 1, 20, 0, 32, 0, 253, 19, 32, 1, 253, 19, 32, 2, 253, 19, 253, 133, 2, 253, 31, 0,
  11,
]);

/** Of (1 + 2^-12)^2 - (1 + 2^-11) a rounded square leaves nothing, a fused one 2^-24. */
function browserFuses() {
  if (!WebAssembly.validate(MODULE)) {
    return false;
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(MODULE));
  const madd = /** @type {(a: number, b: number, c: number) => number} */ (exports.f);
  const factor = 1 + 2 ** -12;
  return madd(factor, factor, -(1 + 2 ** -11)) === 2 ** -24;
}

/** @param {Group} group @param {string} why */
function withRefusal(group, why) {
  return {
    ...group,
    params: group.params.map((param) =>
      param.setting === "train.arithmetic"
        ? { ...param, choices: ["exact"], refused: { fused: why } }
        : param,
    ),
  };
}

/**
 * The catalogue, without the choice of fused arithmetic where it cannot be had.
 * @param {Catalogue} catalogue
 * @param {boolean} inSite whether the site has the module
 * @returns {Catalogue}
 */
export function refuseFused(catalogue, inSite) {
  if (inSite && browserFuses()) {
    return catalogue;
  }
  const why = inSite
    ? t("This browser, or this processor, cannot fuse them, so runs are exact.")
    : t("This site was built without fused arithmetic, so runs are exact.");
  return { ...catalogue, groups: catalogue.groups.map((group) => withRefusal(group, why)) };
}
