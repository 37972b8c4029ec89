/**
 * The large chart as a file: SVG, or PNG painted from it.
 */
import { t } from "../text/i18n.js";
import { cssColor } from "../views/parts/colors.js";
import { formatPercent } from "../text/format.js";
import { lineLabel, pictureOf } from "../views/curves/picture.js";
import { xOfEpoch } from "../views/curves/series.js";
import { chartSvg } from "./chart-svg.js";
import { download } from "./download.js";

/**
 * @import { State } from "../state.js"
 * @import { Chart } from "../views/curves/chart-table.js"
 * @import { Line, Picture } from "../views/curves/picture.js"
 * @import { SvgChart, SvgLine } from "./chart-svg.js"
 */

/** Points across: enough for print. */
const COLUMNS = 1600;
const PNG_SCALE = 2;

/** @param {Picture} picture @param {Line} line @returns {SvgLine} */
function svgLine(picture, line) {
  const { raw, smooth, style } = line;
  const shown = smooth ?? raw;
  const part = (/** @type {Float64Array} */ values) => values.subarray(0, shown.length);
  return {
    label: lineLabel(picture, line),
    color: cssColor(style.color),
    width: style.width,
    alpha: style.alpha,
    dash: style.dash,
    xs: part(shown.xs),
    ys: part(shown.mid),
    ...(raw.thinned && style.band && { low: part(raw.low), high: part(raw.high) }),
    ...(smooth && !raw.thinned && { raw: part(raw.mid) }),
  };
}

/** The best epoch of the current run. @param {Picture} picture */
function uprights({ runs, axis }) {
  const run = runs[runs.length - 1];
  const { bestEpoch } = run.progress;
  return bestEpoch > 0 ? [{ label: t("best"), value: xOfEpoch(run, bestEpoch, axis) }] : [];
}

/** @param {State} state @param {Chart} chart @returns {SvgChart | null} what is on the screen; null without a run */
export function svgChartOf(state, chart) {
  const picture = pictureOf(state, chart, { owner: {}, width: COLUMNS, zoomed: true });
  if (!picture) {
    return null;
  }
  const { title, xLabel, yLabel, x, y, logX, logY, share, levels, lines } = picture;
  return {
    ...{ title, xLabel, yLabel, x, y, logX, logY, levels },
    formatY: share ? formatPercent : undefined,
    lines: lines.map((line) => svgLine(picture, line)),
    uprights: uprights(picture),
    colors: {
      text: cssColor("text"),
      muted: cssColor("muted"),
      grid: cssColor("grid"),
      card: cssColor("card"),
    },
  };
}

/** @param {Blob} svg @returns {Promise<Blob>} */
async function paintPng(svg) {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * PNG_SCALE;
    canvas.height = image.naturalHeight * PNG_SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error("No picture."))),
        "image/png",
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {State} state @param {Chart} chart @param {"svg" | "png"} kind */
export async function saveChart(state, chart, kind) {
  const drawn = svgChartOf(state, chart);
  if (drawn) {
    const svg = new Blob([chartSvg(drawn)], { type: "image/svg+xml" });
    const name = `tabtrain-${chart.key}.${kind}`;
    download(name, kind === "svg" ? svg : await paintPng(svg));
  }
}
