/**
 * What the network sees of pictures: some rows as they are, and what training makes of them.
 */
import { signal } from "@preact/signals-core";
import { toPairs } from "../../settings.js";
import { t } from "../../text/i18n.js";
import { messageOf } from "../../actions/notices.js";
import { bindText, h, nowAndThen, rebuild, showWhen, watch, whenGone } from "../parts/dom.js";
import { pixelPicture } from "../parts/pixel-picture.js";

/**
 * @import { Pictures } from "../../protocol-data.js"
 * @import { Context } from "../parts/fields.js"
 */

const N_PICTURES = 8;
const SETTLE_MS = 250;

/** @param {Pictures} pictures @param {"originals" | "changed"} which */
function row({ image, n, ...values }, which) {
  const size = image.height * image.width;
  return Array.from({ length: n }, (_, i) => {
    const label =
      which === "originals"
        ? t("Picture {n} as it is", { n: i + 1 })
        : t("Picture {n} as the network sees it", { n: i + 1 });
    return h(
      "td",
      {},
      pixelPicture(image, values[which].subarray(i * size, (i + 1) * size), label),
    );
  });
}

/** @param {Pictures} pictures */
const pictureTable = (pictures) =>
  h(
    "table",
    { class: "augmented-pictures" },
    h("caption", { class: "hint" }, t("What the network sees")),
    h(
      "tbody",
      {},
      h("tr", {}, h("th", { scope: "row" }, t("as it is")), row(pictures, "originals")),
      h("tr", {}, h("th", { scope: "row" }, t("changed")), row(pictures, "changed")),
    ),
  );

/** @param {Context} context */
export function mountAugmentationPreview({ state, actions }) {
  const pictures = signal(/** @type {Pictures | null} */ (null));
  const problem = signal("");
  const seed = signal(1);
  let gone = false;
  let newest = 0;
  whenGone(() => (gone = true));

  async function look() {
    const own = ++newest;
    const details = { settings: toPairs(state.settings.value), n: N_PICTURES, seed: seed.value };
    try {
      const found = await actions.askTable("pictures", details);
      if (!gone && own === newest) {
        pictures.value = found;
        problem.value = "";
      }
    } catch (error) {
      if (!gone && own === newest) {
        pictures.value = null;
        problem.value = messageOf(error);
      }
    }
  }
  const ask = nowAndThen(SETTLE_MS, look);
  watch(() => {
    seed.value;
    state.settings.value;
    if (state.dataset.value?.image) {
      ask();
    }
  });
  const shown = h("div", { class: "scroll" });
  rebuild(
    shown,
    () => pictures.value,
    (now) => now && pictureTable(now),
  );
  const said = h("p", { class: "problem", role: "status" });
  bindText(said, () => problem.value);
  showWhen(said, () => problem.value !== "");
  const again = h(
    "button",
    { type: "button", class: "quiet", onclick: () => (seed.value += 1) },
    t("Change them anew"),
  );
  showWhen(again, () => pictures.value !== null);
  return h("div", { class: "stack" }, shown, said, h("div", { class: "row-end" }, again));
}
